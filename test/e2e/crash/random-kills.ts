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
  /** Of the processors, while things are killed; what any other session has is 1. */
  readonly agentShare: number
  /** Whether ends are looked for node by node: needed where there are more commands than a walk sees in a minute. */
  readonly followEnds?: boolean
  /** How long everything may take to end after the last kill. */
  readonly settleMs: number
}

export interface RandomKillsReport {
  readonly violations: readonly Violation[]
  /** How many invocations ended in each state. */
  readonly states: Readonly<Record<string, number>>
  readonly acceptedPerSecond: number
  /** During the faults. */
  readonly accepted: number
  /** Calls that had to be sent again, because no answer came. */
  readonly repeats: number
  /** From the first kill to the last. */
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

  const observer = startObserver(controller, settleMs, options.followEnds ? agents.map(({ nodeId }) => nodeId) : [])
  const from = Date.now()
  const traffic = startTraffic({ caller, agents, dice, perSecond })
  for (const kill of plan) await perform(kill, controller, agents, priority)
  const to = Date.now()
  const sends = await traffic.stop()
  await priority.letCatchUp()
  await Promise.all(agents.map((agent) => agent.online()))
  const healedAt = Date.now()
  const found = await observer.finish()
  const history: History = {
    faults: { from, to },
    floorPerSecond,
    healedAt,
    sends,
    ledger: (await Promise.all(agents.map(ledgerOf))).flat(),
    ...found,
  }
  return report(history, seed)
}

async function report(history: History, seed: number): Promise<RandomKillsReport> {
  const violations = check(history)
  const { faults, sends, invocations } = history
  const isInTime = (endedAt: number): boolean => endedAt >= faults.from && endedAt <= faults.to
  const accepted = sends.filter(({ tries }) =>
    tries.some(({ outcome, endedAt }) => outcome.kind === 'accepted' && isInTime(endedAt)),
  ).length
  const file = join(tmpdir(), `muster-history-${seed}.json`)
  if (violations.length > 0) await writeFile(file, JSON.stringify(history))
  const states = Map.groupBy(invocations, ({ state }) => state)
  const seconds = (faults.to - faults.from) / 1000
  return {
    violations,
    states: Object.fromEntries([...states].map(([state, of]) => [state, of.length])),
    acceptedPerSecond: accepted / seconds,
    accepted,
    repeats: sends.reduce((sum, { tries }) => sum + Math.max(0, tries.length - 1), 0),
    seconds,
    hint: `the same kills: MUSTER_SEED=${seed}; the history: ${file}`,
  }
}

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
