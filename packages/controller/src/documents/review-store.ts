import type { Reader, Tx } from '#db/index.ts'
import type { ReviewStatus } from './document.ts'
import type { DocumentTables } from './tables.ts'

/** One entry of a version's reviews. */
export interface Review {
  /** From 1. */
  readonly number: number
  readonly createdAt: number
  readonly updatedAt: number
  readonly status: ReviewStatus
  readonly comment: string | undefined
  readonly reviewer: string
}

const COLUMNS = ['number', 'created_at', 'updated_at', 'status', 'comment', 'reviewer'] as const

/** Reviews of one version from the newest, those below `before` where it is given. */
export async function listReviews(
  db: Reader,
  { name, version }: { readonly name: string; readonly version: number },
  { before, limit }: { readonly before?: number; readonly limit: number },
): Promise<Review[]> {
  let query = db
    .withTables<DocumentTables>()
    .selectFrom('document_review')
    .select(COLUMNS)
    .where('name', '=', name)
    .where('version', '=', version)
  if (before !== undefined) query = query.where('number', '<', before)
  const rows = await query.orderBy('number', 'desc').limit(limit).execute()
  return rows.map((row) => ({
    number: row.number,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    status: row.status as ReviewStatus,
    comment: row.comment ?? undefined,
    reviewer: row.reviewer,
  }))
}

/** Writes or replaces an entry, and gives its status to the version. */
export async function putReview(tx: Tx, name: string, version: number, review: Review): Promise<void> {
  const tables = tx.withTables<DocumentTables>()
  const { number, status, reviewer } = review
  const entry = tables.deleteFrom('document_review').where('name', '=', name).where('version', '=', version)
  await entry.where('number', '=', number).execute()
  await tables
    .insertInto('document_review')
    .values({
      ...{ name, version, number, status, reviewer },
      created_at: review.createdAt,
      updated_at: review.updatedAt,
      comment: review.comment ?? null,
    })
    .execute()
  const versions = tables.updateTable('document_version').set({ review_status: status })
  await versions.where('name', '=', name).where('version', '=', version).execute()
}

/** The highest versions of a document whose review stands so. */
export async function findReviewed(
  db: Reader,
  name: string,
): Promise<{ readonly approved: number | undefined; readonly pending: number | undefined }> {
  const rows = await db
    .withTables<DocumentTables>()
    .selectFrom('document_version')
    .select(['review_status', ({ fn }) => fn.max('version').as('version')])
    .where('name', '=', name)
    .where('review_status', 'in', ['APPROVED', 'PENDING'])
    .groupBy('review_status')
    .execute()
  const of = (status: ReviewStatus) => rows.find(({ review_status }) => review_status === status)?.version
  return { approved: of('APPROVED'), pending: of('PENDING') }
}
