import type { Dialect, Reader, Tx } from '#db/index.ts'
import type { HubTables } from './tables.ts'

/** How a node's link and journal stand in the store. */
export interface LinkRow {
  readonly nodeKey: number
  readonly epoch: number
  readonly controllerId: string | undefined
  readonly journalId: string | undefined
  /** When this journal, or this state of it, was first seen. */
  readonly journalSince: number
  readonly receivedRecord: number
}

export interface ParkedRecord {
  readonly nodeKey: number
  readonly journalId: string
  readonly number: number
  readonly body: Uint8Array
  readonly problem: string
  readonly at: number
}

export interface HubStore {
  /** Rows of these nodes, made where there are none; locked, so that two links of one node take turns. */
  lockLinks(tx: Tx, nodeKeys: readonly number[]): Promise<Map<number, LinkRow>>
  insertMissing(tx: Tx, nodeKeys: readonly number[]): Promise<void>
  updateLinks(tx: Tx, rows: readonly (LinkRow & { readonly connectedAt: number })[]): Promise<void>
  updateDeparted(tx: Tx, nodeKeys: readonly number[]): Promise<void>
  updateReceived(tx: Tx, marks: readonly { readonly nodeKey: number; readonly number: number }[]): Promise<void>
  /** Keeps a record aside; of one node the newest 100, so that a broken agent cannot fill the store. */
  insertParked(tx: Tx, record: ParkedRecord): Promise<void>
  /** Forgets the links of an earlier life of this controller; answers whose they were. */
  removeLinksOf(tx: Tx, controllerId: string): Promise<number[]>
  /** Forgets the links that are with none of these controllers; answers whose they were. */
  removeLinksOfOthers(tx: Tx, controllerIds: readonly string[]): Promise<number[]>
  findHeldByOthers(db: Reader, nodeKeys: readonly number[], controllerId: string): Promise<number[]>
  findHolder(db: Reader, nodeKey: number): Promise<string | undefined>
}

const FRESH = {
  table: 'hub_link',
  columns: { node_key: 'int', epoch: 'int', journal_since: 'int', received_record: 'int' },
} as const
const LOGIN = {
  table: 'hub_link',
  key: ['node_key'],
  columns: {
    node_key: 'int',
    epoch: 'int',
    controller_id: 'text',
    connected_at: 'int',
    journal_id: 'text',
    journal_since: 'int',
    received_record: 'int',
  },
} as const
const MARK = {
  table: 'hub_link',
  key: ['node_key'],
  columns: { node_key: 'int', received_record: 'int' },
} as const
const PARKED_A_NODE = 100
const GONE = { controller_id: null, connected_at: null, expires_at: null }

export function createHubStore(dialect: Dialect): HubStore {
  const tables = (tx: Reader) => tx.withTables<HubTables>()
  return {
    async lockLinks(tx, nodeKeys) {
      const query = tables(tx)
        .selectFrom('hub_link')
        .select(['node_key', 'epoch', 'controller_id', 'journal_id', 'journal_since', 'received_record'])
        .where(dialect.isOneOf('node_key', nodeKeys))
        .orderBy('node_key')
      const rows = await dialect.forUpdate(query).execute()
      return new Map(rows.map((row) => [row.node_key, fromRow(row)]))
    },

    async insertMissing(tx, nodeKeys) {
      const rows = nodeKeys.map((nodeKey) => ({ node_key: nodeKey, epoch: 0, journal_since: 0, received_record: 0 }))
      await dialect.insertMany(tx, FRESH, rows, { skipDuplicates: true })
    },

    async updateLinks(tx, rows) {
      await dialect.updateMany(tx, LOGIN, rows.map(toLoginRow))
    },

    async updateDeparted(tx, nodeKeys) {
      await tables(tx).updateTable('hub_link').set(GONE).where(dialect.isOneOf('node_key', nodeKeys)).execute()
    },

    async updateReceived(tx, marks) {
      const rows = marks.map(({ nodeKey, number }) => ({ node_key: nodeKey, received_record: number }))
      await dialect.updateMany(tx, MARK, rows)
    },

    async insertParked(tx, { nodeKey, journalId, number, body, problem, at }) {
      await tables(tx)
        .insertInto('hub_parked_record')
        .values({ node_key: nodeKey, journal_id: journalId, number, body, problem, parked_at: at })
        .execute()
      const newest = tables(tx)
        .selectFrom('hub_parked_record')
        .select('id')
        .where('node_key', '=', nodeKey)
        .orderBy('id', 'desc')
        .limit(PARKED_A_NODE)
      await tables(tx)
        .deleteFrom('hub_parked_record')
        .where('node_key', '=', nodeKey)
        .where('id', 'not in', newest)
        .execute()
    },

    async removeLinksOf(tx, controllerId) {
      const gone = tables(tx).updateTable('hub_link').set(GONE).where('controller_id', '=', controllerId)
      return (await gone.returning('node_key').execute()).map(({ node_key }) => node_key)
    },

    async removeLinksOfOthers(tx, controllerIds) {
      const gone = tables(tx)
        .updateTable('hub_link')
        .set(GONE)
        .where('controller_id', 'is not', null)
        .where(({ not }) => not(dialect.isOneOf('controller_id', controllerIds)))
      return (await gone.returning('node_key').execute()).map(({ node_key }) => node_key)
    },

    async findHeldByOthers(db, nodeKeys, controllerId) {
      const rows = await tables(db)
        .selectFrom('hub_link')
        .select('node_key')
        .where(dialect.isOneOf('node_key', nodeKeys))
        .where('controller_id', '!=', controllerId)
        .execute()
      return rows.map(({ node_key }) => node_key)
    },

    async findHolder(db, nodeKey) {
      const row = await tables(db)
        .selectFrom('hub_link')
        .select('controller_id')
        .where('node_key', '=', nodeKey)
        .executeTakeFirst()
      return row?.controller_id ?? undefined
    },
  }
}

interface StoredLink {
  readonly node_key: number
  readonly epoch: number
  readonly controller_id: string | null
  readonly journal_id: string | null
  readonly journal_since: number
  readonly received_record: number
}

const fromRow = (row: StoredLink): LinkRow => ({
  nodeKey: row.node_key,
  epoch: row.epoch,
  controllerId: row.controller_id ?? undefined,
  journalId: row.journal_id ?? undefined,
  journalSince: row.journal_since,
  receivedRecord: row.received_record,
})

const toLoginRow = (row: LinkRow & { readonly connectedAt: number }) => ({
  node_key: row.nodeKey,
  epoch: row.epoch,
  controller_id: row.controllerId ?? null,
  connected_at: row.connectedAt,
  journal_id: row.journalId ?? null,
  journal_since: row.journalSince,
  received_record: row.receivedRecord,
})
