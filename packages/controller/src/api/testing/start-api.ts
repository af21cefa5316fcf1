import { connect } from 'node:net'
import { Sha256 } from '@aws-crypto/sha256-js'
import { createManualClock, type ManualClock } from '@muster/protocol/kit'
import { HttpRequest } from '@smithy/protocol-http'
import { SignatureV4 } from '@smithy/signature-v4'
import type { AccessKey, AccessPort, ApiDeps, AuditEvent, AuditPort, Principal } from '#api/deps.ts'
import { type ListenerDeps, openListeners } from '#api/listeners.ts'
import { type Api, createApi } from '#api/server.ts'
import type { Database, Reader, Tx } from '#db/index.ts'
import { systemIds } from '#kit/ids.ts'
import { createLog } from '#kit/logging.ts'
import { createMetrics } from '#kit/metrics.ts'
import { createSealer } from '#kit/seal.ts'

export const HOME = { accountId: '123456789012', region: 'us-east-1' }
export const ROOT: Principal = {
  kind: 'root',
  id: HOME.accountId,
  arn: 'arn:aws:iam::123456789012:root',
  accountId: HOME.accountId,
}
export const KEY: AccessKey = { id: 'AKIATESTTESTTESTTEST', secret: 'secret/of+the/test/key', principal: ROOT }
export const BEARER = 'muster_test-token'
/** The clock of a test API starts here. */
export const START = Date.UTC(2026, 10, 24, 12, 0, 0)

type MetaTables = { meta: { key: string; value: string } }
export const meta = (reader: Reader) => reader.withTables<MetaTables>()

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The JSON body's members. */
  readonly json: Record<string, unknown>
}

export interface PostOptions {
  readonly headers?: Record<string, string>
  readonly service?: string
  readonly region?: string
  readonly key?: { readonly id: string; readonly secret: string; readonly token?: string }
  readonly signal?: AbortSignal
}

export interface TestApi extends AsyncDisposable {
  readonly url: string
  readonly api: Api
  readonly clock: ManualClock
  readonly logged: Record<string, unknown>[]
  /** A signed call as the SDKs send it. */
  post(target: string | undefined, body: unknown, options?: PostOptions): Promise<Reply>
  fetch(path: string, init?: RequestInit): Promise<Reply>
  /** Bytes as they are, and everything that comes back until the server closes or `until` is met. */
  raw(text: string | Uint8Array, until?: RegExp): Promise<string>
  audit(): Promise<AuditEvent[]>
}

export type TestApiOptions = Partial<Omit<ApiDeps, 'clock'>> & {
  readonly db: Database
  readonly clock?: ManualClock
  readonly limits?: ListenerDeps['limits']
}

/** The real API on a loopback listener, with the given store and operations; only the clock is a fake. */
export async function startTestApi(options: TestApiOptions): Promise<TestApi> {
  const { db, limits, clock = createManualClock(START), ...rest } = options
  const logged: Record<string, unknown>[] = []
  const api = createApi({
    clock,
    ids: systemIds,
    sealer: createSealer(new Uint8Array(32).fill(7)),
    home: HOME,
    regionAliases: ['eu-west-1'],
    access: testAccess,
    audit: testAudit(db),
    operations: [],
    routes: [],
    log: createLog({ level: 'debug', write: (line) => logged.push(JSON.parse(line)) }),
    metrics: createMetrics(),
    checkOutputs: true,
    ...rest,
    db,
  })
  await api.ready()
  const listeners = await openListeners([{ url: 'http://127.0.0.1:0' }], {
    handler: api.handler,
    onUpgrade: (_request, socket) => socket.destroy(),
    ...(limits ? { limits } : {}),
  })
  const url = listeners.urls[0] as string
  const replyOf = async (response: Response): Promise<Reply> => {
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : {} }
  }
  return {
    url,
    api,
    clock,
    logged,
    async post(target, body, { signal, ...signing } = {}) {
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      const headers = await signedHeaders(url, clock.now(), target, text, signing)
      return replyOf(await fetch(url, { method: 'POST', headers, body: text, ...(signal ? { signal } : {}) }))
    },
    fetch: async (path, init) => replyOf(await fetch(url + path, init)),
    raw: (text, until) => exchange(url, text, until),
    async audit() {
      const rows = await meta(db.read)
        .selectFrom('meta')
        .select('value')
        .where('key', '>', 'audit:')
        .where('key', '<', 'audit;')
        .execute()
      return rows.map(({ value }) => JSON.parse(value))
    },
    async [Symbol.asyncDispose]() {
      await api[Symbol.asyncDispose]()
      await listeners[Symbol.asyncDispose]()
    },
  }
}

/** Headers of a call, signed with the SDKs' own library. */
export async function signedHeaders(
  url: string,
  at: number,
  target: string | undefined,
  body: string,
  { headers = {}, service = 'ssm', region = HOME.region, key = KEY }: Omit<PostOptions, 'signal'> = {},
): Promise<Record<string, string>> {
  const credentials = {
    accessKeyId: key.id,
    secretAccessKey: key.secret,
    ...('token' in key && key.token !== undefined && { sessionToken: key.token }),
  }
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256, applyChecksum: false })
  const toSign = {
    host: new URL(url).host,
    'content-type': 'application/x-amz-json-1.1',
    ...(target === undefined ? {} : { 'x-amz-target': target }),
    ...headers,
  }
  const request = new HttpRequest({ method: 'POST', path: '/', headers: toSign, body })
  return (await signer.sign(request, { signingDate: new Date(at) })).headers
}

const testAccess: AccessPort = {
  findAccessKey: async (id, token) => (id === KEY.id && token === undefined ? KEY : undefined),
  findBearer: async (token) => (token === BEARER ? ROOT : undefined),
  judge: async () => ({
    decide: (action, resource) =>
      resource.endsWith('forbidden')
        ? { allowed: false, reason: `no ${action} on ${resource}` }
        : { allowed: true, reason: '' },
    asks: () => false,
  }),
}

const testAudit = (db: Database): AuditPort => ({
  write: writeEvent,
  note: (event) => db.write((tx) => writeEvent(tx, event)),
})

async function writeEvent(tx: Tx, event: AuditEvent): Promise<void> {
  const { parametersMac, ...shown } = event
  const mac = parametersMac && Buffer.from(parametersMac).toString('hex')
  const value = JSON.stringify({ ...shown, parametersMac: mac })
  await meta(tx)
    .insertInto('meta')
    .values({ key: `audit:${event.requestId}`, value })
    .execute()
}

function exchange(url: string, text: string | Uint8Array, until?: RegExp): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1' })
  let received = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    received += chunk
    if (until?.test(received)) socket.destroy()
  })
  socket.on('error', () => {})
  socket.on('close', () => resolve(received))
  socket.write(text)
  return promise
}
