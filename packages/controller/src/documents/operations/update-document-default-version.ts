import { operation } from '#api/operation.ts'
import type { DocumentOperationDeps } from '../deps.ts'
import { setDefaultVersion } from '../version-store.ts'

/** Makes another version the one that is meant by a document's name. */
export const updateDocumentDefaultVersion = ({ library }: DocumentOperationDeps) =>
  operation('UpdateDocumentDefaultVersion', {
    kind: 'write',
    access: { action: 'ssm:UpdateDocumentDefaultVersion', resources: ({ Name }) => [library.arn(Name)] },

    async handle(tx, { Name, DocumentVersion }, { refuse }) {
      if (library.builtins.has(Name))
        throw refuse('InvalidDocument', `The document ${Name} comes with Muster and cannot be changed.`)
      const found = await library.find(tx, Name, { version: DocumentVersion })
      if (found === undefined) throw refuse('InvalidDocument', `The document ${Name} does not exist.`)
      if (found === 'version-missing')
        throw refuse('InvalidDocumentVersion', `The document ${Name} has no version ${DocumentVersion}.`)
      await setDefaultVersion(tx, Name, found.version)
      const named = found.versionName === undefined ? {} : { DefaultVersionName: found.versionName }
      return { Description: { Name, DefaultVersion: String(found.version), ...named } }
    },
  })
