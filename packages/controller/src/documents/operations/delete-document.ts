import { operation } from '#api/operation.ts'
import type { DocumentOperationDeps } from '../deps.ts'
import { removeDocument, removeVersion } from '../store.ts'

/** Removes a document, or one version of it; commands that use it have their own frozen copy. */
export const deleteDocument = ({ tags, library }: DocumentOperationDeps) =>
  operation('DeleteDocument', {
    kind: 'write',
    access: { action: 'ssm:DeleteDocument', resources: ({ Name }) => [library.arn(Name)] },

    async handle(tx, { Name, DocumentVersion, VersionName }, { refuse }) {
      if (library.builtins.has(Name))
        throw refuse('InvalidDocumentOperation', `The document ${Name} comes with Muster and cannot be deleted.`)
      const found = await library.find(tx, Name, { version: DocumentVersion, versionName: VersionName })
      if (found === undefined) throw refuse('InvalidDocument', `The document ${Name} does not exist.`)
      if (found === 'version-missing') throw refuse('InvalidDocument', `The document ${Name} has no such version.`)

      if (DocumentVersion === undefined && VersionName === undefined) {
        await removeDocument(tx, Name)
        await tags.removeAll(tx, 'Document', Name)
        return {}
      }
      if (found.version === found.defaultVersion)
        throw refuse('InvalidDocumentOperation', `Version ${found.version} of ${Name} is its default version.`)
      await removeVersion(tx, Name, found.version)
      return {}
    },
  })
