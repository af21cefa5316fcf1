import { prefixRange, type Reader, type Tx } from '#db/index.ts'

/** The store's key as one master key seals it. */
export interface Wrapping {
  /** Names the master key without telling anything of it. */
  readonly fingerprint: string
  readonly sealed: Uint8Array
}

type MetaTables = { meta: { key: string; value: string } }

const PREFIX = 'store_key:'

export async function listWrappings(db: Reader): Promise<Wrapping[]> {
  const { from, below = '' } = prefixRange(PREFIX)
  const rows = await db
    .withTables<MetaTables>()
    .selectFrom('meta')
    .selectAll()
    .where('key', '>=', from)
    .where('key', '<', below)
    .orderBy('key')
    .execute()
  return rows.map(({ key, value }) => ({
    ...{ fingerprint: key.slice(PREFIX.length), sealed: new Uint8Array(Buffer.from(value, 'base64')) },
  }))
}

export async function insertWrapping(tx: Tx, { fingerprint, sealed }: Wrapping): Promise<void> {
  const row = { key: `${PREFIX}${fingerprint}`, value: Buffer.from(sealed).toString('base64') }
  await tx.withTables<MetaTables>().insertInto('meta').values(row).execute()
}

export async function removeWrapping(tx: Tx, fingerprint: string): Promise<void> {
  await tx.withTables<MetaTables>().deleteFrom('meta').where('key', '=', `${PREFIX}${fingerprint}`).execute()
}
