import type { Database } from '#db/index.ts'
import { createKeys, type Keys } from '#keys/index.ts'
import { noFailpoint } from '#kit/failpoint.ts'
import { silentLog } from '#kit/logging.ts'
import { openStand, type Stand } from '#tags/testing/stand.ts'
import { createParameters, type Parameters } from '../index.ts'

export interface ParametersStand extends Stand {
  readonly parameters: Parameters
  readonly keys: Keys
  /** Runs the sweep of policies once. */
  sweep(): Promise<void>
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
  const { parameters } = made
  return {
    ...stand,
    ...made,
    async sweep() {
      await parameters.sweeps[0]?.run(new AbortController().signal)
    },
  }
}
