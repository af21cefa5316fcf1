import type { Reader, Tx } from '#db/index.ts'
import type { Attachment } from './document.ts'
import type { DocumentTables } from './tables.ts'

/** The files of one version, by name. */
export async function listAttachments(db: Reader, name: string, version: number): Promise<Attachment[]> {
  const rows = await db
    .withTables<DocumentTables>()
    .selectFrom('document_attachment')
    .select(['attachment', 'size', 'sha256'])
    .where('name', '=', name)
    .where('version', '=', version)
    .orderBy('attachment')
    .execute()
  return rows.map(({ attachment, size, sha256 }) => ({ name: attachment, size, sha256 }))
}

export async function insertAttachments(
  tx: Tx,
  name: string,
  version: number,
  attachments: readonly Attachment[],
): Promise<void> {
  if (attachments.length === 0) return
  const rows = attachments.map(({ name: attachment, size, sha256 }) => ({ name, version, attachment, size, sha256 }))
  await tx.withTables<DocumentTables>().insertInto('document_attachment').values(rows).execute()
}

/** Which of these hashes are those of attachments. */
export async function findAttached(db: Reader, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  if (hashes.length === 0) return new Set()
  const rows = await db
    .withTables<DocumentTables>()
    .selectFrom('document_attachment')
    .select('sha256')
    .distinct()
    .where('sha256', 'in', [...hashes])
    .execute()
  return new Set(rows.map(({ sha256 }) => sha256))
}
