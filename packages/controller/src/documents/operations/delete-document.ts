import { operation } from '#api/operation.ts'
import type { DocumentOperationDeps } from '../deps.ts'
import { findDependent } from '../requires.ts'
import { countShares } from '../share-store.ts'
import { removeDocument, removeVersion } from '../store.ts'

// The service's own list of types that are not deleted by accident.
const FORCE_ONLY: ReadonlySet<string> = new Set(['ApplicationConfigurationSchema'])

/**
 * Removes a document, or one version of it; commands that use it have their own frozen copy.
 * @coverage Force is needed for ApplicationConfigurationSchema; what another document requires stays; AssociatedInstances comes with associations
 */
export const deleteDocument = (deps: DocumentOperationDeps) =>
  operation('DeleteDocument', {
    kind: 'write',
    access: { action: 'ssm:DeleteDocument', resources: ({ Name }) => [deps.library.arn(Name)] },

    async handle(tx, { Name, DocumentVersion, VersionName, Force = false }, { refuse }) {
      const { library, tags } = deps
      if (library.builtins.has(Name))
        throw refuse('InvalidDocumentOperation', `The document ${Name} comes with Muster and cannot be deleted.`)
      const found = await library.find(tx, Name, { version: DocumentVersion, versionName: VersionName })
      if (found === undefined) throw refuse('InvalidDocument', `The document ${Name} does not exist.`)
      if (found === 'version-missing') throw refuse('InvalidDocument', `The document ${Name} has no such version.`)
      if (FORCE_ONLY.has(found.documentType) && !Force)
        throw refuse('InvalidDocumentOperation', `A document of type ${found.documentType} is deleted with Force only.`)

      const whole = DocumentVersion === undefined && VersionName === undefined
      const dependent = await findDependent(tx, deps, Name, whole ? undefined : found)
      if (dependent !== undefined)
        throw refuse('InvalidDocumentOperation', `The document ${dependent} requires ${Name}.`)
      if (whole) {
        if ((await countShares(tx, Name)) > 0)
          throw refuse('InvalidDocumentOperation', `The document ${Name} is shared: stop sharing it first.`)
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
