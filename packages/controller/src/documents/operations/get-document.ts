import type { ContentFormat } from '@muster/protocol/contents'
import { convertContent } from '@muster/protocol/documents'
import { operation } from '#api/operation.ts'
import type { DocumentOperationDeps } from '../deps.ts'
import { toAttachments, toRequires } from '../wire.ts'

/**
 * Gives the text of one version of a document: JSON unless another format is asked for.
 * @coverage what is TEXT stays TEXT, and YAML with tags of its own (CloudFormation) stays YAML; URLs of attachments hold for an hour
 */
export const getDocument = (deps: DocumentOperationDeps) =>
  operation('GetDocument', {
    kind: 'read',
    access: { action: 'ssm:GetDocument', resources: ({ Name }) => [deps.library.arn(Name)] },

    async handle(db, { Name, DocumentVersion, VersionName, DocumentFormat = 'JSON' }, { refuse }) {
      const found = await deps.library.find(db, Name, { version: DocumentVersion, versionName: VersionName })
      if (found === undefined) throw refuse('InvalidDocument', `The document ${Name} does not exist.`)
      if (found === 'version-missing')
        throw refuse('InvalidDocumentVersion', `The document ${Name} has no such version.`)

      return {
        Name: found.name,
        CreatedDate: found.createdAt / 1000,
        ...(found.displayName === undefined ? {} : { DisplayName: found.displayName }),
        ...(found.versionName === undefined ? {} : { VersionName: found.versionName }),
        DocumentVersion: String(found.version),
        Status: 'Active' as const,
        ...inFormat(found.content, found.format, DocumentFormat),
        DocumentType: found.documentType,
        ...toRequires(found.requires),
        ...toAttachments(found.attachments, deps),
        ...(found.reviewStatus === undefined ? {} : { ReviewStatus: found.reviewStatus }),
      }
    },
  })

/** The text in the format that is asked for, or in its own where there is no way from one to the other. */
function inFormat(content: string, own: ContentFormat, wanted: ContentFormat) {
  const converted = own === 'TEXT' || wanted === 'TEXT' ? undefined : convertContent(content, own, wanted)
  return converted === undefined
    ? { Content: content, DocumentFormat: own }
    : { Content: converted, DocumentFormat: wanted }
}
