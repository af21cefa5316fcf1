import { parseTyped } from '@muster/protocol/contents'
import { documentHash } from '@muster/protocol/delivery'
import { operation } from '#api/operation.ts'
import { attachFiles, fetchFiles } from '../attach.ts'
import type { DocumentOperationDeps } from '../deps.ts'
import { type DocumentVersion, MAX_VERSIONS } from '../document.ts'
import { reviewFacts } from '../reviews.ts'
import { findHead, insertVersion } from '../store.ts'
import { findTaken, setLatestVersion } from '../version-store.ts'
import { toDescription } from '../wire.ts'

/**
 * Adds a version to a document, made from its latest; the default version stays what it is.
 * @coverage DocumentVersion is $LATEST or the latest number, as the service wants it; what is not given (format, display name, target type) is that of the latest version; attachments are not carried over
 */
export const updateDocument = (deps: DocumentOperationDeps) =>
  operation('UpdateDocument', {
    kind: 'write',
    access: { action: 'ssm:UpdateDocument', resources: ({ Name }) => [deps.library.arn(Name)] },

    async gather(db, { Name, Content, DocumentFormat: format = 'JSON', Attachments = [] }, context) {
      const head = Attachments.length === 0 ? undefined : await findHead(db, Name)
      if (!head) return []
      return fetchFiles(deps, Attachments, { type: head.documentType, format, content: Content }, context)
    },

    async handle(tx, input, context, fetched) {
      const { at, caller, refuse } = context
      const { Name, Content, DocumentFormat: format = 'JSON', DocumentVersion: based, VersionName: versionName } = input
      if (deps.library.builtins.has(Name))
        throw refuse('InvalidDocumentOperation', `The document ${Name} comes with Muster and cannot be changed.`)
      const found = await deps.library.find(tx, Name, { version: based })
      if (found === undefined) throw refuse('InvalidDocument', `The document ${Name} does not exist.`)
      if (found === 'version-missing')
        throw refuse('InvalidDocumentVersion', `The document ${Name} has no version ${based}.`)
      if (found.version !== found.latestVersion)
        throw refuse(
          'InvalidDocumentVersion',
          `Version ${found.version} of ${Name} is not its latest: give $LATEST or ${found.latestVersion}.`,
        )

      const parsed = parseTyped(found.documentType, Content, format)
      if (!parsed.ok) throw refuse(parsed.code, parsed.text)
      const { document } = parsed
      const hash = documentHash(Content)
      const taken = await findTaken(tx, Name, { hash, versionName })
      if (taken.content)
        throw refuse('DuplicateDocumentContent', `A version of the document ${Name} has this very content.`)
      if (taken.versionName)
        throw refuse(
          'DuplicateDocumentVersionName',
          `A version of the document ${Name} has the name ${versionName} already.`,
        )
      if (taken.count >= MAX_VERSIONS)
        throw refuse('DocumentVersionLimitExceeded', `A document has at most ${MAX_VERSIONS} versions.`)

      const head = await findHead(tx, Name)
      const number = (head?.lastNumber ?? found.latestVersion) + 1
      const sources = input.Attachments ?? []
      const version: DocumentVersion = {
        ...found,
        displayName: input.DisplayName ?? found.displayName,
        targetType: input.TargetType ?? found.targetType,
        latestVersion: number,
        version: number,
        versionName,
        format,
        schemaVersion: document.schemaVersion,
        description: document.description,
        platformTypes: document.platformTypes,
        author: caller.arn,
        reviewStatus: found.reviewStatus === undefined ? undefined : 'NOT_REVIEWED',
        createdAt: at,
        content: Content,
        hash,
        attachments: await attachFiles(tx, deps, { sources, fetched, document }, context),
      }
      await insertVersion(tx, version)
      await setLatestVersion(tx, Name, number)
      const tags = await deps.tags.list(tx, 'Document', Name)
      return { DocumentDescription: toDescription(version, document, tags, await reviewFacts(tx, version)) }
    },
  })
