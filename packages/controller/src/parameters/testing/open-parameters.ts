import type { Database } from '#db/index.ts'
import { createKeys, type Keys } from '#keys/index.ts'
import { noFailpoint } from '#kit/failpoint.ts'
import type { Caller } from '#kit/identity.ts'
import { silentLog } from '#kit/logging.ts'
import { openStand, type Stand } from '#tags/testing/stand.ts'
import { createParameters, type Parameters } from '../index.ts'

export interface ParametersStand extends Stand {
  readonly parameters: Parameters
  readonly keys: Keys
  /** Runs the sweep of policies once. */
  sweep(): Promise<void>
  /** A new user with these statements for a policy. */
  userWith(...statements: readonly object[]): Promise<Caller>
}

export const ARN = 'arn:aws:ssm:us-east-1:123456789012:parameter'

/** Parameters on a store of their own, with real keys. */
export async function openParameters(db: Database): Promise<ParametersStand> {
  let made: { parameters: Parameters; keys: Keys } | undefined
  const stand = await openStand(db, (parts) => {
    const keys = createKeys({ ...parts, log: silentLog, failpoint: noFailpoint })
    const parameters = createParameters({ ...parts, keys, log: silentLog, defaultTier: async () => 'Standard' })
    made = { parameters, keys }
    return [...keys.operations, ...parameters.operations]
  })
  if (!made) throw new Error('nothing was wired')
  await made.keys.ready()
  await made.parameters.ready()
  const { parameters } = made
  return {
    ...stand,
    ...made,
    async userWith(...statements) {
      const name = `user-${stand.ids.hex(8)}`
      const { accountId } = stand.home
      const document = JSON.stringify({ Version: '2012-10-17', Statement: statements })
      await db.write((tx) =>
        tx
          .withTables<{ access_inline_policy: { principal_id: string; name: string; document: string } }>()
          .insertInto('access_inline_policy')
          .values({ principal_id: name, name: 'own', document })
          .execute(),
      )
      const arn = `arn:aws:iam::${accountId}:user/${name}`
      return { kind: 'user', id: name, arn, accountId, source: '192.0.2.1' }
    },
    async sweep() {
      await parameters.sweeps[0]?.run(new AbortController().signal)
    },
  }
}
