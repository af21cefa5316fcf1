import type { Bus } from '#db/index.ts'

/**
 * What controllers tell each other, ids only. `work`: these commands may have something to release or repeat.
 * `changed`: who waits for these commands shall read again. `cancel`: nodes of these commands are to be asked to stop.
 * `cut`: these nodes may be registered no more. Each hint is also found without it, later.
 */
export const hintKinds = ['work', 'changed', 'cancel', 'cut'] as const
export type HintKind = (typeof hintKinds)[number]

export interface Hints {
  /** Gathered for a moment; returns at once. */
  send(kind: HintKind, keys: readonly number[]): void
  on(kind: HintKind, listener: (keys: readonly number[]) => void): void
}

const GATHER_MS = 10
/** A key has at most 16 digits and a comma, so that a text stays below what the bus takes. */
const KEYS_A_TEXT = 400

/** Hints over a bus; what others send is believed only as far as "look at this id". */
export function createPeerHints(bus: Bus, self: string): Hints {
  const waiting = new Map<HintKind, Set<number>>()
  const listeners = new Map<HintKind, ((keys: readonly number[]) => void)[]>()
  let timer: NodeJS.Timeout | undefined

  const flush = (): void => {
    timer = undefined
    for (const [kind, keys] of waiting) {
      const all = [...keys]
      for (let from = 0; from < all.length; from += KEYS_A_TEXT)
        bus.publish(JSON.stringify({ from: self, kind, keys: all.slice(from, from + KEYS_A_TEXT) }))
    }
    waiting.clear()
  }

  bus.subscribe((text) => {
    const hint = readHint(text)
    if (hint === undefined || hint.from === self) return
    for (const listener of listeners.get(hint.kind) ?? []) listener(hint.keys)
  })

  return {
    send(kind, keys) {
      if (keys.length === 0) return
      const gathered = waiting.get(kind) ?? new Set()
      for (const key of keys) gathered.add(key)
      waiting.set(kind, gathered)
      if (timer === undefined) timer = setTimeout(flush, GATHER_MS).unref()
    },
    on: (kind, listener) => void listeners.set(kind, [...(listeners.get(kind) ?? []), listener]),
  }
}

interface Hint {
  readonly from: string
  readonly kind: HintKind
  readonly keys: readonly number[]
}

/** Anyone who may connect to the database can send texts: what is no hint is left out. */
export function readHint(text: string): Hint | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const { from, kind, keys } = value as Record<string, unknown>
  const known = hintKinds.find((one) => one === kind)
  if (typeof from !== 'string' || known === undefined || !Array.isArray(keys)) return undefined
  const isKey = (key: unknown): key is number => Number.isSafeInteger(key) && Number(key) > 0
  return { from, kind: known, keys: keys.filter(isKey) }
}
