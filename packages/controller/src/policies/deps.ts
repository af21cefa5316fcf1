import type { Reader } from '#db/index.ts'
import type { Home } from '#kit/identity.ts'
import type { Ids } from '#kit/ids.ts'
import type { Sealer } from '#kit/seal.ts'

export interface PoliciesDeps {
  readonly home: Home
  readonly ids: Ids
  readonly sealer: Pick<Sealer, 'mac'>
  /** Tier of the parameter that an ARN of this account names; undefined when there is none. */
  tierOf(db: Reader, arn: string): Promise<'Standard' | 'Advanced' | undefined>
}
