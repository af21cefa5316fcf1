import type { CreateDocumentRequest } from '@muster/protocol/api'
import { documentHash } from '@muster/protocol/delivery'
import { documentPlatforms, parseDocument } from '@muster/protocol/documents'
import { operation } from '#api/operation.ts'
import { findTagsProblem, fromTagList } from '#tags/index.ts'
import type { DocumentOperationDeps } from '../deps.ts'
import { type DocumentVersion, isReservedName, MAX_DOCUMENTS } from '../document.ts'
import { countDocuments, findHead, insertDocument } from '../store.ts'
import { toDescription } from '../wire.ts'

/**
 * Makes a document from its first version; only type Command so far.
 * @coverage type Command, schemas 1.2, 2.0 and 2.2, JSON and YAML; no Requires, no Attachments
 */
export const createDocument = ({ home, tags, library }: DocumentOperationDeps) =>
  operation('CreateDocument', {
    kind: 'write',
    access: { action: 'ssm:CreateDocument', resources: ({ Name }) => [library.arn(Name)] },

    async handle(tx, input, { at, refuse }) {
      const { Name, Content, DocumentFormat: format = 'JSON' } = input
      const given = fromTagList(input.Tags)
      const problem = findProblem(input) ?? findTagsProblem(given)
      if (problem !== undefined) throw refuse('ValidationException', problem)
      if (format === 'TEXT') throw refuse('ValidationException', 'A document of type Command is JSON or YAML.')

      const parsed = parseDocument(Content, format)
      if (!parsed.ok) throw refuse(parsed.code, parsed.text)
      if (await findHead(tx, Name)) throw refuse('DocumentAlreadyExists', `The document ${Name} exists already.`)
      if ((await countDocuments(tx)) >= MAX_DOCUMENTS)
        throw refuse('DocumentLimitExceeded', `An account has at most ${MAX_DOCUMENTS} documents.`)

      const version: DocumentVersion = {
        name: Name,
        owner: home.accountId,
        documentType: 'Command',
        displayName: input.DisplayName,
        targetType: input.TargetType,
        defaultVersion: 1,
        latestVersion: 1,
        version: 1,
        versionName: input.VersionName,
        format,
        schemaVersion: parsed.document.schemaVersion,
        description: parsed.document.description,
        platformTypes: documentPlatforms(parsed.document),
        createdAt: at,
        content: Content,
        hash: documentHash(Content),
      }
      await insertDocument(tx, version)
      await tags.put(tx, 'Document', Name, given)
      return { DocumentDescription: toDescription(version, parsed.document, given) }
    },
  })

function findProblem({ Name, DocumentType = 'Command', Requires, Attachments }: CreateDocumentRequest) {
  if (isReservedName(Name)) return `The document name ${Name} begins with a reserved prefix: aws, amazon or amzn.`
  if (DocumentType !== 'Command') return `Documents of type ${DocumentType} are not built yet: docs/coverage.md.`
  if (Requires) return 'Requires is not built yet: docs/coverage.md.'
  if (Attachments && Attachments.length > 0) return 'Attachments are not built yet: docs/coverage.md.'
  return undefined
}
