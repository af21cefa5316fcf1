import { canonicalBytes } from '#kit/index.ts'
import { Misshapen, type Read } from './shape.ts'

/** What signed or hashed bytes are about; stands before them, so that bytes of one kind never pass for another. */
export interface Domain<T> {
  /** For instance `muster-run-v1`. */
  readonly label: string
  /** What people call it in messages. */
  readonly noun: string
  readonly read: Read<T>
}

export type Decoded<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string }

const encoder = new TextEncoder()

/** The only bytes that stand for this value. */
export function encodeIn<T>(domain: Domain<T>, value: T): Uint8Array {
  const label = encoder.encode(`${domain.label}\n`)
  const body = canonicalBytes(value)
  const bytes = new Uint8Array(label.length + body.length)
  bytes.set(label)
  bytes.set(body, label.length)
  return bytes
}

/** Reads what `encodeIn` wrote; any other bytes are refused, even those that mean the same. */
export function decodeIn<T>(domain: Domain<T>, bytes: Uint8Array): Decoded<T> {
  const label = encoder.encode(`${domain.label}\n`)
  if (bytes.length < label.length || label.some((byte, index) => byte !== bytes[index])) {
    return { ok: false, reason: `the bytes are not in the format ${domain.label}` }
  }
  try {
    const parsed: unknown = JSON.parse(
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(label.length)),
    )
    const value = domain.read(parsed, domain.noun)
    const isCanonical = Buffer.compare(encodeIn(domain, value), bytes) === 0
    return isCanonical ? { ok: true, value } : { ok: false, reason: `the ${domain.noun} is not in canonical form` }
  } catch (error) {
    if (error instanceof Misshapen) return { ok: false, reason: error.message }
    return { ok: false, reason: `the ${domain.noun} is not canonical JSON` }
  }
}
