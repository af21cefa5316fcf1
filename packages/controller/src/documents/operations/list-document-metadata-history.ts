import { operation } from '#api/operation.ts'
import { decodeToken, encodeToken, pageQuery } from '#kit/paging.ts'
import type { DocumentOperationDeps } from '../deps.ts'
import { listReviews, type Review } from '../review-store.ts'

const PAGE = 50

/** Lists the reviews of one version of a document from the newest. */
export const listDocumentMetadataHistory = ({ library, sealer }: DocumentOperationDeps) =>
  operation('ListDocumentMetadataHistory', {
    kind: 'read',
    access: { action: 'ssm:ListDocumentMetadataHistory', resources: ({ Name }) => [library.arn(Name)] },

    async handle(db, input, { caller, refuse }) {
      const { Name, DocumentVersion, NextToken, MaxResults: limit = PAGE } = input
      const found = await library.find(db, Name, { version: DocumentVersion })
      if (found === undefined) throw refuse('InvalidDocument', `The document ${Name} does not exist.`)
      if (found === 'version-missing')
        throw refuse('InvalidDocumentVersion', `The document ${Name} has no version ${DocumentVersion}.`)
      const scope = { principal: caller.id, query: pageQuery('ListDocumentMetadataHistory', input) }
      const before = NextToken === undefined ? undefined : decodeToken(sealer, scope, NextToken)
      if (NextToken !== undefined && typeof before !== 'number')
        throw refuse('InvalidNextToken', 'The token does not continue this list.')

      const page = typeof before === 'number' ? { before } : {}
      const reviews = await listReviews(db, { name: Name, version: found.version }, { ...page, limit: limit + 1 })
      const shown = reviews.slice(0, limit)
      const last = reviews.length > limit ? shown.at(-1) : undefined
      return {
        Name,
        DocumentVersion: String(found.version),
        Author: found.author,
        Metadata: { ReviewerResponse: shown.map(toResponse) },
        ...(last ? { NextToken: encodeToken(sealer, scope, last.number) } : {}),
      }
    },
  })

const toResponse = ({ createdAt, updatedAt, status, comment, reviewer }: Review) => ({
  CreateTime: createdAt / 1000,
  UpdatedTime: updatedAt / 1000,
  ReviewStatus: status,
  ...(comment === undefined ? {} : { Comment: [{ Type: 'Comment' as const, Content: comment }] }),
  Reviewer: reviewer,
})
