import { parseTyped } from '@muster/protocol/contents'
import { documentHash } from '@muster/protocol/delivery'
import { operation } from '#api/operation.ts'
import { findTagsProblem, fromTagList, mayTag } from '#tags/index.ts'
import { attachFiles, fetchFiles } from '../attach.ts'
import type { DocumentOperationDeps } from '../deps.ts'
import { type DocumentVersion, isReservedName, MAX_DOCUMENTS } from '../document.ts'
import { findRequiresProblem, fromRequires } from '../requires.ts'
import { countDocuments, findHead, insertDocument } from '../store.ts'
import { toDescription } from '../wire.ts'

/**
 * Makes a document from its first version.
 * @coverage every type, in the formats that it has; Automation, Session, Package and ChangeCalendar are validated and not run yet; attachments come from buckets (the caller needs s3:GetObject) or from other documents, 256 MiB each at most; an ApplicationConfiguration is not checked against the schema that it requires; condition ssm:DocumentType
 */
export const createDocument = (deps: DocumentOperationDeps) =>
  operation('CreateDocument', {
    kind: 'write',
    access: {
      action: 'ssm:CreateDocument',
      resources: ({ Name }) => [deps.library.arn(Name)],
      conditions: ({ DocumentType = 'Command' }) => ({ 'ssm:DocumentType': DocumentType }),
    },

    gather(_db, { DocumentType: type = 'Command', DocumentFormat: format = 'JSON', ...input }, context) {
      return fetchFiles(deps, input.Attachments ?? [], { type, format, content: input.Content }, context)
    },

    async handle(tx, input, context, fetched) {
      const { at, caller, refuse } = context
      const { Name, Content, DocumentType: documentType = 'Command', DocumentFormat: format = 'JSON' } = input
      const given = fromTagList(input.Tags)
      const tagsProblem = findTagsProblem(given)
      if (isReservedName(Name))
        throw refuse(
          'ValidationException',
          `The document name ${Name} begins with a reserved prefix: aws, amazon or amzn.`,
        )
      if (tagsProblem !== undefined) throw refuse('ValidationException', tagsProblem)
      await mayTag(deps.library.arn(Name), given, context)

      const parsed = parseTyped(documentType, Content, format)
      if (!parsed.ok) throw refuse(parsed.code, parsed.text)
      const { document } = parsed
      if (await findHead(tx, Name)) throw refuse('DocumentAlreadyExists', `The document ${Name} exists already.`)
      if ((await countDocuments(tx)) >= MAX_DOCUMENTS)
        throw refuse('DocumentLimitExceeded', `An account has at most ${MAX_DOCUMENTS} documents.`)
      const requires = fromRequires(input.Requires ?? [])
      const missing = await findRequiresProblem(tx, deps, Name, requires)
      if (missing !== undefined) throw refuse('InvalidDocumentContent', missing)

      const sources = input.Attachments ?? []
      const version: DocumentVersion = {
        name: Name,
        owner: deps.home.accountId,
        documentType,
        displayName: input.DisplayName,
        targetType: input.TargetType,
        defaultVersion: 1,
        latestVersion: 1,
        version: 1,
        versionName: input.VersionName,
        format,
        schemaVersion: document.schemaVersion,
        description: document.description,
        platformTypes: document.platformTypes,
        requires,
        author: caller.arn,
        // Change templates are the documents that are of no use before their review.
        reviewStatus: documentType === 'Automation.ChangeTemplate' ? 'NOT_REVIEWED' : undefined,
        createdAt: at,
        content: Content,
        hash: documentHash(Content),
        attachments: await attachFiles(tx, deps, { sources, fetched, document }, context),
      }
      await insertDocument(tx, version)
      await deps.tags.put(tx, 'Document', Name, given)
      return { DocumentDescription: toDescription(version, document, given) }
    },
  })
