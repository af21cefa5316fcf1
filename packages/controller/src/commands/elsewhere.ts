import type { Clock } from '@muster/protocol/kit'
import type { Database } from '#db/index.ts'
import type { Hub } from '#hub/link.ts'
import type { News } from '#kit/news.ts'
import type { Objects } from '#objects/index.ts'
import { invocationIdOf } from './command.ts'
import { findCancelling } from './delivery/open-rows.ts'
import type { CommandPeers } from './deps.ts'
import type { FrozenCommands } from './frozen.ts'
import type { OutputRange, OutputView } from './output/reader.ts'
import type { OutputReceiver } from './output/receiver.ts'
import type { StreamKey } from './output/store.ts'
import { awaitOutput, type FarOutput, type OutputWait } from './output/wait.ts'

export interface ElsewhereDeps {
  readonly db: Database
  readonly hub: Pick<Hub, 'find' | 'holderOf'>
  readonly clock: Clock
  readonly objects: Objects
  readonly receiver: OutputReceiver
  readonly news: News
  readonly frozen: FrozenCommands
  readonly peers: CommandPeers | undefined
}

/** What this controller does about what others tell and ask: it holds links that they do not. */
export interface ForPeers {
  /** Who waits for these commands reads again. */
  changed(commandKeys: readonly number[]): void
  /** Asks nodes that are here to stop what was cancelled elsewhere. */
  cancel(commandKeys: readonly number[]): Promise<void>
  /** Output of a node that is here, for a reader at another controller; throws when the question is not readable. */
  output(question: unknown, signal: AbortSignal): Promise<object>
}

const QUESTION = 'output'
/** A node may move meanwhile, so a long wait is asked for in pieces. */
const LONGEST_ASK_MS = 5_000
const ANSWER_MS = 5_000
const MAX_BYTES = 262_144

/** Reads the open output of nodes whose link another controller holds, by asking that one. */
export function createFarOutput({ hub, peers }: Pick<ElsewhereDeps, 'hub' | 'peers'>): FarOutput | undefined {
  if (peers === undefined) return undefined
  return async (db, key, range, { waitMs, signal }) => {
    const holder = await hub.holderOf(db, key.nodeKey)
    if (holder === undefined) return undefined
    const wait = Math.max(0, Math.min(waitMs, LONGEST_ASK_MS))
    const options = { timeoutMs: wait + ANSWER_MS, signal }
    return readView(await peers.ask(holder, QUESTION, { ...key, ...range, waitMs: wait }, options))
  }
}

export function createForPeers(deps: ElsewhereDeps): ForPeers {
  const { db, hub, news, frozen } = deps
  return {
    changed(commandKeys) {
      for (const commandKey of commandKeys) news.wake(`${commandKey}`)
    },
    async cancel(commandKeys) {
      for (const commandKey of commandKeys) {
        const nodeKeys = await findCancelling(db.read, commandKey)
        const links = nodeKeys.flatMap((nodeKey) => hub.find(nodeKey) ?? [])
        const command = links.length > 0 ? await frozen.find(db.read, commandKey) : undefined
        if (command === undefined) continue
        for (const link of links)
          link.send({ kind: 'cancel', cancel: { invocationId: invocationIdOf(command.id, link.nodeId) } })
      }
    },
    async output(question, signal) {
      const { key, range, waitMs } = readQuestion(question)
      const { data, ...rest } = await awaitOutput(db.read, deps, { key, range, wait: { waitMs, signal } })
      return { ...rest, data: Buffer.from(data).toString('base64') }
    },
  }
}

interface OutputQuestion {
  readonly key: StreamKey
  readonly range: OutputRange
  readonly waitMs: OutputWait['waitMs']
}

function readQuestion(question: unknown): OutputQuestion {
  const { commandKey, nodeKey, step, stream, offset, max, waitMs } = { ...(question as Record<string, unknown>) }
  if (stream !== 'stdout' && stream !== 'stderr') throw new TypeError('no stream')
  const whole = (value: unknown, most = Number.MAX_SAFE_INTEGER): number => {
    if (!Number.isSafeInteger(value) || Number(value) < 0) throw new TypeError('not a whole number from 0 up')
    return Math.min(Number(value), most)
  }
  return {
    key: { commandKey: whole(commandKey), nodeKey: whole(nodeKey), step: whole(step), stream },
    range: { offset: whole(offset), max: whole(max, MAX_BYTES) },
    waitMs: whole(Math.floor(Number(waitMs)), LONGEST_ASK_MS),
  }
}

/** An answer of the same release; of another one it may be something else, and then it is none. */
function readView(answer: unknown): OutputView | undefined {
  const { data, total, dropped, complete } = { ...(answer as Record<string, unknown>) }
  if (typeof data !== 'string' || typeof total !== 'number' || typeof dropped !== 'number') return undefined
  return { data: Buffer.from(data, 'base64'), total, dropped, complete: complete === true }
}
