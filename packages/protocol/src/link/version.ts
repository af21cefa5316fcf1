/**
 * Version of the link: both ends send theirs, and the controller refuses an agent whose version it cannot serve.
 *
 * - 1 (2026-11-24): login, work, receipts, records, output, calls.
 * - 2 (2026-11-30): generations, probes of an older link, new keys; `process_id` in the hello.
 */
export const LINK_VERSION = 2

/** Oldest agent that this controller still serves. */
export const OLDEST_LINK_VERSION = 1
