import type { AuditEvent } from '#api/index.ts'
import type { Tx } from '#db/index.ts'
import type { AuditTables } from './tables.ts'

// A command can name more targets than a line of the trail should hold; the command itself keeps them all.
const MAX_RESOURCES = 100

/** Writes one line of the audit trail in the transaction of what it tells about. */
export async function insertAuditEvent(tx: Tx, event: AuditEvent): Promise<void> {
  const { caller } = event
  await tx
    .withTables<AuditTables>()
    .insertInto('audit_event')
    .values({
      at: event.at,
      request_id: event.requestId,
      principal_id: caller.id,
      principal_arn: caller.arn,
      source: caller.source,
      operation: event.operation,
      action: event.action,
      resources: JSON.stringify(event.resources.slice(0, MAX_RESOURCES)),
      parameters_mac: event.parametersMac ?? null,
      decision: event.decision,
      result: event.result,
      hash: null,
    })
    .execute()
}
