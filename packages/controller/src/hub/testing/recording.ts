import type { Tx } from '#db/index.ts'
import type { Admission, Arrival, Contact, GenerationKeptBy, Presence } from '../deps.ts'
import type { NodeRecord, OutputPiece, Receivers } from '../link.ts'

/** Receivers and presence that note what reaches them; each can be told to fail. */
export interface Recording extends Receivers, Presence {
  readonly applied: NodeRecord[]
  readonly batches: number[]
  readonly announced: NodeRecord[]
  readonly received: string[]
  readonly pieces: OutputPiece[]
  readonly moves: { readonly kind: 'arrived' | 'departed' | 'heard'; readonly nodeKey: number; readonly at: number }[]
  readonly troubles: string[]
  /** Resolves when so many receipts of work are committed or about to be. */
  receivedReach(count: number): Promise<void>
  readonly kepts: GenerationKeptBy[]
  /** Changes what is decided about an arrival. */
  admit?: (arrival: Arrival) => Partial<Admission>
  /** Invocations whose records cannot be applied. */
  readonly poison: Set<string>
}

const WELCOME: Admission = { standing: 'good', machine: 1, generation: 0, dropUnstarted: false, cause: undefined }

export function createRecording(overrides: Partial<Receivers> = {}): Recording {
  let watching: (() => void)[] = []
  const changed = (): void => {
    for (const wake of watching) wake()
    watching = []
  }
  const until = async (reached: () => boolean): Promise<void> => {
    while (!reached()) await new Promise<void>((resolve) => watching.push(resolve))
  }
  const recording: Recording = {
    applied: [],
    batches: [],
    announced: [],
    received: [],
    pieces: [],
    moves: [],
    troubles: [],
    kepts: [],
    poison: new Set(),
    receivedReach: (count) => until(() => recording.received.length >= count),
    async records(_tx: Tx, records) {
      const bad = records.find(({ invocationId }) => recording.poison.has(invocationId))
      if (bad) throw new Error(`poison ${bad.invocationId}`)
      recording.batches.push(records.length)
      recording.applied.push(...records)
    },
    recordsCommitted: (records) => void recording.announced.push(...records),
    async receipts(_tx, receipts) {
      recording.received.push(...receipts.map(({ invocationId }) => invocationId))
      changed()
    },
    async output(piece) {
      recording.pieces.push({ ...piece, data: Uint8Array.from(piece.data) })
      const received = piece.offset + piece.data.length
      return { received, sealed: piece.end ? received : 0 }
    },
    call: async (_link, operation, input) => ({ status: 200, body: Buffer.from(`${operation}:${input.length}`) }),
    async arrived(tx, arrivals) {
      await note('arrived', (arrival: Arrival) => arrival)(tx, arrivals)
      return arrivals.map((arrival) => ({ ...WELCOME, ...recording.admit?.(arrival) }))
    },
    kept: async (_tx, kept) => void recording.kepts.push(...kept),
    offered: async () => true,
    departed: note('departed', (contact: Contact) => contact),
    heard: note('heard', (contact: Contact) => contact),
    troubled: async (_tx, troubles) => void recording.troubles.push(...troubles.map(({ trouble }) => trouble)),
    reset: async () => {},
    ...overrides,
  }
  function note<T extends Contact>(kind: 'arrived' | 'departed' | 'heard', read: (entry: T) => Contact) {
    return async (_tx: Tx, entries: readonly T[]) => {
      for (const entry of entries) {
        const { nodeKey, at } = read(entry)
        recording.moves.push({ kind, nodeKey, at })
      }
    }
  }
  return recording
}
