/**
 * Version of the link: both ends send theirs, and the controller refuses an agent whose version it cannot serve.
 *
 * - 1 (2026-11-24): login, work, receipts, records, output, calls.
 */
export const LINK_VERSION = 1

/** Oldest agent that this controller still serves. */
export const OLDEST_LINK_VERSION = 1
