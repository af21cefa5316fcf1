/** Keeps what was found, and that nothing was found, for a while: another controller may have changed it since. */
export interface Cache<T> {
  get(key: string): Promise<T | undefined>
  drop(key: string): void
  clear(): void
}

export interface CacheOptions<T> {
  readonly find: (key: string) => Promise<T | undefined>
  readonly monotonic: () => number
  readonly keptMs: number
  /** Absence is forgotten sooner: what was just made elsewhere should work at once. */
  readonly absentMs: number
  readonly max: number
}

interface Entry<T> {
  readonly value: Promise<T | undefined>
  until: number
}

/** Makes a cache; lookups of the same key at the same time share one. */
export function createCache<T>({ find, monotonic, keptMs, absentMs, max }: CacheOptions<T>): Cache<T> {
  const entries = new Map<string, Entry<T>>()

  const load = (key: string): Promise<T | undefined> => {
    const entry: Entry<T> = { value: find(key), until: Number.POSITIVE_INFINITY }
    entries.set(key, entry)
    if (entries.size > max) for (const oldest of entries.keys()) if (entries.delete(oldest)) break
    entry.value.then(
      (found) => {
        entry.until = monotonic() + (found === undefined ? absentMs : keptMs)
      },
      () => {
        if (entries.get(key) === entry) entries.delete(key)
      },
    )
    return entry.value
  }

  return {
    get(key) {
      const entry = entries.get(key)
      if (!entry || entry.until <= monotonic()) return load(key)
      return entry.value
    },
    drop: (key) => void entries.delete(key),
    clear: () => entries.clear(),
  }
}
