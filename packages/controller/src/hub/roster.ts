import type { Tx } from '#db/index.ts'
import { createGroupCommit } from '#db/index.ts'
import type { Admission, Arrival, Contact, HubDeps, Presence } from './deps.ts'
import type { HubStore, LinkRow } from './store.ts'

type Move =
  | ({ readonly kind: 'arrive' } & Arrival)
  | { readonly kind: 'depart'; readonly nodeKey: number; readonly epoch: number; readonly at: number }
  | { readonly kind: 'note'; readonly nodeKey: number; readonly epoch: number; readonly trouble: string }

export interface Joined {
  readonly epoch: number
  readonly receivedRecord: number
  /** When the node began the journal that it has now. */
  readonly journalSince: number
  readonly admission: Admission
}

/** Writes who has a link: logins and losses in their order, many in one transaction. */
export interface Roster extends AsyncDisposable {
  /** One epoch up where the node is let in or put into quarantine; undefined when it could not be written. */
  join(arrival: Omit<Arrival, 'at'>): Promise<Joined | undefined>
  /** What the node says is wrong there. Nothing when a newer link has taken over meanwhile. */
  note(nodeKey: number, epoch: number, trouble: string): Promise<void>
  /** Nothing when a newer link has taken over meanwhile. */
  leave(nodeKey: number, epoch: number, lastHeardAt: number): Promise<void>
  /** Writes the losses that the store did not take when they happened. */
  catchUp(): Promise<void>
}

const CONTACTS_A_WRITE = 1000

export function createRoster(deps: HubDeps, store: HubStore, presence: () => Presence): Roster {
  const { db, clock, controllerId, log } = deps
  const group = createGroupCommit<Move, Joined | undefined>({
    db,
    ...deps.commit,
    async apply(tx, moves) {
      const results: (Joined | undefined)[] = []
      for (const round of rounds(moves)) results.push(...(await applyRound(tx, round)))
      return results
    },
    onParked({ kind, nodeKey }, err) {
      log.error({ err, nodeKey, move: kind }, 'hub: a login or loss could not be written')
      return undefined
    },
  })

  // Unwritten, a node that never comes back would be shown as connected for ever.
  const owed = new Map<number, Extract<Move, { kind: 'depart' }>>()

  async function depart(move: Extract<Move, { kind: 'depart' }>): Promise<void> {
    owed.set(move.nodeKey, move)
    await group.submit(move)
    if (owed.get(move.nodeKey) === move) owed.delete(move.nodeKey)
  }

  async function applyRound(tx: Tx, moves: readonly Move[]): Promise<(Joined | undefined)[]> {
    const arrivals = moves.filter((move) => move.kind === 'arrive')
    await store.insertMissing(
      tx,
      arrivals.map(({ nodeKey }) => nodeKey).sort((a, b) => a - b),
    )
    const rows = await store.lockLinks(tx, [...new Set(moves.map(({ nodeKey }) => nodeKey))])
    const admissions = arrivals.length > 0 ? await presence().arrived(tx, arrivals) : []
    const joined = new Map<number, LinkRow & { readonly admission: Admission }>()
    const held: number[] = []
    for (const [index, arrival] of arrivals.entries()) {
      const [row, admission] = [rows.get(arrival.nodeKey), admissions[index]]
      if (!row || !admission) continue
      const after = admission.standing === 'good' ? afterLogin(row, arrival, controllerId) : row
      // What the link that was there still sends is not taken: it may be of the other machine.
      const epoch = admission.standing === 'held' ? row.epoch + 1 : after.epoch
      joined.set(arrival.nodeKey, { ...after, epoch, admission })
      if (admission.standing === 'held') held.push(arrival.nodeKey)
    }
    await store.updateLinks(
      tx,
      arrivals.flatMap(({ nodeKey, at }) => {
        const row = joined.get(nodeKey)
        return row && row.admission.standing !== 'superseded' ? [{ ...row, connectedAt: at }] : []
      }),
    )
    if (held.length > 0) await store.updateDeparted(tx, held)
    const isNewest = (move: { readonly nodeKey: number; readonly epoch: number }): boolean =>
      rows.get(move.nodeKey)?.epoch === move.epoch
    const notes = moves.filter((move) => move.kind === 'note').filter(isNewest)
    if (notes.length > 0) await presence().troubled(tx, notes)
    const departed = moves.filter((move) => move.kind === 'depart').filter(isNewest)
    if (departed.length > 0) {
      await store.updateDeparted(
        tx,
        departed.map(({ nodeKey }) => nodeKey),
      )
      await presence().departed(
        tx,
        departed.map(({ nodeKey, at }) => ({ nodeKey, at })),
      )
    }
    return moves.map(({ kind, nodeKey }) => (kind === 'arrive' ? joined.get(nodeKey) : undefined))
  }

  return {
    join: (arrival) => group.submit({ kind: 'arrive', ...arrival, at: clock.now() }),
    async note(nodeKey, epoch, trouble) {
      await group.submit({ kind: 'note', nodeKey, epoch, trouble })
    },
    leave: (nodeKey, epoch, at) => depart({ kind: 'depart', nodeKey, epoch, at }),
    async catchUp() {
      await Promise.all([...owed.values()].map(depart))
    },
    [Symbol.asyncDispose]: () => group[Symbol.asyncDispose](),
  }
}

/** Splits moves so that no node moves twice in one round, and keeps their order. */
function rounds(moves: readonly Move[]): Move[][] {
  const split: Move[][] = []
  let nodes = new Set<number>()
  let round: Move[] = []
  for (const move of moves) {
    if (nodes.has(move.nodeKey)) {
      split.push(round)
      nodes = new Set()
      round = []
    }
    nodes.add(move.nodeKey)
    round.push(move)
  }
  return [...split, round]
}

function afterLogin(
  row: LinkRow,
  { hello, at }: Pick<Extract<Move, { kind: 'arrive' }>, 'hello' | 'at'>,
  controllerId: string,
): LinkRow {
  const sameJournal = row.journalId === hello.journalId
  const isWhole = sameJournal && row.receivedRecord <= hello.lastRecord
  return {
    nodeKey: row.nodeKey,
    epoch: row.epoch + 1,
    controllerId,
    journalId: hello.journalId,
    journalSince: isWhole ? row.journalSince : at,
    // A journal that came back from an older copy of the disk gives its numbers out again.
    receivedRecord: sameJournal ? Math.min(row.receivedRecord, hello.lastRecord) : 0,
  }
}

/** Writes contacts in pieces, so that a large fleet never holds the store for long. */
export async function writeContacts(
  { db }: Pick<HubDeps, 'db'>,
  presence: Presence,
  contacts: readonly Contact[],
  signal: AbortSignal,
): Promise<void> {
  for (let from = 0; from < contacts.length && !signal.aborted; from += CONTACTS_A_WRITE) {
    const piece = contacts.slice(from, from + CONTACTS_A_WRITE)
    await db.write((tx) => presence.heard(tx, piece))
  }
}
