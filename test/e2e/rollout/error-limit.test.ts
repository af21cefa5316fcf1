import { afterAll, beforeAll, expect, it } from 'vitest'
import { startController, type TestController } from '../../rig/controller.ts'
import { mostAtOnce, startFleet, type TestFleet } from '../../rig/fleet.ts'
import { until } from '../../rig/until.ts'

const stack = new AsyncDisposableStack()
const NODES = 120
const ROUNDS = 15
let controller: TestController
let fleet: TestFleet

beforeAll(async () => {
  controller = stack.use(await startController())
  fleet = stack.use(await startFleet(controller, { count: NODES, offline: 0, tags: { role: 'web' } }))
}, 120_000)
afterAll(() => stack.disposeAsync())

/** Sends a command that fails past its limit; answers when it was stopped and what the nodes did by their own clocks. */
async function runPastLimit(rate: { readonly MaxConcurrency: string; readonly MaxErrors: string }) {
  const { Command } = await controller.call('SendCommand', {
    DocumentName: 'AWS-RunShellScript',
    Targets: [{ Key: 'tag:role', Values: ['web'] }],
    Parameters: { commands: ['true'] },
    ...rate,
  })
  const CommandId = Command?.CommandId ?? ''
  await until(`${CommandId} is over`, async () => {
    const { Commands } = await controller.call('ListCommands', { CommandId })
    return Commands?.[0]?.Status === 'Failed'
  })
  const { Decisions } = await controller.call('Explain', { Subject: { Type: 'Command', Id: CommandId } })
  const stoppedAt = (Decisions.find(({ Code }) => Code === 'ErrorLimitReached')?.At ?? 0) * 1000
  const starts = fleet.events.filter(({ event, commandId }) => event === 'start' && commandId === CommandId)
  return { CommandId, stoppedAt, starts, late: starts.filter(({ at }) => at > stoppedAt).length }
}

// Every ninth node fails while others end and are followed all the time: work is always on its way somewhere.
const FAILING = Array.from({ length: NODES }, (_, index) => index).filter((index) => index % 9 === 4)

it.each([
  ['all fail at the same moment', { delayMs: 20, exitCode: 1 }],
  ['all fail, each at a moment of its own', { delayMs: 1, jitterMs: 40, exitCode: 1 }],
  ['some fail among many that succeed', { delayMs: 1, jitterMs: 10, failing: FAILING }],
])(
  'starts none after the error beyond MaxErrors is committed: %s',
  async (_case, script) => {
    await fleet.order({ do: 'script', script })
    for (let round = 0; round < ROUNDS; round++) {
      const { CommandId, stoppedAt, late } = await runPastLimit({ MaxConcurrency: '10', MaxErrors: '3' })
      expect(stoppedAt).toBeGreaterThan(0)
      expect({ round, late }).toEqual({ round, late: 0 })
      expect(mostAtOnce(fleet.events, CommandId)).toBeLessThanOrEqual(10)
    }
  },
  120_000,
)
