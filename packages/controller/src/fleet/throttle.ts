/** Slows down whoever fails too often: a bucket of failures a key, which leaks with time. */
export interface Throttle {
  /** Milliseconds until this key may try again; 0 when it may now. */
  waitMs(key: string, at: number): number
  failed(key: string, at: number): void
}

interface Bucket {
  level: number
  at: number
}

export interface ThrottleOptions {
  /** Failures in a row before the key must wait. */
  readonly burst: number
  /** One failure is forgotten in this time. */
  readonly forgetMs: number
  /** The least recently failed key is dropped beyond this, so that memory is bounded. */
  readonly maxKeys: number
}

export function createThrottle({ burst, forgetMs, maxKeys }: ThrottleOptions): Throttle {
  const buckets = new Map<string, Bucket>()
  const levelOf = (key: string, at: number): number => {
    const bucket = buckets.get(key)
    return bucket ? Math.max(0, bucket.level - Math.max(0, at - bucket.at) / forgetMs) : 0
  }
  return {
    waitMs(key, at) {
      const over = levelOf(key, at) - (burst - 1)
      return over > 0 ? Math.ceil(over * forgetMs) : 0
    },
    failed(key, at) {
      const level = levelOf(key, at) + 1
      buckets.delete(key)
      buckets.set(key, { level, at })
      const [oldest] = buckets.keys()
      if (buckets.size > maxKeys && oldest !== undefined) buckets.delete(oldest)
    },
  }
}
