import type { ContentFormat, DocumentType } from '@muster/protocol/contents'
import type { Platform } from '@muster/protocol/documents'
import { fromJson, type Reader, type Tx, toJson } from '#db/index.ts'
import { insertAttachments, listAttachments } from './attachment-store.ts'
import type { DocumentSummary, DocumentVersion, Requirement, ReviewStatus } from './document.ts'
import type { DocumentRow, DocumentTables, DocumentVersionRow } from './tables.ts'

type SummaryRow = Omit<DocumentRow, 'created_at' | 'last_number'> & Omit<DocumentVersionRow, 'content' | 'hash'>

const toSummary = (row: SummaryRow): DocumentSummary => ({
  name: row.name,
  owner: row.owner,
  documentType: row.document_type as DocumentType,
  displayName: row.display_name ?? undefined,
  targetType: row.target_type ?? undefined,
  defaultVersion: row.default_version,
  latestVersion: row.latest_version,
  version: row.version,
  versionName: row.version_name ?? undefined,
  format: row.format as ContentFormat,
  schemaVersion: row.schema_version ?? undefined,
  description: row.description ?? undefined,
  platformTypes: fromJson<Platform[]>(row.platform_types),
  requires: fromJson<Requirement[]>(row.requires),
  author: row.author,
  reviewStatus: (row.review_status ?? undefined) as ReviewStatus | undefined,
  createdAt: row.created_at,
})

const SUMMARY_COLUMNS = [
  'document.name',
  'document.owner',
  'document.document_type',
  'document.default_version',
  'document.latest_version',
  'document_version.version',
  'document_version.version_name',
  'document_version.display_name',
  'document_version.target_type',
  'document_version.format',
  'document_version.schema_version',
  'document_version.description',
  'document_version.platform_types',
  'document_version.requires',
  'document_version.author',
  'document_version.review_status',
  'document_version.created_at',
] as const

/** A document's own row: which type it has and which versions are meant by name. */
export interface DocumentHead {
  readonly name: string
  readonly documentType: DocumentType
  readonly defaultVersion: number
  readonly latestVersion: number
  readonly lastNumber: number
}

export async function findHead(db: Reader, name: string): Promise<DocumentHead | undefined> {
  const row = await db
    .withTables<DocumentTables>()
    .selectFrom('document')
    .select(['document_type', 'default_version', 'latest_version', 'last_number'])
    .where('name', '=', name)
    .executeTakeFirst()
  if (!row) return undefined
  const { default_version: defaultVersion, latest_version: latestVersion, last_number: lastNumber } = row
  return { name, documentType: row.document_type as DocumentType, defaultVersion, latestVersion, lastNumber }
}

/** One version, by number or by its name. */
export async function findVersion(
  db: Reader,
  name: string,
  by: { readonly version?: number; readonly versionName?: string | undefined },
): Promise<DocumentVersion | undefined> {
  let query = db
    .withTables<DocumentTables>()
    .selectFrom('document_version')
    .innerJoin('document', 'document.name', 'document_version.name')
    .select([...SUMMARY_COLUMNS, 'document_version.content', 'document_version.hash'])
    .where('document.name', '=', name)
  if (by.version !== undefined) query = query.where('document_version.version', '=', by.version)
  if (by.versionName !== undefined) query = query.where('document_version.version_name', '=', by.versionName)
  const row = await query.orderBy('document_version.version', 'desc').executeTakeFirst()
  if (!row) return undefined
  const attachments = await listAttachments(db, name, row.version)
  return { ...toSummary(row), content: row.content, hash: row.hash, attachments }
}

/** All documents of the account with their default versions, by name; their number is limited. */
export async function listSummaries(db: Reader): Promise<DocumentSummary[]> {
  const rows = await db
    .withTables<DocumentTables>()
    .selectFrom('document')
    .innerJoin('document_version', (join) =>
      join
        .onRef('document_version.name', '=', 'document.name')
        .onRef('document_version.version', '=', 'document.default_version'),
    )
    .select(SUMMARY_COLUMNS)
    .orderBy('document.name')
    .execute()
  return rows.map(toSummary)
}

export async function countDocuments(db: Reader): Promise<number> {
  const { count } = await db
    .withTables<DocumentTables>()
    .selectFrom('document')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}

/** Writes a document with its first version. */
export async function insertDocument(tx: Tx, document: DocumentVersion): Promise<void> {
  await tx
    .withTables<DocumentTables>()
    .insertInto('document')
    .values({
      name: document.name,
      document_type: document.documentType,
      owner: document.owner,
      created_at: document.createdAt,
      default_version: document.defaultVersion,
      latest_version: document.latestVersion,
      last_number: document.latestVersion,
    })
    .execute()
  await insertVersion(tx, document)
}

/** Writes one version, with the names of what is attached to it. */
export async function insertVersion(tx: Tx, document: DocumentVersion): Promise<void> {
  await tx
    .withTables<DocumentTables>()
    .insertInto('document_version')
    .values({
      name: document.name,
      version: document.version,
      content: document.content,
      format: document.format,
      schema_version: document.schemaVersion ?? null,
      hash: document.hash,
      description: document.description ?? null,
      version_name: document.versionName ?? null,
      display_name: document.displayName ?? null,
      target_type: document.targetType ?? null,
      platform_types: toJson(document.platformTypes),
      requires: toJson(document.requires),
      author: document.author,
      review_status: document.reviewStatus ?? null,
      created_at: document.createdAt,
    })
    .execute()
  await insertAttachments(tx, document.name, document.version, document.attachments)
}

/** Removes a document with all its versions and what belongs to them. */
export async function removeDocument(tx: Tx, name: string): Promise<void> {
  const tables = tx.withTables<DocumentTables>()
  for (const table of OF_DOCUMENTS) await tables.deleteFrom(table).where('name', '=', name).execute()
}

const OF_VERSIONS = ['document_attachment', 'document_review', 'document_version'] as const
const OF_DOCUMENTS = [...OF_VERSIONS, 'document_share', 'document'] as const

/** Removes one version that is not the default; the latest is then the highest that is left. */
export async function removeVersion(tx: Tx, name: string, version: number): Promise<void> {
  const tables = tx.withTables<DocumentTables>()
  for (const table of OF_VERSIONS)
    await tables.deleteFrom(table).where('name', '=', name).where('version', '=', version).execute()
  const { latest } = await tables
    .selectFrom('document_version')
    .select(({ fn }) => fn.max('version').as('latest'))
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  await tables.updateTable('document').set({ latest_version: latest }).where('name', '=', name).execute()
}
