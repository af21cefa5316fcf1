import { parseTyped } from '@muster/protocol/contents'
import { documentHash } from '@muster/protocol/delivery'
import { type BuiltinDocument, builtinDocuments } from '@muster/protocol/documents'
import { AMAZON, type DocumentVersion } from './document.ts'

const MADE_AT = Date.UTC(2026, 10, 24)

/** The documents that come with Muster, by name; they stand in no table. */
export const createBuiltins = (
  documents: readonly BuiltinDocument[] = builtinDocuments,
): ReadonlyMap<string, DocumentVersion> => new Map(documents.map((document) => [document.name, toVersion(document)]))

function toVersion({ name, content }: BuiltinDocument): DocumentVersion {
  const parsed = parseTyped('Command', content, 'JSON')
  if (!parsed.ok) throw new Error(`The document ${name} that comes with Muster is broken: ${parsed.text}`)
  const { document } = parsed
  return {
    name,
    owner: AMAZON,
    documentType: 'Command',
    displayName: undefined,
    targetType: undefined,
    defaultVersion: 1,
    latestVersion: 1,
    version: 1,
    versionName: undefined,
    format: 'JSON',
    schemaVersion: document.schemaVersion,
    description: document.description,
    platformTypes: document.platformTypes,
    requires: [],
    author: AMAZON,
    reviewStatus: undefined,
    createdAt: MADE_AT,
    content,
    hash: documentHash(content),
    attachments: [],
  }
}
