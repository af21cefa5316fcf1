import type { Database } from '#db/index.ts'

export interface AuditDeps {
  readonly db: Database
}
