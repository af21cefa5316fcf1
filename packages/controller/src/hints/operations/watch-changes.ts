import type { Change, ChangeTopic } from '@muster/protocol/api'
import { type OperationContext, operation } from '#api/operation.ts'
import type { Reader } from '#db/index.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import type { WatchDeps } from '../deps.ts'
import type { Told } from '../ring.ts'

const GATHER_MS = 250
const MAX_CHANGES = 1000
const MAX_WAITING = 64

/**
 * Tells what changed since a cursor, and waits up to 20 s for it; without a cursor it gives the one to begin with.
 * @coverage topics Node, Command and Invocation; of what another controller does only that a command ended or was cancelled
 */
export const watchChanges = (deps: WatchDeps) =>
  operation('WatchChanges', {
    kind: 'read',
    waits: true,
    access: { action: 'muster:WatchChanges', resources: () => ['*'] },

    async handle(db, { Topics, Cursor, WaitSeconds = 0 }, context) {
      const { ring, life } = deps
      const topics = new Set(Topics)
      await authoriseTopics(deps, topics, context)
      const place = Cursor === undefined ? ring.now() : readCursor(life, Cursor)
      if (place === undefined) return { Cursor: writeCursor(life, ring.now()), Changes: [], Reset: true }
      if (Cursor !== undefined && WaitSeconds > 0) await waitForChange(deps, topics, place, WaitSeconds, context)
      const { told, next, reset } = ring.since(place, topics, MAX_CHANGES)
      return { Cursor: writeCursor(life, next), Changes: await toChanges(db, deps, told), Reset: reset }
    },
  })

/** A topic is for those who may read what it tells of. */
async function authoriseTopics(
  { topics }: WatchDeps,
  wanted: ReadonlySet<ChangeTopic>,
  { authorise, refuse }: OperationContext<'WatchChanges'>,
): Promise<void> {
  for (const topic of wanted) {
    const { denied } = await authorise(['*'], topics[topic].action)
    const text = denied.get('*')
    if (text !== undefined) throw refuse('AccessDeniedException', text)
  }
}

async function waitForChange(
  { ring, news, waiting }: WatchDeps,
  topics: ReadonlySet<ChangeTopic>,
  place: number,
  seconds: number,
  { caller, signal, refuse }: OperationContext<'WatchChanges'>,
): Promise<void> {
  const others = waiting.get(caller.id) ?? 0
  if (others >= MAX_WAITING)
    throw refuse('ThrottlingException', `At most ${MAX_WAITING} calls of one caller may wait for changes at a time.`)
  waiting.set(caller.id, others + 1)
  const isOver = AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)])
  try {
    using listener = news.listen([...topics])
    const isChanged = (): boolean => {
      const { told, reset } = ring.since(place, topics, 1)
      return reset || told.length > 0
    }
    while (!isChanged() && !isOver.aborted) await listener.changed(seconds * 1000, isOver)
    // What belongs together comes together: a page reads again a few times a second at most.
    if (!isOver.aborted) await pause(GATHER_MS, isOver)
  } finally {
    const left = (waiting.get(caller.id) ?? 1) - 1
    if (left > 0) waiting.set(caller.id, left)
    else waiting.delete(caller.id)
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
  })
}

async function toChanges(db: Reader, { topics }: WatchDeps, told: readonly Told[]): Promise<Change[]> {
  const byTopic = Map.groupBy(told, ({ topic }) => topic as ChangeTopic)
  const changes: Change[] = []
  for (const [topic, ofTopic] of byTopic) {
    const ids = await topics[topic].idsOf(
      db,
      ofTopic.map(({ key }) => key),
    )
    changes.push(...ids.values().map((Id) => ({ Topic: topic, Id })))
  }
  return changes
}
