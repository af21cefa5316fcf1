/**
 * Run Command: one document on many nodes. In come the operations, and through the hub what nodes report: receipts,
 * starts, signed results, output. Out go work and cancels to links, at the rate that the command asks for, and the
 * rows that every reader sees. A command is frozen when it is accepted; every later step is found again in the store
 * (next_attempt_at, deliver_by, expires_at), so that nothing that is only in memory decides anything.
 */
import type { QueriedCommand, QueriedInvocation } from '@muster/protocol/api'
import type { Operation } from '#api/operation.ts'
import type { Reader, Tx } from '#db/index.ts'
import type { Receivers } from '#hub/link.ts'
import { createNews } from '#kit/news.ts'
import type { Query, QueryAnswer } from '#kit/query.ts'
import type { Sweep } from '#kit/sweep.ts'
import { createRollout } from '#rollout/index.ts'
import { createApply } from './delivery/apply.ts'
import { createCancel } from './delivery/cancel.ts'
import { createLate } from './delivery/late.ts'
import { createLinks } from './delivery/links.ts'
import { createCommandPort } from './delivery/port.ts'
import { createProofs } from './delivery/proofs.ts'
import { createReceive } from './delivery/receive.ts'
import { createTransit } from './delivery/transit.ts'
import { createWatch } from './delivery/watch.ts'
import type { CommandsDeps } from './deps.ts'
import { createFarOutput, createForPeers } from './elsewhere.ts'
import { createFrozenCommands } from './frozen.ts'
import { createKeeping, createOrphans } from './keeping.ts'
import { cancelCommand } from './operations/cancel-command.ts'
import { explain } from './operations/explain.ts'
import { getCommandInvocation } from './operations/get-command-invocation.ts'
import { getOutput } from './operations/get-output.ts'
import { getRunProof } from './operations/get-run-proof.ts'
import { listCommandInvocations } from './operations/list-command-invocations.ts'
import { listCommands } from './operations/list-commands.ts'
import { sendCommand } from './operations/send-command.ts'
import { createOutputReceiver } from './output/receiver.ts'
import type { StreamKey } from './output/store.ts'
import type { CommandParts } from './parts.ts'
import { queryCommands, queryInvocations } from './query.ts'
import { findCommandIds } from './store.ts'
import { createUploader } from './upload/uploader.ts'

export type {
  CommandDocument,
  CommandsDeps,
  DocumentSource,
  GroupSource,
  Keeping,
  NodeSource,
  TargetNode,
} from './deps.ts'

/** News of commands: a hint, some of it before the commit that it tells of. */
export interface CommandNews {
  /** A command changed, and its invocations on these nodes. */
  changed(commandKey: number, nodeKeys: readonly number[]): void
}

export interface Commands extends AsyncDisposable {
  readonly operations: readonly Operation[]
  readonly sweeps: readonly Sweep[]
  /** What the hub hands over of what nodes send; calls of nodes are the API's. */
  readonly receivers: Omit<Receivers, 'call'>
  /** A node is not registered any more: what is open there is Undeliverable. */
  deregistered(nodeKey: number): void
  /** A node is another machine from now on: what it was handed is over. Part of the transaction. */
  givenUp(tx: Tx, nodeKey: number, at: number): Promise<() => Promise<void>>
  /** What to do when another controller has sent a hint about commands. */
  readonly hinted: Readonly<Record<'work' | 'changed' | 'cancel', (commandKeys: readonly number[]) => void>>
  /** What other controllers may ask: JSON in, JSON out. */
  readonly answers: { output(question: unknown, signal: AbortSignal): Promise<object> }
  subscribe(listener: CommandNews): void
  /** Public ids of commands, by key; one that is not kept any more is left out. */
  idsOf(db: Reader, keys: readonly number[]): Promise<ReadonlyMap<number, string>>
  queryCommands(db: Reader, query: Query): Promise<QueryAnswer<QueriedCommand>>
  queryInvocations(db: Reader, query: Query): Promise<QueryAnswer<QueriedInvocation>>
  /** Resolves when nothing is under way that was begun by news. */
  settled(): Promise<void>
}

const IDLE_TAIL_MS = 60_000

/** Wires the commands slice. */
export function createCommands(deps: CommandsDeps): Commands {
  const { db, hub, clock, objects, failpoint, log } = deps
  const onFailure = (err: unknown): void => log.error({ err }, 'commands: left to the next sweep')
  const news = createNews()
  const { hints } = deps.peers ?? {}
  const listeners: CommandNews[] = []
  const tell: CommandNews['changed'] = (commandKey, nodeKeys) => {
    for (const listener of listeners) listener.changed(commandKey, nodeKeys)
  }
  const wakeCommand = (commandKey: number): void => {
    news.wake(`${commandKey}`)
    tell(commandKey, [])
    hints?.send('changed', [commandKey])
  }
  const wakeInvocation = ({ commandKey, nodeKey }: { commandKey: number; nodeKey: number }): void =>
    news.wake(`${commandKey}/${nodeKey}`)
  const wakeEnded = (ended: readonly { readonly commandKey: number; readonly nodeKey: number }[]): void => {
    ended.forEach(wakeInvocation)
    for (const { commandKey, nodeKey } of ended) tell(commandKey, [nodeKey])
    hints?.send(
      'changed',
      ended.map(({ commandKey }) => commandKey),
    )
  }
  // The slots of commands are for the nodes of all controllers.
  const onSlots = (commandKeys: readonly number[]): void => hints?.send('work', commandKeys)
  const frozen = createFrozenCommands({ dialect: db.dialect, sealer: deps.sealer })
  const receiver = createOutputReceiver({
    ...{ db, objects, clock, failpoint, onChange: wakeInvocation },
    onEnd: (key) => follow(uploadEnded(key)),
    findCommandKey: async (id) => (await frozen.findByIds(db.read, [id])).get(id)?.key,
  })
  const transit = createTransit((commandKey) => rollout.kick([commandKey]))
  const port = createCommandPort({
    fleet: deps.fleet,
    db,
    clock,
    hub,
    frozen,
    transit,
    failpoint,
    onEnded: wakeCommand,
    onHandedOver: tell,
  })
  const rollout = createRollout({ db, hub, clock, port, failpoint, onFailure })
  const apply = createApply({
    ...{ db, hub, frozen, port, rollout, transit, onSlots },
    onEnded: wakeEnded,
  })
  const links = createLinks(hub, clock, () => watch.arrived())
  const watch = createWatch({ db, clock, hub, links, apply, fleet: deps.fleet, onFailure })
  const receive = createReceive({
    ...{ db, clock, frozen, port, rollout, transit, failpoint, onFailure, onSlots },
    proofs: createProofs((reader, nodeKey) => deps.fleet.publicKeysOf(reader, nodeKey)),
    keepLate: createLate(deps),
    onRefused: links.refused,
    onStarted: tell,
    onResults(streams, ended, uploads) {
      for (const stream of streams) if (stream.whole !== undefined) receiver.forget(stream)
      wakeEnded(ended)
      if (uploads.length > 0) uploader.kick()
    },
  })
  const uploader = createUploader({
    ...{ db, clock, objects, receiver, failpoint, onFailure, buckets: deps.buckets, fleet: deps.fleet },
    onDone: (key) => wakeEnded([key]),
  })
  const uploadEnded = async (key: StreamKey): Promise<void> => {
    if ((await frozen.find(db.read, key.commandKey))?.hasBucket) await uploader.completed(key)
  }

  const underWay = new Set<Promise<void>>()
  const follow = (work: Promise<void>): void => {
    const watched = work.catch(onFailure).finally(() => underWay.delete(watched))
    underWay.add(watched)
  }
  const cancel = createCancel({
    ...{ db, apply },
    onEnded(commandKey) {
      wakeCommand(commandKey)
      hints?.send('cancel', [commandKey])
    },
  })
  const across = { db, hub, clock, objects, receiver, news, frozen, peers: deps.peers }
  const farOutput = createFarOutput(across)
  const forPeers = createForPeers(across)
  // Its open tails are of no use once a node may write to another controller.
  if (deps.peers)
    hub.subscribe({ connected: () => {}, lost: (nodeKey) => hub.find(nodeKey) ?? receiver.forgetNode(nodeKey) })
  const parts: CommandParts = { ...deps, frozen, rollout, transit, receiver, news, tell, farOutput, cancel, follow }
  const settled = async (): Promise<void> => {
    while (underWay.size > 0) await Promise.all(underWay)
    await watch.settled()
    await rollout.settled()
    await uploader.settled()
  }

  return {
    operations: [
      ...[sendCommand(parts), cancelCommand(parts), listCommands(parts), listCommandInvocations(parts)],
      ...[getCommandInvocation(parts), getOutput(parts), getRunProof(parts), explain(parts)],
    ],
    sweeps: [
      rollout.sweep,
      ...watch.sweeps,
      uploader.sweep,
      {
        name: 'commands: idle output',
        every: IDLE_TAIL_MS,
        run: async () => receiver.forgetIdle(clock.now() - IDLE_TAIL_MS, hub.isConnected),
      },
      createKeeping({
        ...{ db, objects, clock, keeping: deps.keeping, isInUse: receiver.isStoring },
      }),
      createOrphans({ db, objects, clock }),
    ],
    receivers: { ...receive, output: receiver.take },
    deregistered: (nodeKey) => watch.deregistered([nodeKey]),
    givenUp: watch.givenUp,
    hinted: {
      work: rollout.kick,
      changed(commandKeys) {
        forPeers.changed(commandKeys)
        for (const commandKey of commandKeys) tell(commandKey, [])
      },
      cancel: (commandKeys) => follow(forPeers.cancel(commandKeys)),
    },
    answers: { output: forPeers.output },
    subscribe: (listener) => void listeners.push(listener),
    queryCommands: (reader, query) => queryCommands(reader, deps, query),
    queryInvocations: (reader, query) => queryInvocations(reader, deps, query),
    idsOf: (reader, keys) => findCommandIds(reader, db.dialect, keys),
    settled,
    async [Symbol.asyncDispose]() {
      await settled()
      await rollout[Symbol.asyncDispose]()
      await watch[Symbol.asyncDispose]()
      await uploader[Symbol.asyncDispose]()
      await receiver[Symbol.asyncDispose]()
    },
  }
}
