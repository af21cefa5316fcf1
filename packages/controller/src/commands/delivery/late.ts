import type { VerifiedRunRecord } from '@muster/protocol/delivery'
import { nodeCaller } from '#access/index.ts'
import type { AuditPort } from '#api/index.ts'
import type { NodeSource } from '#commands/deps.ts'
import { joinLate } from '#commands/late-record.ts'
import { applyReported, type ReportedStream } from '#commands/output/whole.ts'
import type { Database, Tx } from '#db/index.ts'
import type { ResultFact } from '#hub/link.ts'
import type { Home } from '#kit/identity.ts'
import type { Ids } from '#kit/ids.ts'
import { updateLate } from './changes.ts'
import type { OpenRow } from './open-rows.ts'
import { toReport } from './report.ts'

export interface LateDeps {
  readonly db: Pick<Database, 'dialect'>
  readonly home: Home
  readonly ids: Ids
  readonly audit: Pick<AuditPort, 'write'>
  readonly fleet: Pick<NodeSource, 'findByKey'>
}

/** A checked result of an invocation that was over when it came. */
export interface LateResult {
  readonly row: OpenRow
  readonly record: VerifiedRunRecord
  readonly result: ResultFact
}

/**
 * Keeps results that nobody waits for any more: the state stays, what the node says can be read, and the audit tells of
 * it. Answers the streams that came with them.
 */
export function createLate({ db: { dialect }, home, ids, audit, fleet }: LateDeps) {
  return async (tx: Tx, results: readonly LateResult[], at: number): Promise<readonly ReportedStream[]> => {
    const kept: ReportedStream[] = []
    const rows = results.map(({ row, result }) => ({
      commandKey: row.commandKey,
      nodeKey: row.nodeKey,
      record: joinLate({ signature: result.signature, record: result.runRecord }),
      at,
    }))
    // One that is sent again because its receipt was lost is known already.
    const isNew = await updateLate(tx, dialect, rows)
    for (const { row, record, result } of results.filter((_, index) => isNew[index])) {
      const { streams } = toReport(row, record, result, at)
      // The step keeps its state and its text, so output that is short has to have a row of its own.
      const readable = streams.filter(({ kept }) => kept > 0).map((stream) => ({ ...stream, head: '' }))
      await applyReported(tx, dialect, readable)
      kept.push(...readable)
      const node = await fleet.findByKey(tx, row.nodeKey)
      if (node === undefined) continue
      await audit.write(tx, {
        at,
        requestId: ids.uuid(),
        caller: nodeCaller(home, { ...node, nodeId: node.id }, 'link'),
        operation: 'LateResult',
        action: 'muster:LateResult',
        resources: [record.commandId],
        decision: 'Allowed',
        result: record.status,
      })
    }
    return kept
  }
}
