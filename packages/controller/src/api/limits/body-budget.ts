import type { IncomingMessage, ServerResponse } from 'node:http'

/** Bounds the memory of all bodies that are being received or worked on. */
export interface BodyBudget {
  /** Reserves what a request's body may take until its answer is out; false when that is not there. */
  admit(request: IncomingMessage, response: ServerResponse): boolean
  /** Bytes that are reserved. */
  reserved(): number
}

/** Below this the bound on connections bounds the bodies too. */
const FREE_BYTES = 16 * 1024

/** Makes the budget of one API; a body that does not say its length is counted as the largest that is taken. */
export function createBodyBudget(totalBytes: number, largestBytes: number): BodyBudget {
  let reserved = 0
  return {
    admit({ headers }, response) {
      const declared = headers['content-length'] ?? (headers['transfer-encoding'] === undefined ? 0 : largestBytes)
      const bytes = Math.min(largestBytes, Number(declared) || 0)
      if (bytes <= FREE_BYTES) return true
      if (reserved + bytes > totalBytes) return false
      reserved += bytes
      response.once('close', () => {
        reserved -= bytes
      })
      return true
    },
    reserved: () => reserved,
  }
}
