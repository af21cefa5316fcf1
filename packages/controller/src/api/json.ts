import { isUtf8 } from 'node:buffer'

/** What reading a request body gave: a value, or why it is refused (with nothing of the body in the text). */
export type ReadBody =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: 'SerializationException' | 'ValidationException'; readonly text: string }

const MAX_DEPTH = 64
const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const NUL_ESCAPE = Buffer.from('u0000')

const refused = (text: string): ReadBody => ({ ok: false, code: 'SerializationException', text })

/**
 * Reads a body as strict JSON, beyond what JSON.parse refuses: no key twice in an object, depth 64 at most, no U+0000.
 * What single values may be is the model's checker's business. An empty body is an empty object.
 */
export function readJson(body: Uint8Array): ReadBody {
  if (body.length === 0) return { ok: true, value: {} }
  if (!isUtf8(body)) return refused('The body is not UTF-8.')
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length)
  const outline = scan(bytes)
  if (outline.depth > MAX_DEPTH) return refused(`The body is nested deeper than ${MAX_DEPTH} levels.`)
  let value: unknown
  try {
    value = JSON.parse(bytes.toString())
  } catch {
    return refused('The body is not JSON.')
  }
  // JSON.parse keeps the last of two equal keys, so the text then has more members than the value.
  if (countMembers(value) !== outline.members) return refused('An object of the body has a key twice.')
  if (!outline.nul) return { ok: true, value }
  // No name or script may hold it and PostgreSQL cannot store it: refused once here, for every operation.
  const text = '1 validation error detected: a text of the request holds the character U+0000.'
  return { ok: false, code: 'ValidationException', text }
}

interface Outline {
  depth: number
  members: number
  nul: boolean
}

function scan(body: Buffer): Outline {
  const outline: Outline = { depth: 0, members: 0, nul: false }
  let depth = 0
  for (let at = 0; at < body.length; at++) {
    const byte = body[at]
    if (byte === QUOTE) at = endOfString(body, at, outline)
    else if (byte === COLON) outline.members++
    else if (byte === 0x7b || byte === 0x5b) outline.depth = Math.max(outline.depth, ++depth)
    else if (byte === 0x7d || byte === 0x5d) depth--
  }
  return outline
}

function endOfString(body: Buffer, start: number, outline: Outline): number {
  let at = start + 1
  for (; at < body.length && body[at] !== QUOTE; at++) {
    if (body[at] !== BACKSLASH) continue
    at++
    if (body[at] === NUL_ESCAPE[0] && NUL_ESCAPE.equals(body.subarray(at, at + NUL_ESCAPE.length))) outline.nul = true
  }
  return at
}

function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let count = 0
  if (Array.isArray(value)) {
    for (const item of value) count += countMembers(item)
    return count
  }
  for (const key of Object.keys(value)) count += 1 + countMembers((value as Record<string, unknown>)[key])
  return count
}
