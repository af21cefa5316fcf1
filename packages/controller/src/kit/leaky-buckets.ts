/** A bucket a key that fills with what happens and leaks with time: who fills it up has to wait. */
export interface LeakyBuckets {
  /** Milliseconds until there is room for one more; 0 when there is now. */
  waitMs(key: string, at: number): number
  /** Pours one in, also where there is no room. */
  add(key: string, at: number): void
  /** Pours one in where there is room; false where there is none. */
  take(key: string, at: number): boolean
  /** Keys that are remembered. */
  readonly size: number
}

interface Bucket {
  level: number
  at: number
}

export interface BucketOptions {
  /** What a bucket holds. */
  readonly burst: number
  /** One is leaked in this time. */
  readonly leakMs: number
  /** The key that was used least recently is dropped beyond this, so that memory is bounded. */
  readonly maxKeys: number
}

/** Makes buckets, all empty. `at` is milliseconds of any clock; one that goes back leaks nothing. */
export function createLeakyBuckets({ burst, leakMs, maxKeys }: BucketOptions): LeakyBuckets {
  const buckets = new Map<string, Bucket>()
  const levelOf = (key: string, at: number): number => {
    const bucket = buckets.get(key)
    return bucket ? Math.max(0, bucket.level - Math.max(0, at - bucket.at) / leakMs) : 0
  }
  const waitMs = (key: string, at: number): number => {
    const over = levelOf(key, at) - (burst - 1)
    return over > 0 ? Math.ceil(over * leakMs) : 0
  }
  const add = (key: string, at: number): void => {
    const level = levelOf(key, at) + 1
    buckets.delete(key)
    buckets.set(key, { level, at })
    if (buckets.size > maxKeys) for (const oldest of buckets.keys()) if (buckets.delete(oldest)) break
  }
  return {
    waitMs,
    add,
    take(key, at) {
      const hasRoom = waitMs(key, at) === 0
      if (hasRoom) add(key, at)
      return hasRoom
    },
    get size() {
      return buckets.size
    },
  }
}
