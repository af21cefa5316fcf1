import { convertContent } from '@muster/protocol/documents'
import { operation } from '#api/operation.ts'
import type { DocumentOperationDeps } from '../deps.ts'

/** Gives the text of one version of a document: JSON unless another format is asked for. */
export const getDocument = ({ library }: DocumentOperationDeps) =>
  operation('GetDocument', {
    kind: 'read',
    access: { action: 'ssm:GetDocument', resources: ({ Name }) => [library.arn(Name)] },

    async handle(db, { Name, DocumentVersion, VersionName, DocumentFormat = 'JSON' }, { refuse }) {
      const found = await library.find(db, Name, { version: DocumentVersion, versionName: VersionName })
      if (found === undefined) throw refuse('InvalidDocument', `The document ${Name} does not exist.`)
      if (found === 'version-missing')
        throw refuse('InvalidDocumentVersion', `The document ${Name} has no such version.`)

      const format = DocumentFormat === 'TEXT' ? found.format : DocumentFormat
      const content = convertContent(found.content, found.format, format)
      if (content === undefined) throw new Error(`The stored document ${found.name} is not ${found.format} any more.`)
      return {
        Name: found.name,
        CreatedDate: found.createdAt / 1000,
        ...(found.displayName === undefined ? {} : { DisplayName: found.displayName }),
        ...(found.versionName === undefined ? {} : { VersionName: found.versionName }),
        DocumentVersion: String(found.version),
        Status: 'Active' as const,
        Content: content,
        DocumentType: found.documentType,
        DocumentFormat: format,
      }
    },
  })
