/** Something that was told of: a topic, and a key that the topic's slice knows. */
export interface Told {
  readonly topic: string
  readonly key: string
}

/** What was told since a place; `reset` when some of it is forgotten already. */
export interface Since {
  readonly told: readonly Told[]
  /** The place to go on from. */
  readonly next: number
  readonly reset: boolean
}

/** The latest changes, each thing once and at the place of its last change; bounded by number. */
export interface Ring {
  tell(topic: string, key: string): void
  /** The first `max` changes of these topics after a place. */
  since(place: number, topics: ReadonlySet<string>, max: number): Since
  /** The place after everything that was told. */
  now(): number
}

interface Entry extends Told {
  readonly place: number
}

/** Makes a ring that remembers `max` things. */
export function createRing(max: number): Ring {
  // By place; an entry that its thing has left for a later one is skipped, and dropped with the next clearing.
  let entries: Entry[] = []
  const latest = new Map<string, number>()
  let place = 0
  let forgotten = 0

  const isCurrent = ({ topic, key, place: own }: Entry): boolean => latest.get(`${topic} ${key}`) === own

  const clear = (): void => {
    entries = entries.filter(isCurrent)
    for (const { topic, key, place: own } of entries.splice(0, entries.length - max)) {
      latest.delete(`${topic} ${key}`)
      forgotten = own
    }
  }

  return {
    tell(topic, key) {
      place += 1
      latest.set(`${topic} ${key}`, place)
      entries.push({ topic, key, place })
      if (entries.length > 2 * max) clear()
    },
    since(from, topics, most) {
      if (from < forgotten || from > place) return { told: [], next: place, reset: true }
      const told: Told[] = []
      for (let index = firstAfter(entries, from); index < entries.length; index++) {
        const entry = entries[index] as Entry
        if (!topics.has(entry.topic) || !isCurrent(entry)) continue
        if (told.length === most) return { told, next: entry.place - 1, reset: false }
        told.push({ topic: entry.topic, key: entry.key })
      }
      return { told, next: place, reset: false }
    },
    now: () => place,
  }
}

/** Index of the first entry beyond a place, by halving. */
function firstAfter(entries: readonly Entry[], place: number): number {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((entries[middle] as Entry).place > place) high = middle
    else low = middle + 1
  }
  return low
}
