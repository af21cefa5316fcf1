/**
 * Audit: what was done, by whom, on what, and what was refused. In come events, in the transaction of the change they tell
 * of or by themselves; out go the trail, its chain of hashes, and checkpoints of it to places outside the store. No other
 * slice touches its tables.
 */
import { ApiError, type AuditEvent, type AuditPort, type Operation } from '#api/index.ts'
import { createGroupCommit } from '#db/index.ts'
import type { Sweep } from '#kit/sweep.ts'
import { createChain } from './chain.ts'
import { compareLine } from './compare.ts'
import { createDelivery } from './delivery.ts'
import type { AuditDeps } from './deps.ts'
import { listAuditEvents } from './operations/list-audit-events.ts'
import { verifyAudit } from './operations/verify-audit.ts'
import { rowMac, toRow } from './row.ts'
import { insertRow, insertRows } from './store.ts'

export type { AuditDeps } from './deps.ts'
export { fileSink, parseSyslogPlace, type Sink, type SyslogPlace, syslogSink } from './sinks.ts'

export interface Audit extends AuditPort {
  readonly operations: readonly Operation[]
  readonly sweeps: readonly Sweep[]
  /** Where calls write: changes are refused while a sink is further behind than it may be. */
  readonly calls: AuditPort
  /** Holds the last checkpoint of each sink that can be read against the store; a store that is older is told loudly. */
  compare(): Promise<void>
}

const SEAL_MS = 1_000
const BEHIND = 'The checkpoints of the audit trail cannot be handed out, so nothing may be changed: see the log.'

/** Wires the audit slice. */
export function createAudit(deps: AuditDeps): Audit {
  const { db, sealer, log, metrics, maxBehindMs } = deps
  const chain = createChain(deps)
  const delivery = createDelivery(deps)
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
  const port: AuditPort = {
    write: (tx, event) => {
      const { mac, ...row } = written(event)
      return insertRow(tx, row, mac)
    },
    note: (event) => notes.submit(event),
  }
  let mismatches = 0
  metrics.gauge('muster_audit_sink_behind_seconds', 'Age of the oldest checkpoint that a sink has not got.', () =>
    Math.round(delivery.behindMs() / 1000),
  )
  metrics.gauge(
    'muster_audit_checkpoint_mismatches',
    'Sinks whose last checkpoint contradicted the store at the start.',
    () => mismatches,
  )
  return {
    ...port,
    operations: [listAuditEvents(deps), verifyAudit(deps)],
    sweeps: [
      { name: 'audit: rows to seal', every: SEAL_MS, run: (signal) => chain.seal(signal) },
      { name: 'audit: checkpoints to hand out', every: SEAL_MS, run: (signal) => delivery.deliver(signal) },
    ],
    calls: {
      ...port,
      async write(tx, event) {
        if (maxBehindMs !== undefined && delivery.behindMs() > maxBehindMs)
          throw new ApiError('InternalServerError', BEHIND)
        await port.write(tx, event)
      },
    },
    async compare() {
      for (const sink of deps.sinks ?? []) {
        const line = await sink.last?.()
        const problem = line === undefined ? undefined : await compareLine(db.read, line)
        if (!problem) continue
        mismatches += 1
        log.error({ sink: sink.name, row: problem.number }, `audit: ${problem.sentence}`)
      }
    },
  }
}
