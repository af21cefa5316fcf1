/**
 * Audit: what was done, by whom, on what, and what was refused. In come events, in the transaction of the change they tell
 * of or by themselves; out goes the trail. No other slice touches its table.
 */
import type { AuditPort } from '#api/index.ts'
import type { AuditDeps } from './deps.ts'
import { insertAuditEvent } from './store.ts'

export type { AuditDeps } from './deps.ts'

export interface Audit extends AuditPort {
  readonly operations: readonly []
}

/** Wires the audit slice. */
export function createAudit({ db }: AuditDeps): Audit {
  return {
    operations: [],
    write: insertAuditEvent,
    note: (event) => db.write((tx) => insertAuditEvent(tx, event)),
  }
}
