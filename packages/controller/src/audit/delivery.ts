import { findCheckpoints, findDelivered, findHead, putDelivered } from './chain-store.ts'
import { toLine } from './checkpoint.ts'
import type { AuditDeps } from './deps.ts'
import type { Sink } from './sinks.ts'

const LINES_A_ROUND = 500

/** Hands checkpoints to the sinks of this controller; what a sink does not take waits in the store. */
export interface Delivery {
  deliver(signal: AbortSignal): Promise<void>
  /** Age of the oldest checkpoint that some sink has not got, in milliseconds; 0 when all have all. */
  behindMs(): number
}

type DeliveryDeps = Pick<AuditDeps, 'db' | 'clock' | 'log' | 'controllerId' | 'sinks'>

export function createDelivery({ db, clock, log, controllerId, sinks = [] }: DeliveryDeps): Delivery {
  /** Time of the oldest checkpoint that waits, by sink. */
  const waiting = new Map<string, number>()

  async function deliverTo(sink: Sink, storeId: string, signal: AbortSignal): Promise<void> {
    const name = `${controllerId}:${sink.name}`
    let done = (await findDelivered(db.read, name)) ?? 0
    while (!signal.aborted) {
      const found = await findCheckpoints(db.read, done, LINES_A_ROUND)
      const [oldest] = found
      const last = found.at(-1)
      if (!oldest || !last) break
      waiting.set(sink.name, waiting.get(sink.name) ?? oldest.at)
      await sink.send(found.map((checkpoint) => toLine({ storeId, ...checkpoint })))
      done = last.number
      await db.write((tx) => putDelivered(tx, name, done))
      waiting.delete(sink.name)
    }
  }

  return {
    async deliver(signal) {
      const head = await findHead(db.read)
      if (!head) return
      for (const sink of sinks)
        await deliverTo(sink, head.store_id, signal).catch((err: unknown) => {
          log.warn({ err, sink: sink.name }, 'audit: checkpoints wait, since their sink does not take them')
        })
    },
    behindMs: () => Math.max(0, ...[...waiting.values()].map((at) => clock.now() - at)),
  }
}
