const BASE_MS = 30_000
const CAP_MS = 300_000
const BEATS_A_SECOND = 250

/** The period to tell agents: 30 s, and longer when so many are connected that beats alone would be a load. */
export const heartbeatPeriod = (connected: number, baseMs = BASE_MS): number =>
  Math.min(CAP_MS, Math.max(baseMs, Math.ceil((connected * 1000) / BEATS_A_SECOND)))
