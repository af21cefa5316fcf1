/**
 * Audit: what was done, by whom, on what, and what was refused. In come events, in the transaction of the change they tell
 * of or by themselves; out goes the trail. No other slice touches its table.
 */
import type { AuditEvent, AuditPort, Operation } from '#api/index.ts'
import { createGroupCommit } from '#db/index.ts'
import type { AuditDeps } from './deps.ts'
import { listAuditEvents } from './operations/list-audit-events.ts'
import { rowMac, toRow } from './row.ts'
import { insertRow, insertRows } from './store.ts'

export type { AuditDeps } from './deps.ts'

export interface Audit extends AuditPort {
  readonly operations: readonly Operation[]
}

/** Wires the audit slice. */
export function createAudit(deps: AuditDeps): Audit {
  const { db, sealer } = deps
  const written = (event: AuditEvent) => {
    const row = toRow(event)
    return { ...row, mac: rowMac(sealer, row) }
  }
  // Every read of a secret waits for its line, so that many lines share a commit.
  const notes = createGroupCommit<AuditEvent, void>({
    db,
    async apply(tx, events) {
      await insertRows(tx, db.dialect, events.map(written))
      return events.map(() => undefined)
    },
    onParked(_event, error) {
      throw error
    },
  })
  return {
    operations: [listAuditEvents(deps)],
    write: (tx, event) => {
      const { mac, ...row } = written(event)
      return insertRow(tx, row, mac)
    },
    note: (event) => notes.submit(event),
  }
}
