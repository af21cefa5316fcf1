/**
 * Documents of every type, in versions that never change. In come the twelve operations of documents; out go versions,
 * those of type Command with their parsed form for the slices that run them. The documents that come with Muster are
 * merged into what is read and stand in no table; what is attached to a document is an object.
 */
import type { Document, DocumentFormat } from '@muster/protocol/documents'
import type { Operation } from '#api/operation.ts'
import type { Route } from '#api/route.ts'
import type { Reader } from '#db/index.ts'
import type { Sweep } from '#kit/sweep.ts'
import { attachmentRoute } from './attachment-route.ts'
import { createBuiltins } from './builtin.ts'
import type { DocumentsDeps } from './deps.ts'
import type { DocumentVersion, VersionChoice } from './document.ts'
import { createLibrary } from './library.ts'
import { createDocument } from './operations/create-document.ts'
import { deleteDocument } from './operations/delete-document.ts'
import { describeDocument } from './operations/describe-document.ts'
import { describeDocumentPermission } from './operations/describe-document-permission.ts'
import { getDocument } from './operations/get-document.ts'
import { listDocumentMetadataHistory } from './operations/list-document-metadata-history.ts'
import { listDocumentVersions } from './operations/list-document-versions.ts'
import { listDocuments } from './operations/list-documents.ts'
import { modifyDocumentPermission } from './operations/modify-document-permission.ts'
import { updateDocument } from './operations/update-document.ts'
import { updateDocumentDefaultVersion } from './operations/update-document-default-version.ts'
import { updateDocumentMetadata } from './operations/update-document-metadata.ts'
import { createOrphans } from './orphans.ts'
import { createParser } from './parsed.ts'
import { findHead } from './store.ts'

export type { DocumentsDeps } from './deps.ts'

/** One version of a document, ready to be run. */
export interface FoundDocument extends Omit<DocumentVersion, 'version' | 'format'> {
  readonly format: DocumentFormat
  /** A number, never `$DEFAULT` or `$LATEST`. */
  readonly version: string
  readonly document: Document
}

/** A document that no command can run. */
export interface OtherDocument {
  readonly otherType: string
}

export interface Documents {
  readonly operations: readonly Operation[]
  readonly routes: readonly Route[]
  readonly sweeps: readonly Sweep[]
  /** A Command document by name or ARN; `version-missing` when it exists and that version of it does not. */
  find(
    db: Reader,
    nameOrArn: string,
    version?: string,
  ): Promise<FoundDocument | OtherDocument | 'version-missing' | undefined>
  /** The text of a version of any type, by number or by name; the default version when neither is given. */
  read(db: Reader, nameOrArn: string, choice: VersionChoice): Promise<DocumentVersion | 'version-missing' | undefined>
  arn(nameOrArn: string): string
}

/** Wires the documents slice. */
export function createDocuments(deps: DocumentsDeps): Documents {
  const library = createLibrary(deps.home, createBuiltins())
  const parser = createParser()
  const all = { ...deps, library }
  deps.tags.registerType('Document', {
    arn: library.arn,
    idOf: (arn) => (arn.startsWith('arn:') ? library.nameOf(arn) : undefined),
    exists: async (db, name) => (await findHead(db, name)) !== undefined,
  })
  return {
    operations: [
      createDocument(all),
      updateDocument(all),
      deleteDocument(all),
      describeDocument(all, parser),
      getDocument(all),
      listDocuments(all),
      listDocumentVersions(all),
      updateDocumentDefaultVersion(all),
      describeDocumentPermission(all),
      modifyDocumentPermission(all),
      updateDocumentMetadata(all),
      listDocumentMetadataHistory(all),
    ],
    routes: [attachmentRoute(deps)],
    sweeps: [createOrphans(deps)],
    arn: library.arn,
    read: library.find,
    async find(db, nameOrArn, version) {
      const found = await library.find(db, nameOrArn, { version })
      if (found === undefined || found === 'version-missing') return found
      const { documentType, format } = found
      if (documentType !== 'Command' || format === 'TEXT') return { otherType: documentType }
      return { ...found, format, version: String(found.version), document: parser.command(found) }
    },
  }
}
