import type { StreamKey } from '#commands/output/store.ts'
import type { CommandTables } from '#commands/tables.ts'
import type { Database, ManyColumns, Reader, Tx } from '#db/index.ts'

type Dialect = Database['dialect']

const UPLOADS: ManyColumns = {
  table: 'command_upload',
  columns: {
    ...{ command_key: 'int', node_key: 'int', step: 'int', stream: 'text' },
    ...{ since: 'int', next_attempt_at: 'int', attempts: 'int' },
  },
}

/** One stream on its way to a bucket, as views show it. */
export interface Upload {
  readonly step: number
  readonly stream: StreamKey['stream']
  /** Null when it is done or given up. */
  readonly nextAttemptAt: number | null
  /** What went wrong last. */
  readonly problem: string | null
  readonly doneAt: number | null
  readonly url: string | null
}

/** An upload that is taken on, with what names its object. */
export interface DueUpload extends StreamKey {
  readonly since: number
  /** Tries that failed. */
  readonly attempts: number
  /** Until then nobody else takes it. */
  readonly lease: number
  readonly commandId: string
  readonly options: string
  readonly stepName: string
  readonly action: string
}

/** Notes streams that are to be written to their command's bucket; the same one twice is one. */
export async function insertUploads(
  tx: Tx,
  dialect: Dialect,
  streams: readonly StreamKey[],
  at: number,
): Promise<void> {
  const rows = streams.map(({ commandKey, nodeKey, step, stream }) => ({
    ...{ command_key: commandKey, node_key: nodeKey, step, stream, since: at, next_attempt_at: at, attempts: 0 },
  }))
  if (rows.length > 0) await dialect.insertMany(tx, UPLOADS, rows, { skipDuplicates: true })
}

/** Takes on what is due: until `lease` nobody else does, whatever becomes of this process. */
export async function claimUploads(
  tx: Tx,
  { now, lease, limit }: { readonly now: number; readonly lease: number; readonly limit: number },
): Promise<DueUpload[]> {
  const rows = await tx
    .withTables<CommandTables>()
    .selectFrom('command_upload as upload')
    .innerJoin('command', 'command.key', 'upload.command_key')
    .innerJoin('command_step as step', (join) =>
      join
        .onRef('step.command_key', '=', 'upload.command_key')
        .onRef('step.node_key', '=', 'upload.node_key')
        .onRef('step.step', '=', 'upload.step'),
    )
    .select(['upload.command_key', 'upload.node_key', 'upload.step', 'upload.stream', 'upload.since'])
    .select(['upload.attempts', 'command.id', 'command.options', 'step.name', 'step.action'])
    .where('upload.next_attempt_at', '<=', now)
    .orderBy('upload.next_attempt_at')
    .limit(limit)
    .execute()
  const claimed = rows.map((row) => ({
    lease,
    ...{ commandKey: row.command_key, nodeKey: row.node_key, step: row.step },
    ...{ stream: row.stream as StreamKey['stream'], since: row.since, attempts: row.attempts },
    ...{ commandId: row.id, options: row.options, stepName: row.name, action: row.action },
  }))
  for (const upload of claimed) await changeUpload(tx, upload, { next_attempt_at: lease })
  return claimed
}

export async function isUploadDue(db: Reader, now: number): Promise<boolean> {
  const row = await db
    .withTables<CommandTables>()
    .selectFrom('command_upload')
    .select('command_key')
    .where('next_attempt_at', '<=', now)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export interface UploadChange {
  readonly next_attempt_at?: number | null
  readonly attempts?: number
  readonly problem?: string | null
  readonly done_at?: number
  readonly url?: string
}

/** Changes an upload; with `lease` only one whose lease is this. */
export async function changeUpload(tx: Tx, key: StreamKey, change: UploadChange, lease?: number): Promise<void> {
  let update = tx
    .withTables<CommandTables>()
    .updateTable('command_upload')
    .set(change)
    .where('command_key', '=', key.commandKey)
    .where('node_key', '=', key.nodeKey)
    .where('step', '=', key.step)
    .where('stream', '=', key.stream)
  if (lease !== undefined) update = update.where('next_attempt_at', '=', lease)
  await update.execute()
}

/** Makes a waiting upload due: its stream is complete now. */
export async function hastenUpload(tx: Tx, key: StreamKey, now: number): Promise<void> {
  await tx
    .withTables<CommandTables>()
    .updateTable('command_upload')
    .set({ next_attempt_at: now })
    .where('command_key', '=', key.commandKey)
    .where('node_key', '=', key.nodeKey)
    .where('step', '=', key.step)
    .where('stream', '=', key.stream)
    .where('next_attempt_at', '>', now)
    .execute()
}

/** Uploads of one invocation. */
export async function findUploads(db: Reader, commandKey: number, nodeKey: number): Promise<Upload[]> {
  const rows = await db
    .withTables<CommandTables>()
    .selectFrom('command_upload')
    .select(['step', 'stream', 'next_attempt_at', 'problem', 'done_at', 'url'])
    .where('command_key', '=', commandKey)
    .where('node_key', '=', nodeKey)
    .orderBy('step')
    .orderBy('stream')
    .execute()
  return rows.map((row) => ({
    ...{ step: row.step, stream: row.stream as StreamKey['stream'], nextAttemptAt: row.next_attempt_at },
    ...{ problem: row.problem, doneAt: row.done_at, url: row.url },
  }))
}
