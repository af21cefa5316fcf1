import { parseTyped, type TypedDocument } from '@muster/protocol/contents'
import { type Document, parseDocument } from '@muster/protocol/documents'
import type { DocumentVersion } from './document.ts'

const MAX_KEPT = 64

/** Reads stored documents, and keeps the last ones that it read by their hash. */
export interface Parser {
  /** A Command document, ready to be run. */
  command(version: DocumentVersion): Document
  /** What the API shows of the content, whatever its type. */
  shown(version: DocumentVersion): TypedDocument
}

export function createParser(): Parser {
  return {
    command: keeping(({ content, format }) =>
      format === 'TEXT' ? { ok: false, text: 'it is TEXT' } : parseDocument(content, format),
    ),
    shown: keeping(({ documentType, content, format }) => parseTyped(documentType, content, format)),
  }
}

type Parsed<T> = { readonly ok: true; readonly document: T } | { readonly ok: false; readonly text: string }

function keeping<T>(parse: (version: DocumentVersion) => Parsed<T>): (version: DocumentVersion) => T {
  const kept = new Map<string, T>()
  return (version) => {
    const { name, documentType, format, hash } = version
    const key = `${documentType} ${format} ${hash}`
    const known = kept.get(key)
    if (known) return known
    const parsed = parse(version)
    if (!parsed.ok) throw new Error(`The stored document ${name} cannot be read any more: ${parsed.text}`)
    kept.set(key, parsed.document)
    const [oldest] = kept.keys()
    if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest)
    return parsed.document
  }
}
