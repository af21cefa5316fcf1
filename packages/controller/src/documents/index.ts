/**
 * Documents: what commands run, in versions that never change. In come the operations on documents of type Command;
 * out go versions with their parsed form for the slices that run them. The documents that come with Muster are merged
 * into what is read and stand in no table.
 */
import type { Document } from '@muster/protocol/documents'
import type { Operation } from '#api/operation.ts'
import type { Reader } from '#db/index.ts'
import { createBuiltins } from './builtin.ts'
import type { DocumentsDeps } from './deps.ts'
import type { DocumentVersion } from './document.ts'
import { createLibrary } from './library.ts'
import { createDocument } from './operations/create-document.ts'
import { deleteDocument } from './operations/delete-document.ts'
import { describeDocument } from './operations/describe-document.ts'
import { getDocument } from './operations/get-document.ts'
import { listDocuments } from './operations/list-documents.ts'
import { createParser } from './parsed.ts'
import { findHead } from './store.ts'

export type { DocumentsDeps } from './deps.ts'

/** One version of a document, ready to be run. */
export interface FoundDocument extends Omit<DocumentVersion, 'version'> {
  /** A number, never `$DEFAULT` or `$LATEST`. */
  readonly version: string
  readonly document: Document
}

export interface Documents {
  readonly operations: readonly Operation[]
  /** By name or ARN; `version-missing` when the document exists and that version of it does not. */
  find(db: Reader, nameOrArn: string, version?: string): Promise<FoundDocument | 'version-missing' | undefined>
  arn(nameOrArn: string): string
}

/** Wires the documents slice. */
export function createDocuments(deps: DocumentsDeps): Documents {
  const library = createLibrary(deps.home, createBuiltins())
  const parse = createParser()
  const all = { ...deps, library }
  deps.tags.registerType('Document', {
    arn: library.arn,
    idOf: (arn) => (arn.startsWith('arn:') ? library.nameOf(arn) : undefined),
    exists: async (db, name) => (await findHead(db, name)) !== undefined,
  })
  return {
    operations: [
      createDocument(all),
      deleteDocument(all),
      describeDocument(all, parse),
      getDocument(all),
      listDocuments(all),
    ],
    arn: library.arn,
    async find(db, nameOrArn, version) {
      const found = await library.find(db, nameOrArn, { version })
      if (found === undefined || found === 'version-missing') return found
      return { ...found, version: String(found.version), document: parse(found) }
    },
  }
}
