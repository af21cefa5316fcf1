import type { Reader } from '#db/index.ts'
import type { Caller } from '#kit/identity.ts'
import type { DocumentSummary, ReviewStatus } from './document.ts'
import { findReviewed, listReviews, type Review } from './review-store.ts'
import type { ReviewFacts } from './wire.ts'

export type ReviewAction = 'SendForReview' | 'UpdateReview' | 'Approve' | 'Reject'

/** Where each action may begin, and where it leads; undefined stays as it is. */
const MOVES: Readonly<Record<ReviewAction, { from: readonly ReviewStatus[]; to: ReviewStatus | undefined }>> = {
  SendForReview: { from: ['NOT_REVIEWED', 'REJECTED'], to: 'PENDING' },
  UpdateReview: { from: ['PENDING', 'APPROVED', 'REJECTED'], to: undefined },
  Approve: { from: ['PENDING'], to: 'APPROVED' },
  Reject: { from: ['PENDING'], to: 'REJECTED' },
}

const WORDS: Readonly<Record<ReviewStatus, string>> = {
  APPROVED: 'is approved',
  NOT_REVIEWED: 'was not sent for review',
  PENDING: 'waits for its review',
  REJECTED: 'was rejected',
}

export interface ReviewStep {
  readonly action: ReviewAction
  readonly comment: string | undefined
  readonly reviewer: string
  readonly at: number
}

/** The entry that an action writes, a new one or the last one changed; or why the action cannot be, for people. */
export function nextReview(
  { status = 'NOT_REVIEWED', last }: { readonly status: ReviewStatus | undefined; readonly last: Review | undefined },
  { action, comment, reviewer, at }: ReviewStep,
): Review | string {
  const { from, to } = MOVES[action]
  if (!from.includes(status)) return WORDS[status]
  if (to !== undefined)
    return { number: (last?.number ?? 0) + 1, createdAt: at, updatedAt: at, status: to, comment, reviewer }
  if (!last) return WORDS.NOT_REVIEWED
  if (last.reviewer !== reviewer) return `has a review of ${last.reviewer}, which is theirs to update`
  return { ...last, updatedAt: at, comment: comment ?? last.comment }
}

/** A caller as reviews name it: the end of its ARN, of the letters that the API has for it. */
export const reviewerOf = ({ arn }: Pick<Caller, 'arn'>): string =>
  (arn.split(/[/:]/).at(-1) ?? '').replace(/[^a-zA-Z0-9_\-.]/g, '-').slice(0, 50) || 'unknown'

/** What a description says of the reviews of a version and its document. */
export async function reviewFacts(
  db: Reader,
  { name, version, reviewStatus }: Pick<DocumentSummary, 'name' | 'version' | 'reviewStatus'>,
): Promise<ReviewFacts> {
  if (reviewStatus === undefined) return {}
  const { approved, pending } = await findReviewed(db, name)
  const [last] = await listReviews(db, { name, version }, { limit: 1 })
  const decided = last?.status === 'APPROVED' || last?.status === 'REJECTED' ? last : undefined
  return {
    ...(approved === undefined ? {} : { approved }),
    ...(pending === undefined ? {} : { pending }),
    ...(decided && {
      last: { at: decided.updatedAt, status: decided.status as 'APPROVED' | 'REJECTED', reviewer: decided.reviewer },
    }),
  }
}
