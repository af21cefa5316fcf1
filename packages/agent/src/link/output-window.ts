import { OUTPUT_WINDOW_BYTES } from '@muster/protocol/link'

/** How much output may be under way, learned from how long receipts take. */
export interface OutputWindow {
  /** Bytes that may be without a receipt now. */
  readonly bytes: number
  /** So many more bytes have gone out. */
  sent(bytes: number): void
  /** So many more bytes have been receipted. */
  receipted(bytes: number): void
}

const LEAST_BYTES = 16 * 1024
/** Output may delay what comes behind it (heartbeats, results) by about this much. */
const DELAY_MS = 500

/**
 * Output that waits in the network's buffers holds up every heartbeat and result behind it. So the window begins small,
 * doubles while receipts come as soon as they ever did, and halves when they take longer: a line of any speed is kept
 * busy and no more. A long way alone is no reason to send less: only what comes on top of the shortest delay counts.
 */
export function createOutputWindow(now: () => number): OutputWindow {
  const underWay: { readonly upTo: number; readonly at: number }[] = []
  let bytes = LEAST_BYTES
  let sent = 0
  let receipted = 0
  let shortest = Number.POSITIVE_INFINITY

  return {
    get bytes() {
      return bytes
    },
    sent(more) {
      if (more === 0) return
      sent += more
      underWay.push({ upTo: sent, at: now() })
    },
    receipted(more) {
      receipted += more
      let newest: number | undefined
      while (underWay[0] !== undefined && underWay[0].upTo <= receipted) newest = underWay.shift()?.at
      if (newest === undefined) return
      const delay = now() - newest
      shortest = Math.min(shortest, delay)
      bytes = delay - shortest > DELAY_MS ? Math.max(LEAST_BYTES, bytes / 2) : Math.min(OUTPUT_WINDOW_BYTES, bytes * 2)
    },
  }
}
