import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@muster/protocol/kit'
import type { Route } from '#api/route.ts'
import { openDatabase } from '#db/index.ts'
import type { HubDeps, Receivers } from '#hub/index.ts'
import { type OpenHub, openHub } from '#hub/testing/open-hub.ts'
import { systemIds } from '#kit/ids.ts'
import { silentLog } from '#kit/logging.ts'
import { ensureCertificates } from '#pki/index.ts'
import type { LinkDeps } from '../deps.ts'
import { createLink, type LinkServer } from '../server.ts'

export interface TestNode {
  readonly key: number
  readonly nodeId: string
  readonly privateKey: KeyObject
  readonly publicKey: Uint8Array
  deregistered: boolean
}

export interface OpenLink extends OpenHub {
  readonly link: LinkServer
  readonly url: string
  /** Trusts the listener's certificate; undefined on plain loopback. */
  readonly caPem: string | undefined
  enrol(key?: number): TestNode
}

export interface OpenLinkOptions {
  readonly tls?: boolean
  readonly maxTls?: 'TLSv1.2'
  readonly hub?: Partial<HubDeps>
  readonly link?: Partial<LinkDeps>
  readonly receivers?: Partial<Receivers>
}

/** A listener on port 0 with link, hub and a real store behind it. */
export async function openLink(options: OpenLinkOptions = {}): Promise<OpenLink> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-link-'))
  const db = await openDatabase(`sqlite:${join(folder, 'muster.db')}`, { onFatal: rethrow, readers: 1 })
  const opened = openHub(db, options.hub, options.receivers)
  const nodes = new Map<string, Omit<TestNode, 'privateKey'>>()
  const link = createLink({
    hub: opened.hub,
    clock: opened.clock,
    ids: systemIds,
    log: silentLog,
    async findNode(nodeId) {
      const node = nodes.get(nodeId)
      return node && { ...node, publicKeys: [node.publicKey] }
    },
    ...options.link,
  })
  const tls = options.tls ? await ensureCertificates(join(folder, 'pki'), { hosts: [], clock: systemClock }) : undefined
  const register = (publicKey: Uint8Array, key = nodes.size + 1): TestNode['nodeId'] => {
    const nodeId = `mi-${key.toString(16).padStart(17, '0')}`
    nodes.set(nodeId, { key, nodeId, publicKey, deregistered: false })
    return nodeId
  }
  const serve = serveRoutes([...link.routes, enrolRoute(register)])
  const maxVersion = options.maxTls ?? 'TLSv1.3'
  const server: Server = tls
    ? createTlsServer({ cert: tls.certPem, key: tls.keyPem, maxVersion }, serve)
    : createServer(serve)
  server.on('upgrade', link.onUpgrade)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    ...opened,
    link,
    caPem: tls?.caPem,
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    enrol(key) {
      const pair = generateKeyPairSync('ed25519')
      const nodeId = register(new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' })), key)
      const node = nodes.get(nodeId)
      if (!node) throw new Error('not registered')
      return Object.assign(node, { privateKey: pair.privateKey })
    },
    async [Symbol.asyncDispose]() {
      await link[Symbol.asyncDispose]()
      await opened[Symbol.asyncDispose]()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await db[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const rethrow = (error: Error): void => {
  throw error
}

/** Enrols whoever asks: what stands behind an activation is not the link's matter. */
const enrolRoute = (register: (publicKey: Uint8Array) => string): Route => ({
  method: 'POST',
  path: '/agent/enrol',
  async handle({ body }) {
    const { publicKey } = JSON.parse(body.toString()) as { publicKey: string }
    const nodeId = register(Buffer.from(publicKey, 'base64'))
    return { status: 200, body: JSON.stringify({ nodeId, accountId: '123456789012', region: 'us-east-1' }) }
  },
})

const serveRoutes =
  (routes: readonly Route[]) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const route = routes.find(({ path }) => path === request.url)
    if (!route) return void response.writeHead(404).end()
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const { signal } = new AbortController()
    const source = request.socket.remoteAddress ?? ''
    const asked = { params: {}, query: {}, headers: {}, body: Buffer.concat(parts), source, origin: '', signal }
    const answer = await route.handle(asked)
    response.writeHead(answer.status, answer.headers).end(answer.body)
  }
