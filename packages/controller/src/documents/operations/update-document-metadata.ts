import { operation } from '#api/operation.ts'
import type { DocumentOperationDeps } from '../deps.ts'
import { listReviews, putReview } from '../review-store.ts'
import { nextReview, reviewerOf } from '../reviews.ts'

/**
 * Takes a version of a document through its review: sent, commented on, approved or rejected.
 * @coverage a review is shown, and changes nothing of what may run; whoever may call this may also approve what they sent
 */
export const updateDocumentMetadata = ({ library }: DocumentOperationDeps) =>
  operation('UpdateDocumentMetadata', {
    kind: 'write',
    access: { action: 'ssm:UpdateDocumentMetadata', resources: ({ Name }) => [library.arn(Name)] },

    async handle(tx, { Name, DocumentVersion = '$LATEST', DocumentReviews: reviews }, { caller, at, refuse }) {
      if (library.builtins.has(Name))
        throw refuse('InvalidDocumentOperation', `The document ${Name} comes with Muster and has no reviews.`)
      const found = await library.find(tx, Name, { version: DocumentVersion })
      if (found === undefined) throw refuse('InvalidDocument', `The document ${Name} does not exist.`)
      if (found === 'version-missing')
        throw refuse('InvalidDocumentVersion', `The document ${Name} has no version ${DocumentVersion}.`)
      const { version, reviewStatus: status } = found
      const [last] = await listReviews(tx, { name: Name, version }, { limit: 1 })
      const comment = reviews.Comment?.[0]?.Content
      const step = { action: reviews.Action, comment, reviewer: reviewerOf(caller), at }
      const review = nextReview({ status, last }, step)
      if (typeof review === 'string')
        throw refuse('InvalidDocumentOperation', `${reviews.Action} is not possible: version ${version} ${review}.`)
      await putReview(tx, Name, version, review)
      return {}
    },
  })
