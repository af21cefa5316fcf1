import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Bus } from '#db/bus.ts'

const CHANNEL = 'muster_hints'
const CONNECT_MS = 5_000
const RETRY_MS = 1_000
/** PostgreSQL takes payloads below 8000 bytes. */
const MOST_BYTES = 7_999

/** A bus by LISTEN and NOTIFY, from a connection of its own; a broken one is made again for as long as it is open. */
export function openPostgresBus(url: string): Bus {
  const listeners: ((text: string) => void)[] = []
  const stop = new AbortController()
  let client: pg.Client | undefined

  async function keep(): Promise<void> {
    while (!stop.signal.aborted) {
      await connectOnce().catch(() => undefined)
      client = undefined
      await delay(RETRY_MS, undefined, { signal: stop.signal }).catch(() => undefined)
    }
  }

  /** Resolves when the connection is over. */
  async function connectOnce(): Promise<void> {
    const fresh = new pg.Client({
      connectionString: url,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: CONNECT_MS,
      keepAlive: true,
      application_name: 'muster hints',
    })
    const { promise: over, resolve: end } = Promise.withResolvers<void>()
    fresh.on('error', () => end())
    fresh.on('end', () => end())
    fresh.on('notification', ({ payload = '' }) => {
      for (const listener of listeners) listener(payload)
    })
    const close = (): void => void fresh.end().catch(() => undefined)
    stop.signal.addEventListener('abort', close, { once: true })
    try {
      await fresh.connect()
      await fresh.query(`listen ${CHANNEL}`)
      if (stop.signal.aborted) return
      client = fresh
      await over
    } finally {
      stop.signal.removeEventListener('abort', close)
      close()
    }
  }

  const running = keep()
  return {
    publish(text) {
      if (Buffer.byteLength(text) > MOST_BYTES) throw new RangeError(`A hint has at most ${MOST_BYTES} bytes.`)
      const sender = client
      // What is not sent is found by a sweep; a connection that does not answer is made again.
      sender?.query('select pg_notify($1, $2)', [CHANNEL, text]).catch(() => void sender.end().catch(() => undefined))
    },
    subscribe: (listener) => void listeners.push(listener),
    async [Symbol.asyncDispose]() {
      stop.abort()
      await running
    },
  }
}
