import type { CommandTables } from '#commands/tables.ts'
import { type Database, fromFlag, type ManyUpdate, type Reader, type Tx, toFlag } from '#db/index.ts'

type Dialect = Database['dialect']

/** Names one stream of one step of an invocation. */
export interface StreamKey {
  readonly commandKey: number
  readonly nodeKey: number
  readonly step: number
  readonly stream: 'stdout' | 'stderr'
}

/** What is durable of a stream. */
export interface StoredStream {
  readonly attempt: number
  readonly total: number
  readonly kept: number
  readonly dropped: number
  readonly sealed: number
  /** Set once the end of the stream came. */
  readonly sha256: string | null
  readonly complete: boolean
  readonly inline: Uint8Array | null
}

export interface Segment {
  readonly start: number
  readonly length: number
  readonly place: string
}

/** Text that names a stream in maps. */
export const streamName = ({ commandKey, nodeKey, step, stream }: StreamKey): string =>
  `${commandKey}/${nodeKey}/${step}/${stream}`

interface OutputColumns {
  attempt: number
  total: number
  kept: number
  dropped: number
  sealed: number
  sha256: string | null
  complete: number
  inline: Uint8Array | null
}

const COLUMNS = ['attempt', 'total', 'kept', 'dropped', 'sealed', 'sha256', 'complete', 'inline'] as const

const toStored = (row: OutputColumns): StoredStream => ({ ...row, complete: fromFlag(row.complete) })

export async function findStream(db: Reader, key: StreamKey): Promise<StoredStream | undefined> {
  const row = await db
    .withTables<CommandTables>()
    .selectFrom('command_output')
    .select(COLUMNS)
    .where('command_key', '=', key.commandKey)
    .where('node_key', '=', key.nodeKey)
    .where('step', '=', key.step)
    .where('stream', '=', key.stream)
    .executeTakeFirst()
  return row && toStored(row)
}

/** Whether all of a stream is stored and signed. */
export async function isComplete(db: Reader, key: StreamKey): Promise<boolean> {
  const row = await db
    .withTables<CommandTables>()
    .selectFrom('command_output')
    .select('complete')
    .where('command_key', '=', key.commandKey)
    .where('node_key', '=', key.nodeKey)
    .where('step', '=', key.step)
    .where('stream', '=', key.stream)
    .executeTakeFirst()
  return row !== undefined && fromFlag(row.complete)
}

/** Stored streams of some invocations of one command, by `streamName`; their bytes are left out. */
export async function findStreams(
  tx: Tx,
  dialect: Dialect,
  commandKey: number,
  nodeKeys: readonly number[],
): Promise<Map<string, StoredStream>> {
  const rows = await tx
    .withTables<CommandTables>()
    .selectFrom('command_output')
    .select(['node_key', 'step', 'stream', 'attempt', 'total', 'kept', 'dropped', 'sealed', 'sha256', 'complete'])
    .where('command_key', '=', commandKey)
    .where(dialect.isOneOf('node_key', nodeKeys))
    .execute()
  return new Map(
    rows.map((row) => {
      const { step, stream } = row
      const key = { commandKey, nodeKey: row.node_key, step, stream: stream as StreamKey['stream'] }
      return [streamName(key), toStored({ ...row, inline: null })]
    }),
  )
}

/** Segments of a stream that reach beyond an offset, in order. */
export async function findSegments(db: Reader, key: StreamKey, beyond: number): Promise<Segment[]> {
  const rows = await db
    .withTables<CommandTables>()
    .selectFrom('command_segment')
    .select(['start', 'length', 'place'])
    .where('command_key', '=', key.commandKey)
    .where('node_key', '=', key.nodeKey)
    .where('step', '=', key.step)
    .where('stream', '=', key.stream)
    .where(({ eb, ref }) => eb(eb(ref('start'), '+', ref('length')), '>', beyond))
    .orderBy('start')
    .execute()
  return rows
}

export interface StreamRow extends StreamKey, StoredStream {}

const OUTPUTS: ManyUpdate = {
  table: 'command_output',
  key: ['command_key', 'node_key', 'step', 'stream'],
  columns: {
    ...{ command_key: 'int', node_key: 'int', step: 'int', stream: 'text', attempt: 'int', total: 'int', kept: 'int' },
    ...{ dropped: 'int', sealed: 'int', sha256: 'text', complete: 'int', inline: 'bytes' },
  },
}

/** Writes streams as they stand, new or not. */
export async function putStreams(tx: Tx, dialect: Dialect, streams: readonly StreamRow[]): Promise<void> {
  const rows = streams.map((row) => ({
    ...{ command_key: row.commandKey, node_key: row.nodeKey, step: row.step, stream: row.stream },
    ...{ attempt: row.attempt, total: row.total, kept: row.kept, dropped: row.dropped, sealed: row.sealed },
    ...{ sha256: row.sha256, complete: toFlag(row.complete), inline: row.inline },
  }))
  const inserted = await dialect.insertMany(tx, OUTPUTS, rows, { skipDuplicates: true })
  if (inserted < rows.length) await dialect.updateMany(tx, OUTPUTS, rows)
}

/** Marks streams whose stored bytes turned out to be what the node signed. */
export async function markComplete(tx: Tx, dialect: Dialect, keys: readonly StreamKey[]): Promise<void> {
  await dialect.updateMany(
    tx,
    {
      ...OUTPUTS,
      columns: { command_key: 'int', node_key: 'int', step: 'int', stream: 'text', complete: 'int' },
    },
    keys.map((key) => ({
      ...{ command_key: key.commandKey, node_key: key.nodeKey, step: key.step, stream: key.stream, complete: 1 },
    })),
  )
}

/** Notes a sealed segment; the same one twice is one. */
export async function insertSegments(
  tx: Tx,
  dialect: Dialect,
  segments: readonly (StreamKey & Segment)[],
): Promise<void> {
  await dialect.insertMany(
    tx,
    {
      table: 'command_segment',
      columns: {
        ...{ command_key: 'int', node_key: 'int', step: 'int', stream: 'text' },
        ...{ start: 'int', length: 'int', place: 'text' },
      },
    },
    segments.map(({ commandKey, nodeKey, ...rest }) => ({ command_key: commandKey, node_key: nodeKey, ...rest })),
    { skipDuplicates: true },
  )
}

/** Forgets the segments of a stream: a step that was entered again writes its output anew. */
export async function removeSegments(tx: Tx, key: StreamKey): Promise<void> {
  await tx
    .withTables<CommandTables>()
    .deleteFrom('command_segment')
    .where('command_key', '=', key.commandKey)
    .where('node_key', '=', key.nodeKey)
    .where('step', '=', key.step)
    .where('stream', '=', key.stream)
    .execute()
}

/** What the node signed of an invocation; undefined while nothing came. */
export async function findRecord(
  db: Reader,
  commandKey: number,
  nodeKey: number,
): Promise<{ readonly record: Uint8Array | null; readonly terminal: boolean } | undefined> {
  const row = await db
    .withTables<CommandTables>()
    .selectFrom('command_invocation')
    .select(['record', 'terminal'])
    .where('command_key', '=', commandKey)
    .where('node_key', '=', nodeKey)
    .executeTakeFirst()
  return row && { record: row.record, terminal: fromFlag(row.terminal) }
}

/** The head of a stream that stands in its step's row. */
export async function findHead(db: Reader, key: StreamKey): Promise<string | undefined> {
  const row = await db
    .withTables<CommandTables>()
    .selectFrom('command_step')
    .select(['stdout_head', 'stderr_head'])
    .where('command_key', '=', key.commandKey)
    .where('node_key', '=', key.nodeKey)
    .where('step', '=', key.step)
    .executeTakeFirst()
  return row && (key.stream === 'stdout' ? row.stdout_head : row.stderr_head)
}
