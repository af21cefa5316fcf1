import { createManualClock, type ManualClock } from '@muster/protocol/kit'
import { type Access, createAccess, initialiseAccess } from '#access/index.ts'
import { type Operation, operation } from '#api/index.ts'
import { type PostOptions, type Reply, START, startTestApi, type TestApi } from '#api/testing/start-api.ts'
import type { Database } from '#db/index.ts'
import { createSeededIds } from '#kit/ids.ts'
import { createSealer } from '#kit/seal.ts'

export const HOME = { accountId: '210987654321', region: 'us-east-1' }

/** Credentials as a client has them. */
export type Credentials = NonNullable<PostOptions['key']>

export interface Stand extends AsyncDisposable {
  readonly db: Database
  readonly clock: ManualClock
  readonly access: Access
  readonly api: TestApi
  readonly root: Credentials
  /** Calls an operation of Muster and answers what it answers; throws when it is refused. */
  call(name: string, input: object, key?: Credentials): Promise<Record<string, unknown>>
  /** Calls it and answers the code and the text of the refusal, or OK. */
  refusal(name: string, input: object, key?: Credentials): Promise<string>
  /** Makes a user with an inline policy of these statements, and a key for it. */
  user(name: string, ...statements: readonly object[]): Promise<Credentials>
}

export const policy = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements })
export const allow = (Action: string | readonly string[], Resource = '*'): object => ({
  ...{ Effect: 'Allow', Action, Resource },
})
export const deny = (Action: string): object => ({ Effect: 'Deny', Action, Resource: '*' })
export const trust = (AWS: string | readonly string[]): string =>
  policy({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' })
export const arnOf = (rest: string): string => `arn:aws:iam::${HOME.accountId}:${rest}`

/** An operation of SSM that answers whoever may call it: what users have rights to in these tests. */
const reading = operation('ListTagsForResource', {
  kind: 'read',
  access: { action: 'ssm:ListTagsForResource', resources: ({ ResourceId }) => [ResourceId] },
  handle: async () => ({ TagList: [] }),
})

/** The access slice behind the real API, with root's key. */
export async function openAccess(
  db: Database,
  { more = [] }: { readonly more?: readonly Operation[] } = {},
): Promise<Stand> {
  const clock = createManualClock(START)
  const sealer = createSealer(new Uint8Array(32).fill(9))
  const ids = createSeededIds(1)
  const { newRootKey: root } = await initialiseAccess({ db, sealer, ids, clock }, { accountId: HOME.accountId })
  if (!root) throw new Error('a fresh store has a new key')
  const access = createAccess({ db, sealer, ids, clock, home: HOME })
  const operations = [...access.operations, reading, ...more]
  const api = await startTestApi({ db, clock, access, home: HOME, sealer, operations })
  const post = (name: string, input: object, key: Credentials): Promise<Reply> =>
    api.post(`${name === 'ListTagsForResource' ? 'AmazonSSM' : 'Muster'}.${name}`, input, { key })
  const stand: Stand = {
    ...{ db, clock, access, api, root },
    async call(name, input, key = root) {
      const { status, json } = await post(name, input, key)
      if (status !== 200) throw new Error(`${name}: ${JSON.stringify(json)}`)
      return json
    },
    async refusal(name, input, key = root) {
      const { status, json } = await post(name, input, key)
      return status === 200 ? 'OK' : `${json['__type']}: ${json['message'] ?? json['Message']}`
    },
    async user(name, ...statements) {
      await stand.call('CreateUser', { UserName: name })
      if (statements.length > 0)
        await stand.call('PutUserPolicy', {
          ...{ UserName: name, PolicyName: 'own', PolicyDocument: policy(...statements) },
        })
      const { AccessKey } = (await stand.call('CreateAccessKey', { UserName: name })) as {
        AccessKey: { AccessKeyId: string; SecretAccessKey: string }
      }
      return { id: AccessKey.AccessKeyId, secret: AccessKey.SecretAccessKey }
    },
    [Symbol.asyncDispose]: () => api[Symbol.asyncDispose](),
  }
  return stand
}
