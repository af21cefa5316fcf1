import type { Home } from '#kit/identity.ts'
import type { Sealer } from '#kit/seal.ts'

export interface GroupsDeps {
  readonly home: Home
  readonly sealer: Pick<Sealer, 'mac'>
}
