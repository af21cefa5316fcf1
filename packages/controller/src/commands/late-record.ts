import { decodeRunRecord, type RunRecord } from '@muster/protocol/delivery'

const SIGNATURE_BYTES = 64

/** What came after a terminal state, as its row keeps it: the signature, then the signed record. */
export const joinLate = ({ signature, record }: { signature: Uint8Array; record: Uint8Array }): Uint8Array =>
  Buffer.concat([signature, record])

/** Both parts; undefined when nothing came. */
export function splitLate(
  row: { readonly late_record: Uint8Array | null } | undefined,
): { signature: Uint8Array; record: Uint8Array } | undefined {
  if (!row?.late_record) return undefined
  return { signature: row.late_record.subarray(0, SIGNATURE_BYTES), record: row.late_record.subarray(SIGNATURE_BYTES) }
}

/** What the node said late. */
export function readLate(row: { readonly late_record: Uint8Array | null } | undefined): RunRecord | undefined {
  const parts = splitLate(row)
  const decoded = parts && decodeRunRecord(parts.record)
  return decoded?.ok ? decoded.value : undefined
}
