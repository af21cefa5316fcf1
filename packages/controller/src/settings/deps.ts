import type { Access } from '#access/index.ts'
import type { Database } from '#db/index.ts'
import type { Home } from '#kit/identity.ts'

export interface SettingsDeps {
  readonly db: Database
  readonly home: Home
  readonly access: Pick<Access, 'passRole'>
  /** What the configuration says, by setting id: the default of those settings that have none of their own. */
  readonly configured: Readonly<Record<string, string>>
}
