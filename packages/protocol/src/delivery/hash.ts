import { createHash } from 'node:crypto'
import { canonicalBytes } from '#kit/index.ts'

/** SHA-256 in lower-case hex. */
export function sha256Hex(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The hash of a document's text as it was given, as DocumentHash has it. */
export function documentHash(content: string): string {
  return sha256Hex(content)
}

/** The hash of parameters as a caller gave them; their order does not matter. */
export function parametersHash(given: Readonly<Record<string, readonly string[]>>): string {
  return sha256Hex(canonicalBytes(given))
}
