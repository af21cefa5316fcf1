import { createHash } from 'node:crypto'
import { cutChars, replaceInvalid } from '@muster/protocol/kit'
import type { AuditEvent } from '#api/index.ts'
import type { Sealer } from '#kit/seal.ts'
import type { WrittenRow } from './tables.ts'

/** A sealed row: what was written, its key, its MAC, and its place in the chain. */
export interface SealedRow extends WrittenRow {
  readonly seq: number
  readonly mac: Uint8Array
  readonly number: number
  readonly hash: Uint8Array
}

// A command can name more targets than a line of the trail should hold; the command itself keeps them all.
const MAX_RESOURCES = 100
const MAX_CHARS = 2048

// The chain is over texts as the store gives them back, so nothing goes in that a store would change.
const stored = (text: string): string => cutChars(replaceInvalid(text), MAX_CHARS)

/** An event as a row of the trail. */
export const toRow = (event: AuditEvent): WrittenRow => ({
  at: Math.floor(event.at),
  request_id: stored(event.requestId),
  principal_id: stored(event.caller.id),
  principal_arn: stored(event.caller.arn),
  session: stored(event.caller.session?.signInId ?? sessionOf(event.caller.id)),
  source: stored(event.caller.source),
  operation: stored(event.operation),
  action: stored(event.action),
  resources: JSON.stringify(event.resources.slice(0, MAX_RESOURCES).map(stored)),
  parameters_mac: event.parametersMac ?? null,
  decision: event.decision,
  result: stored(event.result),
  why: event.why === undefined ? null : stored(event.why),
})

/** Users act in a sign-in; the session of roles and nodes stands behind their id. */
const sessionOf = (principalId: string): string => {
  const at = principalId.indexOf(':')
  return at < 0 ? '' : principalId.slice(at + 1)
}

const hex = (bytes: Uint8Array | null): string | null => bytes && Buffer.from(bytes).toString('hex')

/** One text for one row, whatever engine holds it. */
const rowText = (row: WrittenRow): string =>
  JSON.stringify([
    ...[row.at, row.request_id, row.principal_id, row.principal_arn, row.session, row.source],
    ...[row.operation, row.action, row.resources, hex(row.parameters_mac), row.decision, row.result, row.why],
  ])

/** Shows that a controller of this store wrote the row: whoever can only write to the database cannot make it. */
export const rowMac = (sealer: Pick<Sealer, 'mac'>, row: WrittenRow): Uint8Array =>
  sealer.mac('audit-row', rowText(row))

/** The hash of the chain's place `number`: over the row that stands there and the hash before it. */
export const linkHash = (before: Uint8Array, row: Pick<SealedRow, 'seq' | 'mac' | 'number'> & WrittenRow): Uint8Array =>
  new Uint8Array(
    createHash('sha256')
      .update(before)
      .update(JSON.stringify([row.number, row.seq, hex(row.mac)]))
      .update(rowText(row))
      .digest(),
  )

/** What stands before the first row. */
export const CHAIN_START = new Uint8Array(32)

export const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0
