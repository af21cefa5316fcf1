import type { ContentFormat } from '@muster/protocol/contents'
import { fromJson, type Reader, type Tx } from '#db/index.ts'
import type { Requirement, ReviewStatus } from './document.ts'
import type { DocumentTables } from './tables.ts'

/** A version as the list of versions shows it. */
export interface VersionLine {
  readonly version: number
  readonly versionName: string | undefined
  readonly displayName: string | undefined
  readonly format: ContentFormat
  readonly reviewStatus: ReviewStatus | undefined
  readonly createdAt: number
}

/** Versions of a document from the newest, those below `before` where it is given. */
export async function listVersions(
  db: Reader,
  name: string,
  { before, limit }: { readonly before?: number; readonly limit: number },
): Promise<VersionLine[]> {
  let query = db
    .withTables<DocumentTables>()
    .selectFrom('document_version')
    .select(['version', 'version_name', 'display_name', 'format', 'review_status', 'created_at'])
    .where('name', '=', name)
  if (before !== undefined) query = query.where('version', '<', before)
  const rows = await query.orderBy('version', 'desc').limit(limit).execute()
  return rows.map((row) => ({
    version: row.version,
    versionName: row.version_name ?? undefined,
    displayName: row.display_name ?? undefined,
    format: row.format as ContentFormat,
    reviewStatus: (row.review_status ?? undefined) as ReviewStatus | undefined,
    createdAt: row.created_at,
  }))
}

/** What the versions of a document have already: how many they are, and whether one has this text or this name. */
export async function findTaken(
  db: Reader,
  name: string,
  { hash, versionName }: { readonly hash: string; readonly versionName: string | undefined },
): Promise<{ readonly count: number; readonly content: boolean; readonly versionName: boolean }> {
  const tables = db.withTables<DocumentTables>()
  const versions = tables.selectFrom('document_version').where('name', '=', name)
  const { count } = await versions.select(({ fn }) => fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  const same = await versions.select('version').where('hash', '=', hash).executeTakeFirst()
  const named =
    versionName === undefined
      ? undefined
      : await versions.select('version').where('version_name', '=', versionName).executeTakeFirst()
  return { count, content: same !== undefined, versionName: named !== undefined }
}

/** Makes a number the latest, and the last that was given. */
export async function setLatestVersion(tx: Tx, name: string, version: number): Promise<void> {
  const heads = tx.withTables<DocumentTables>().updateTable('document')
  await heads.set({ latest_version: version, last_number: version }).where('name', '=', name).execute()
}

export async function setDefaultVersion(tx: Tx, name: string, version: number): Promise<void> {
  const heads = tx.withTables<DocumentTables>().updateTable('document')
  await heads.set({ default_version: version }).where('name', '=', name).execute()
}

/** Requirements of other documents, each with the document that has it. */
export async function listRequirements(
  db: Reader,
  except: string,
): Promise<readonly { readonly by: string; readonly requirement: Requirement }[]> {
  const rows = await db
    .withTables<DocumentTables>()
    .selectFrom('document_version')
    .select(['name', 'requires'])
    .where('requires', '<>', '[]')
    .where('name', '<>', except)
    .execute()
  return rows.flatMap(({ name, requires }) =>
    fromJson<Requirement[]>(requires).map((requirement) => ({ by: name, requirement })),
  )
}
