import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startAgent, type TestAgent } from '../../test/rig/agent.ts'
import { startController, type TestController } from '../../test/rig/controller.ts'
import { startCommandFloor } from '../floors/command-floor.ts'
import type { Bench } from '../frame/bench.ts'
import { pick, type Rounds } from '../frame/rounds.ts'
import { createSignedClient } from '../frame/signed-client.ts'
import { median, quantile } from '../frame/statistics.ts'
import { multiplyCommands } from '../stand/multiply-commands.ts'
import { openStores, type Stores } from '../stand/stores.ts'

const OPEN: ReadonlySet<unknown> = new Set(['Pending', 'InProgress', 'Delayed', 'Cancelling'])
const POLL_MS = 1
const LOST_MS = 10_000
const MANY_LOST = 3

/** From SendCommand to its seen result, through a real controller and a real agent. */
export const command: Bench = {
  name: 'command',
  about: 'SendCommand to its seen result, one at a time, real controller and agent',
  async run(setting) {
    const commands = setting.quick ? 60 : 200
    const sizes = setting.quick ? { few: 300, many: 10_000 } : { few: 1000, many: 100_000 }
    const ledger = join(setting.folder, 'ledger')
    await using stack = new AsyncDisposableStack()
    const stores = stack.use(await openStores(setting))
    const floor = stack.use(await startCommandFloor(setting.folder, poll))
    const few = stack.use(await startStand(stores, sizes.few))
    const many = stack.use(await startStand(stores, sizes.many))
    const sides = { limit: floor.run, muster: few.run, grown: many.run }
    await appendFile(ledger, '')
    const times: { [Side in keyof typeof sides]: number[][] } = { limit: [], muster: [], grown: [] }
    let sent = 0
    const problems: string[] = []
    const measure = async (side: keyof typeof sides, count: number): Promise<number[]> => {
      const taken: number[] = []
      for (let index = 0; index < count; index++) {
        setting.signal.throwIfAborted()
        sent += 1
        const started = performance.now()
        const status = await sides[side](`echo hi; echo ${sent} >>${ledger}`)
        taken.push(performance.now() - started)
        if (status !== 'Success') problems.push(`${side}: ${status}`)
        if (problems.length >= MANY_LOST) throw new Error(`of ${sent} commands:\n${problems.join('\n')}`)
      }
      return taken
    }
    const names = ['limit', 'muster', 'grown'] as const
    for (const side of names) await measure(side, Math.ceil(commands / 4))
    for (let round = 0; round < setting.rounds; round++) {
      const turn = round % names.length
      for (const side of [...names.slice(turn), ...names.slice(0, turn)])
        times[side].push(await measure(side, commands))
    }
    const started = (await readFile(ledger, 'utf8')).trim().split('\n').length
    const rounds: Rounds<number[]> = times
    return {
      comparisons: [
        figure('result_seen_p50', '<=2', sizes.few, pick(rounds, median)),
        figure(
          'result_seen_p99',
          '<=3',
          sizes.few,
          pick(rounds, (taken) => quantile(taken, 0.99)),
        ),
      ],
      growth: [
        {
          over: 'rows stored',
          goal: '<=0.06',
          points: [
            { size: sizes.few, cost: median(times.muster.map(median)) },
            { size: sizes.many, cost: median(times.grown.map(median)) },
          ],
        },
      ],
      counts: { lost: problems.length + Math.max(0, sent - started), double: Math.max(0, started - sent), errors: 0 },
    }
  },
}

const figure = (name: string, goal: string, stored: number, rounds: Rounds<number>) => ({
  name,
  at: { nodes: 1, stored },
  unit: 'ms',
  goal,
  ...rounds,
})

/** Asks again until there is an end; a run that has none by then is lost. */
async function poll(look: () => Promise<string | undefined>): Promise<string> {
  const end = performance.now() + LOST_MS
  while (performance.now() < end) {
    const status = await look()
    if (status !== undefined) return status
    await delay(POLL_MS)
  }
  return 'lost'
}

interface Stand extends AsyncDisposable {
  run(script: string): Promise<string>
}

/** A controller with so many commands in its store, and its agent. */
async function startStand(stores: Stores, stored: number): Promise<Stand> {
  await using stack = new AsyncDisposableStack()
  const store = await stores.open()
  const controller = stack.use(await startController({ args: ['--log-level', 'warn'], database: store.url }))
  const agent = stack.use(await startAgent(controller, { args: ['--log-level', 'warn'] }))
  const once = createRun(controller, agent)
  await once.run('echo hi')
  once[Symbol.dispose]()
  await controller.stop('SIGTERM')
  await multiplyCommands(store, stored)
  await controller.start()
  await agent.online()
  const client = stack.use(createRun(controller, agent))
  const open = stack.move()
  return { run: client.run, [Symbol.asyncDispose]: () => open.disposeAsync() }
}

function createRun(controller: TestController, { nodeId }: TestAgent) {
  const client = createSignedClient(controller.url, controller)
  return {
    async run(script: string): Promise<string> {
      const sent = await client.call('AmazonSSM.SendCommand', {
        DocumentName: 'AWS-RunShellScript',
        InstanceIds: [nodeId],
        Parameters: { commands: [script] },
      })
      const { CommandId } = sent['Command'] as { CommandId: string }
      const status = await poll(async () => {
        const { Status } = await client.call('AmazonSSM.GetCommandInvocation', { CommandId, InstanceId: nodeId })
        return OPEN.has(Status) ? undefined : String(Status)
      })
      if (status === 'Success') return status
      const Subject = { Type: 'Invocation', Id: CommandId, InstanceId: nodeId }
      const { Sentence } = await client.call('Muster.Explain', { Subject })
      return `${status}: ${String(Sentence)}`
    },
    [Symbol.dispose]: () => client[Symbol.dispose](),
  }
}
