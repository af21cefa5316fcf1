import { type Document, parseDocument } from '@muster/protocol/documents'
import type { DocumentVersion } from './document.ts'

const MAX_KEPT = 64

/** Makes a reader of stored documents that keeps the last ones it parsed, by their hash. */
export function createParser(): (version: DocumentVersion) => Document {
  const kept = new Map<string, Document>()
  return ({ name, content, format, hash }) => {
    const key = `${format} ${hash}`
    const known = kept.get(key)
    if (known) return known
    const parsed = parseDocument(content, format)
    if (!parsed.ok) throw new Error(`The stored document ${name} cannot be read any more: ${parsed.text}`)
    kept.set(key, parsed.document)
    const [oldest] = kept.keys()
    if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest)
    return parsed.document
  }
}
