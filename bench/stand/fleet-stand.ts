import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startController, type TestController } from '../../test/rig/controller.ts'
import { startFleet, type TestFleet } from '../../test/rig/fleet.ts'
import { ownPort } from '../../test/rig/port.ts'
import { type BareLinks, startBareLinks } from '../floors/bare-links.ts'
import type { Counts, Setting } from '../frame/bench.ts'
import { openStores } from './stores.ts'

/** One controller, its simulated nodes over TLS in another process, and the bare links beside them. */
export interface FleetStand extends AsyncDisposable {
  readonly controller: TestController
  readonly fleet: TestFleet
  readonly bare: BareLinks
  /** Runs one command on all nodes; times in ms from the call. */
  runOnAll(options?: { readonly maxConcurrency?: string }): Promise<AllRun>
  /** What was lost or done twice so far, by the nodes' own ledgers. */
  counts(): Counts
}

export interface AllRun {
  readonly commandId: string
  readonly acceptedMs: number
  readonly lastStartMs: number
  readonly committedMs: number
}

const POLL_MS = 2
const LOST_MS = 120_000

export async function startFleetStand(setting: Setting, nodes: number): Promise<FleetStand> {
  await using stack = new AsyncDisposableStack()
  // A bench may have one stand for each size.
  const folder = await mkdtemp(join(setting.folder, 'stand-'))
  const store = await stack.use(await openStores({ ...setting, folder })).open()
  const listen = [`http://127.0.0.1:${await ownPort()}`, `https://127.0.0.1:${await ownPort()}`]
  const controller = stack.use(await startController({ listen, args: ['--log-level', 'warn'], database: store.url }))
  const fleet = stack.use(await startFleet(controller, { count: nodes, tags: { role: 'bench' }, tls: true }))
  const bare = stack.use(await startBareLinks(folder, join(controller.data, 'pki')))
  const commands: string[] = []
  const errors: string[] = []
  const open = stack.move()

  const completed = async (CommandId: string): Promise<number> => {
    const { Commands } = await controller.call('ListCommands', { CommandId })
    const [command] = Commands ?? []
    if ((command?.ErrorCount ?? 0) > 0) errors.push(CommandId)
    return command?.CompletedCount ?? 0
  }

  return {
    controller,
    fleet,
    bare,
    async runOnAll({ maxConcurrency = '100%' } = {}) {
      setting.signal.throwIfAborted()
      const [begin, sentAt] = [performance.now(), Date.now()]
      const { Command } = await controller.call('SendCommand', {
        DocumentName: 'AWS-RunShellScript',
        Targets: [{ Key: 'tag:role', Values: ['bench'] }],
        Parameters: { commands: ['true'] },
        MaxConcurrency: maxConcurrency,
      })
      const acceptedMs = performance.now() - begin
      const commandId = Command?.CommandId ?? ''
      commands.push(commandId)
      while ((await completed(commandId)) < nodes) {
        if (performance.now() - begin > LOST_MS) break
        await delay(POLL_MS)
      }
      const committedMs = performance.now() - begin
      let lastStart = 0
      for (const { event, commandId: id, at } of fleet.events)
        if (event === 'start' && id === commandId && at > lastStart) lastStart = at
      return { commandId, acceptedMs, lastStartMs: lastStart - sentAt, committedMs }
    },
    counts() {
      const starts = new Map<string, number>()
      for (const { event, commandId, nodeId } of fleet.events)
        if (event === 'start') starts.set(`${commandId} ${nodeId}`, (starts.get(`${commandId} ${nodeId}`) ?? 0) + 1)
      const double = [...starts.values()].filter((count) => count > 1).length
      return { lost: commands.length * nodes - starts.size, double, errors: new Set(errors).size }
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}
