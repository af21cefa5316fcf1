/** A value that JSON can say without loss. */
export type Plain = null | boolean | number | string | readonly Plain[] | PlainObject
export interface PlainObject {
  readonly [key: string]: Plain
}

/** The value has no canonical form: it is not plain JSON, or not well-formed. */
export class NotCanonical extends Error {
  override readonly name = 'NotCanonical'
}

// Far above any document, and far below what the stack allows.
const MAX_DEPTH = 256
const encoder = new TextEncoder()

/** The one text of a plain value (RFC 8785): keys by UTF-16 units, numbers as ECMAScript writes them, no blanks. */
export function canonicalText(value: unknown): string {
  return write(value, 0)
}

/** The UTF-8 bytes of `canonicalText`, fit to be hashed and signed. */
export function canonicalBytes(value: unknown): Uint8Array {
  return encoder.encode(canonicalText(value))
}

function write(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw new NotCanonical(`nested deeper than ${MAX_DEPTH}`)
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return writeString(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new NotCanonical(`${value} is not a JSON number`)
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return writeArray(value, depth)
  if (isPlainObject(value)) {
    const members = Object.keys(value)
      .sort()
      .map((key) => `${writeString(key)}:${write(value[key], depth + 1)}`)
    return `{${members.join(',')}}`
  }
  throw new NotCanonical(`${describe(value)} is not a plain JSON value`)
}

function writeArray(value: readonly unknown[], depth: number): string {
  const items: string[] = []
  // An index loop meets the holes of a sparse array, which map() would skip.
  for (let index = 0; index < value.length; index++) items.push(write(value[index], depth + 1))
  return `[${items.join(',')}]`
}

function writeString(value: string): string {
  if (!value.isWellFormed()) throw new NotCanonical('a string holds a lone surrogate')
  return JSON.stringify(value)
}

/** Whether a value is an object made of own members only, as JSON's parser makes them. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function describe(value: unknown): string {
  return typeof value === 'object' ? Object.prototype.toString.call(value) : typeof value
}
