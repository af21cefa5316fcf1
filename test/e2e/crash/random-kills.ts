import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { check } from '../../checker/check.ts'
import type { History, Violation } from '../../checker/history.ts'
import { startAgent, type TestAgent } from '../../rig/agent.ts'
import { startController, type TestController } from '../../rig/controller.ts'
import { createCaller } from './caller.ts'
import { createDice } from './dice.ts'
import { type Kill, planKills } from './kill-plan.ts'
import { startObserver } from './observer.ts'
import { ledgerOf } from './operator.ts'
import { goFirst, type Priority } from './priority.ts'
import { startTraffic } from './traffic.ts'

export interface RandomKills {
  readonly seed: number
  readonly kills: number
  /** Commands a second that are asked for. */
  readonly perSecond: number
  /** Commands a second that must be accepted while things are killed. */
  readonly floorPerSecond: number
  readonly agents: number
  /** The kills come in so many rounds, and everything ends between them; one when absent. */
  readonly rounds?: number
  /** Of the processors, while things are killed; what any other session has is 1. */
  readonly agentShare: number
  /** Whether ends are looked for node by node: needed where there are more commands than a walk sees in a minute. */
  readonly followEnds?: boolean
  /** How long everything may take to end after the last kill of a round. */
  readonly settleMs: number
}

export interface RandomKillsReport {
  readonly violations: readonly Violation[]
  /** How many invocations ended in each state. */
  readonly states: Readonly<Record<string, number>>
  /** In the round with the fewest. */
  readonly acceptedPerSecond: number
  /** During the faults. */
  readonly accepted: number
  /** Calls that had to be sent again, because no answer came. */
  readonly repeats: number
  /** From the first kill to the last, of all rounds together. */
  readonly seconds: number
  /** Where the history was written for a look at it, and how to have the same kills again. */
  readonly hint: string
}

const KILLED = 128 + 9
const SCRIPTS_AT_ONCE = '8'

/** Kills what the seed says while commands flow, heals, waits, and has the history judged. */
export async function runRandomKills(options: RandomKills): Promise<RandomKillsReport> {
  const { seed, kills, perSecond, floorPerSecond, settleMs } = options
  const dice = createDice(seed)
  await using stack = new AsyncDisposableStack()
  const priority = stack.use(await goFirst(options.agentShare))
  const controller = stack.use(await startController())
  const agents = stack.use(await startAgents(controller, options.agents, priority)).agents
  using caller = createCaller(controller)
  const plan = planKills(dice, kills, agents.length)

  const perRound = Math.ceil(plan.length / (options.rounds ?? 1))
  const before = new Set<string>()
  const histories: History[] = []
  for (let from = 0; from < plan.length; from += perRound) {
    await priority.holdBack()
    const history = await runRound(plan.slice(from, from + perRound))
    for (const { commandId } of history.commands) before.add(commandId)
    histories.push(history)
  }
  return report(histories, seed)

  async function runRound(kills: readonly Kill[]): Promise<History> {
    const followed = options.followEnds ? agents.map(({ nodeId }) => nodeId) : []
    const observer = startObserver(controller, settleMs, followed, before)
    const from = Date.now()
    const traffic = startTraffic({ caller, agents, dice, perSecond })
    for (const kill of kills) await perform(kill, controller, agents, priority)
    const to = Date.now()
    const sends = await traffic.stop()
    await priority.letCatchUp()
    await Promise.all(agents.map((agent) => agent.online()))
    const healedAt = Date.now()
    const found = await observer.finish()
    const lines = (await Promise.all(agents.map(ledgerOf))).flat()
    const ledger = lines.filter(({ commandId }) => !before.has(commandId))
    return { faults: { from, to }, floorPerSecond, healedAt, sends, ledger, ...found }
  }
}

async function report(histories: readonly History[], seed: number): Promise<RandomKillsReport> {
  const violations = histories.flatMap(check)
  const accepted = histories.map(acceptedDuringFaults)
  const file = join(tmpdir(), `muster-history-${seed}.json`)
  if (violations.length > 0) await writeFile(file, JSON.stringify(histories))
  const states = Map.groupBy(
    histories.flatMap(({ invocations }) => invocations),
    ({ state }) => state,
  )
  const secondsOf = ({ faults }: History): number => (faults.to - faults.from) / 1000
  return {
    violations,
    states: Object.fromEntries([...states].map(([state, of]) => [state, of.length])),
    acceptedPerSecond: Math.min(...histories.map((history, at) => (accepted[at] ?? 0) / secondsOf(history))),
    accepted: sum(accepted),
    repeats: sum(histories.flatMap(({ sends }) => sends.map(({ tries }) => Math.max(0, tries.length - 1)))),
    seconds: sum(histories.map(secondsOf)),
    hint: `the same kills: MUSTER_SEED=${seed}; the history: ${file}`,
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

const acceptedDuringFaults = ({ faults, sends }: History): number =>
  sends.filter(({ tries }) =>
    tries.some(({ outcome, endedAt }) => outcome.kind === 'accepted' && endedAt >= faults.from && endedAt <= faults.to),
  ).length

async function startAgents(controller: TestController, count: number, priority: Priority) {
  await using stack = new AsyncDisposableStack()
  const [first, ...rest] = await Promise.all(
    Array.from({ length: count }, async () =>
      stack.use(await startAgent(controller, { args: ['--concurrency', SCRIPTS_AT_ONCE] })),
    ),
  )
  if (first === undefined) throw new Error('no agent was asked for')
  const agents: readonly [TestAgent, ...TestAgent[]] = [first, ...rest]
  for (const { program } of agents) await priority.goLast(program)
  const open = stack.move()
  return { agents, [Symbol.asyncDispose]: () => open.disposeAsync() }
}

/** Nobody ends but by our hand: a program that ended by itself fails the run. */
async function perform(
  kill: Kill,
  controller: TestController,
  agents: readonly TestAgent[],
  priority: Priority,
): Promise<void> {
  await delay(kill.afterMs)
  const victims = [...(kill.controller ? [controller] : []), ...kill.agents.flatMap((index) => agents[index] ?? [])]
  const restarts = victims.map(async (victim) => {
    const status = await victim.stop('SIGKILL')
    if (status !== KILLED) throw new Error(`it had ended by itself with ${status}:\n${victim.program.log.join('\n')}`)
    await delay(kill.downMs)
    await victim.start()
    if (victim !== controller) await priority.goLast(victim.program)
  })
  await Promise.all(restarts)
}
