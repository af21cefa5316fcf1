import { replaceInvalid } from '#kit/text.ts'

/** A frame that breaks the contract; its message is safe to log and to send back. */
export class BadFrame extends Error {
  override readonly name = 'BadFrame'
}

const LONGEST_TIME = 8.64e15

/** Text from the other side: bounded, well-formed, and without NUL, which no store of ours can keep. */
export function text(value: string | null | undefined, field: string, maxChars: number, required = false): string {
  const found = value ?? ''
  if (found.length > maxChars) throw new BadFrame(`${field} is longer than ${maxChars} characters`)
  if (required && found === '') throw new BadFrame(`${field} is missing`)
  return replaceInvalid(found)
}

/** A whole number from 0 up, exact in a double. */
export function count(value: number | null | undefined, field: string, max = Number.MAX_SAFE_INTEGER): number {
  const found = value ?? 0
  if (!Number.isSafeInteger(found) || found < 0) throw new BadFrame(`${field} is not a whole number from 0 up`)
  if (found > max) throw new BadFrame(`${field} is above ${max}`)
  // Minus zero is a safe integer too, and would travel on as one.
  return found === 0 ? 0 : found
}

/** Milliseconds since the epoch; a host's clock may be far off, but its time must be one. */
export function time(value: number | null | undefined, field: string): number {
  const found = Math.trunc(value ?? 0)
  if (!(Math.abs(found) <= LONGEST_TIME)) throw new BadFrame(`${field} is not a time`)
  return found === 0 ? 0 : found
}

/** Bytes of the frame itself, not a copy. */
export function bytes(value: Uint8Array | null | undefined, field: string, max: number): Uint8Array {
  const found = value ?? NOTHING
  if (found.length > max) throw new BadFrame(`${field} is longer than ${max} bytes`)
  return found
}

const NOTHING = new Uint8Array(0)

export function list<T, U>(
  values: readonly T[] | null | undefined,
  field: string,
  max: number,
  read: (value: T, field: string) => U,
): readonly U[] {
  const found = values ?? []
  if (found.length > max) throw new BadFrame(`${field} has more than ${max} entries`)
  return found.map((value, index) => read(value, `${field}[${index}]`))
}

export function present<T>(value: T | null | undefined, field: string): T {
  if (value === null || value === undefined) throw new BadFrame(`${field} is missing`)
  return value
}
