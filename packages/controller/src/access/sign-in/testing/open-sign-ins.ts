import { createManualClock, type ManualClock } from '@muster/protocol/kit'
import { type Access, createAccess, createSignIns, initialiseAccess, type SignIns } from '#access/index.ts'
import { HOME, policy } from '#access/testing/open-access.ts'
import { type Reply, START, startTestApi } from '#api/testing/start-api.ts'
import { type Audit, createAudit } from '#audit/index.ts'
import type { Database } from '#db/index.ts'
import { createSeededIds } from '#kit/ids.ts'
import { silentLog } from '#kit/logging.ts'
import { createMetrics } from '#kit/metrics.ts'
import { createSealer } from '#kit/seal.ts'
import { codeOf, stepAt } from '../totp.ts'

export const PASSWORD = 'correct horse battery'

export interface SignInStand extends AsyncDisposable {
  readonly db: Database
  readonly clock: ManualClock
  readonly signIns: SignIns
  /** As root, by its key. */
  call(name: string, input: object): Promise<Record<string, unknown>>
  refusal(name: string, input: object): Promise<string>
  /** Over `/api/NAME`, with a token or without one. */
  ask(name: string, input: object, token?: string): Promise<Reply>
  /** Signs in and answers the token. */
  token(input?: object): Promise<string>
  /** A user with that password who may do these actions. */
  user(name: string, ...actions: string[]): Promise<void>
  /** Makes and enables a device; answers what its app would show, now and by steps from now. */
  device(userName: string): Promise<(steps?: number) => string>
  /** Why calls of an operation ended as they did, newest first. */
  audited(operation: string): Promise<readonly object[]>
}

const toText = ({ status, json }: Reply): string =>
  status === 200 ? 'OK' : `${json['__type']}: ${json['message'] ?? json['Message']}`

/** Access and signing in behind the real API, on a clock of the test. */
export async function openSignIns(db: Database): Promise<SignInStand> {
  const clock = createManualClock(START)
  const sealer = createSealer(new Uint8Array(32).fill(9))
  const ids = createSeededIds(1)
  const { newRootKey: key } = await initialiseAccess({ db, sealer, ids, clock }, { accountId: HOME.accountId })
  if (!key) throw new Error('a fresh store has a new key')
  const audit: Audit = createAudit({
    ...{ db, sealer, clock, ids, log: silentLog, metrics: createMetrics(), controllerId: 'controller-1' },
  })
  const access: Access = createAccess({ db, sealer, ids, clock, home: HOME })
  const signIns = createSignIns({ db, sealer, ids, clock, home: HOME, audit, mayHandOut: access.mayHandOut })
  const api = await startTestApi({
    ...{ db, clock, home: HOME, sealer, audit, metrics: createMetrics() },
    access: { ...access, findBearer: (token) => (signIns.owns(token) ? signIns : access).findBearer(token) },
    operations: [...access.operations, ...signIns.operations, ...audit.operations],
  })
  const post = (name: string, input: object) => api.post(`Muster.${name}`, input, { key })
  const ask = (name: string, input: object, token?: string): Promise<Reply> =>
    api.fetch(`/api/${name}`, {
      method: 'POST',
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      body: JSON.stringify(input),
    })
  const call = async (name: string, input: object): Promise<Record<string, unknown>> => {
    const reply = await post(name, input)
    if (reply.status !== 200) throw new Error(`${name}: ${toText(reply)}`)
    return reply.json
  }
  return {
    ...{ db, clock, signIns, call, ask },
    refusal: async (name, input) => toText(await post(name, input)),
    async token(input = {}) {
      const reply = await ask('SignIn', { UserName: 'ann', Password: PASSWORD, ...input })
      if (reply.status !== 200) throw new Error(toText(reply))
      return String(reply.json['Token'])
    },
    async user(name, ...Action) {
      await call('CreateUser', { UserName: name })
      if (Action.length > 0)
        await call('PutUserPolicy', {
          ...{ UserName: name, PolicyName: 'own' },
          PolicyDocument: policy({ Effect: 'Allow', Action, Resource: '*' }),
        })
      await call('CreateLoginProfile', { UserName: name, Password: PASSWORD })
    },
    async device(UserName) {
      const made = await call('CreateVirtualMFADevice', { VirtualMFADeviceName: `${UserName}-phone` })
      const { SerialNumber, Base32StringSeed } = made['VirtualMFADevice'] as Record<string, string>
      const seed = fromBase32(Base32StringSeed ?? '')
      const code = (steps = 0): string => codeOf(seed, stepAt(clock.now()) + steps)
      const codes = { AuthenticationCode1: code(-1), AuthenticationCode2: code() }
      await call('EnableMFADevice', { UserName, SerialNumber, ...codes })
      return code
    },
    async audited(operation) {
      const { Events } = await call('ListAuditEvents', { Operation: operation })
      return Events as object[]
    },
    [Symbol.asyncDispose]: () => api[Symbol.asyncDispose](),
  }
}

export const textOf = toText

function fromBase32(text: string): Uint8Array {
  const bits = Array.from(text, (char) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(char).toString(2).padStart(5, '0'))
  return Uint8Array.from(bits.join('').match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
}
