import type { LinkRecord } from '@muster/protocol/link'
import { createGroupCommit, type Tx } from '#db/index.ts'
import type { HubDeps } from './deps.ts'
import type { NodeRecord, Receivers } from './link.ts'
import type { HubStore, LinkRow } from './store.ts'
import { createTurns } from './turns.ts'

/** The link that something came by, as far as the store must know it. */
export interface Sender {
  readonly nodeKey: number
  readonly nodeId: string
  readonly epoch: number
}

type Item =
  | { readonly kind: 'record'; readonly from: Sender; readonly record: LinkRecord; readonly message: Uint8Array }
  | { readonly kind: 'receipt'; readonly from: Sender; readonly invocationId: string }

/** `stale`: nothing more is taken of this link; the agent sends it again on a newer one. */
export type Taken = 'applied' | 'duplicate' | 'parked' | 'stale'

type RecordGateDeps = Pick<HubDeps, 'db' | 'clock' | 'log' | 'commit'>

/** Applies what agents send in group commits, each record once, and tells afterwards. */
export interface RecordGate extends AsyncDisposable {
  /** Resolves after the commit; rejects when the store failed and nothing was kept. */
  record(from: Sender, record: LinkRecord, message: Uint8Array): Promise<Taken>
  receipt(from: Sender, invocationId: string): Promise<Taken>
}

export function createRecordGate(deps: RecordGateDeps, store: HubStore, receivers: () => Receivers): RecordGate {
  let committed: NodeRecord[] = []
  const gaps = createGaps()
  const turns = createTurns()
  const group = createGroupCommit<Item, Taken>({
    db: deps.db,
    ...deps.commit,
    apply: (tx, items) => applyItems(tx, items, { store, receivers: receivers(), gaps }),
    onParked: (item, error) => parkItem(item, error, deps, { store, gaps }),
  })

  function announce(record: NodeRecord): void {
    // All records of a commit resolve in one turn of the loop: they are told of together after it.
    if (committed.push(record) > 1) return
    setImmediate(() => {
      const news = committed
      committed = []
      receivers().recordsCommitted(news)
    })
  }

  return {
    async record(from, record, message) {
      try {
        using prepared = receivers().prepare?.(toNodeRecord(from, record))
        const turn = turns.wait(from.nodeKey, prepared?.clear)
        if (turn) await turn
        const taken = await group.submit({ kind: 'record', from, record, message })
        if (taken === 'applied') announce(toNodeRecord(from, record))
        return taken
      } catch (error) {
        // The first thing that follows the rejection, so before the next batch is judged.
        gaps.open(from)
        throw error
      }
    },
    receipt: (from, invocationId) => group.submit({ kind: 'receipt', from, invocationId }),
    [Symbol.asyncDispose]: () => group[Symbol.asyncDispose](),
  }
}

/**
 * Links of which a record was not kept. Receipts are cumulative, so nothing that comes behind it on the same link may
 * move the mark: the agent sends all of it again on its next link.
 */
interface Gaps {
  open(from: Sender): void
  has(from: Sender): boolean
}

function createGaps(): Gaps {
  const epochs = new Map<number, number>()
  return {
    open: ({ nodeKey, epoch }) => void epochs.set(nodeKey, Math.max(epoch, epochs.get(nodeKey) ?? 0)),
    has: ({ nodeKey, epoch }) => epoch <= (epochs.get(nodeKey) ?? 0),
  }
}

interface Judging {
  readonly store: HubStore
  readonly gaps: Gaps
}

async function applyItems(
  tx: Tx,
  items: readonly Item[],
  { store, gaps, receivers }: Judging & { readonly receivers: Receivers },
): Promise<Taken[]> {
  const rows = await store.lockLinks(tx, [...new Set(items.map(({ from }) => from.nodeKey))])
  const marks = new Map([...rows].map(([nodeKey, row]) => [nodeKey, row.receivedRecord]))
  const taken = items.map((item) => (gaps.has(item.from) ? 'stale' : judge(item, rows.get(item.from.nodeKey), marks)))
  const applied = items.filter((_, index) => taken[index] === 'applied')
  const receipts = applied.flatMap((item) =>
    item.kind === 'receipt' ? [{ nodeKey: item.from.nodeKey, invocationId: item.invocationId }] : [],
  )
  const records = applied.flatMap((item) => (item.kind === 'record' ? [toNodeRecord(item.from, item.record)] : []))
  // Receipts first: an invocation is received before anything else is said of it.
  if (receipts.length > 0) await receivers.receipts(tx, receipts)
  if (records.length > 0) await receivers.records(tx, records)
  const moved = [...marks].filter(([nodeKey, number]) => rows.get(nodeKey)?.receivedRecord !== number)
  await store.updateReceived(
    tx,
    moved.map(([nodeKey, number]) => ({ nodeKey, number })),
  )
  return taken
}

async function parkItem(item: Item, error: unknown, deps: RecordGateDeps, { store, gaps }: Judging): Promise<Taken> {
  const { from } = item
  if (gaps.has(from)) return 'stale'
  if (item.kind === 'receipt') {
    const { invocationId } = item
    // Nothing is lost: the work is sent again, and its result says more than a receipt.
    deps.log.error({ err: error, nodeId: from.nodeId, invocationId }, 'hub: a receipt was left out')
    return 'parked'
  }
  const { journalId, number } = item.record
  const taken = await deps.db.write(async (tx): Promise<Taken> => {
    const rows = await store.lockLinks(tx, [from.nodeKey])
    const judged = judge(item, rows.get(from.nodeKey), new Map())
    if (judged !== 'applied') return judged
    const problem = error instanceof Error ? error.message : String(error)
    const { nodeKey } = from
    await store.insertParked(tx, { nodeKey, journalId, number, body: item.message, problem, at: deps.clock.now() })
    await store.updateReceived(tx, [{ nodeKey, number }])
    return 'parked'
  })
  if (taken === 'parked') deps.log.error({ err: error, nodeId: from.nodeId, number }, 'hub: a record was parked')
  return taken
}

/** Decides on one item against the node's row, and moves the mark that the batch will write. */
function judge(item: Item, row: LinkRow | undefined, marks: Map<number, number>): Taken {
  const { nodeKey, epoch } = item.from
  if (row?.epoch !== epoch) return 'stale'
  if (item.kind === 'receipt') return 'applied'
  const { number } = item.record
  if (number <= (marks.get(nodeKey) ?? row.receivedRecord)) return 'duplicate'
  marks.set(nodeKey, number)
  return 'applied'
}

const toNodeRecord = ({ nodeKey, nodeId }: Sender, { invocationId, fact }: LinkRecord): NodeRecord => ({
  nodeKey,
  nodeId,
  invocationId,
  fact,
})
