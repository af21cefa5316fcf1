import { createHash, timingSafeEqual } from 'node:crypto'
import type { Sealer } from './seal.ts'

export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined }

/** What a page token belongs to: it is of no use to another principal nor with another query. */
export interface PageScope {
  /** Immutable id of the caller. */
  readonly principal: string
  /** Operation and everything of its input that selects or orders rows; see `pageQuery`. */
  readonly query: unknown
}

const MAC_BYTES = 16
const MAX_TOKEN_CHARS = 4096

/** Names the query of a list: the operation and its input without `NextToken` and `MaxResults`. */
export function pageQuery(operation: string, input: object): unknown {
  const { NextToken: _token, MaxResults: _size, ...rest } = input as Record<string, unknown>
  return { operation, ...rest }
}

/** Makes the token that continues a list after `position`. */
export function encodeToken(sealer: Pick<Sealer, 'mac'>, scope: PageScope, position: JsonValue): string {
  const body = Buffer.from(JSON.stringify(position))
  return Buffer.concat([macOf(sealer, scope, body), body]).toString('base64url')
}

/** Reads a token back; undefined when it is garbage, altered, or of another principal or query. */
export function decodeToken(sealer: Pick<Sealer, 'mac'>, scope: PageScope, token: string): JsonValue | undefined {
  if (token.length > MAX_TOKEN_CHARS || !/^[A-Za-z0-9_-]+$/.test(token)) return undefined
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length <= MAC_BYTES) return undefined
  const body = bytes.subarray(MAC_BYTES)
  if (!timingSafeEqual(bytes.subarray(0, MAC_BYTES), macOf(sealer, scope, body))) return undefined
  return JSON.parse(body.toString()) as JsonValue
}

function macOf(sealer: Pick<Sealer, 'mac'>, scope: PageScope, body: Uint8Array): Buffer {
  const query = createHash('sha256').update(stable(scope.query)).digest()
  return Buffer.from(sealer.mac('page-token', Buffer.from(scope.principal), query, body)).subarray(0, MAC_BYTES)
}

/** Equal texts for equal values, whatever order a client writes the keys in. */
function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join()}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const members = Object.entries(value).filter(([, member]) => member !== undefined)
  members.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${stable(member)}`).join()}}`
}
