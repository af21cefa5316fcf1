import type { Commands } from '#commands/index.ts'
import type { Database } from '#db/index.ts'
import type { Fleet } from '#fleet/index.ts'

export interface QueriesDeps {
  readonly db: Pick<Database, 'snapshot'>
  readonly fleet: Pick<Fleet, 'query'>
  readonly commands: Pick<Commands, 'queryCommands' | 'queryInvocations'>
}
