import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startAgent, type TestAgent } from '../../rig/agent.ts'
import { startController, type TestController } from '../../rig/controller.ts'
import { type Caller, createCaller } from './caller.ts'
import { createOperator, entriesOf, leave, note, type Operator } from './operator.ts'

let controller: TestController
let agents: readonly TestAgent[]
let operator: Operator
let caller: Caller
beforeAll(async () => {
  controller = await startController()
  agents = [
    await startAgent(controller, { tags: { Role: 'web' } }),
    await startAgent(controller, { tags: { Role: 'web' } }),
  ]
  operator = createOperator(controller)
  caller = createCaller(controller)
})
afterAll(async () => {
  caller[Symbol.dispose]()
  for (const agent of agents) await agent[Symbol.asyncDispose]()
  await controller[Symbol.asyncDispose]()
})

const KILLED = 128 + 9
const BIG_LINES = Array.from({ length: 20_000 }, (_, n) => `${n + 1} of many lines\n`).join('')
const SHORT = { lines: ['echo done'], output: 'done\n' }
const BIG = {
  lines: ['n=1; while [ $n -le 20000 ]; do echo "$n of many lines"; n=$((n + 1)); done'],
  output: BIG_LINES,
}

interface Kill {
  readonly failpoint: string
  readonly script?: { readonly lines: readonly string[]; readonly output: string }
  /** The second node connects only after the command was accepted. */
  readonly late?: boolean
  readonly maxConcurrency?: string
}

test.each<Kill>([
  { failpoint: 'send-command-accepting' },
  { failpoint: 'send-command-accepted' },
  { failpoint: 'hand-over' },
  { failpoint: 'hand-over-midway' },
  { failpoint: 'release-writing', late: true },
  { failpoint: 'release-written', late: true },
  { failpoint: 'results-writing', maxConcurrency: '1' },
  { failpoint: 'results-written', maxConcurrency: '1' },
  { failpoint: 'results-writing', script: BIG },
  { failpoint: 'segment-stored', script: BIG },
])(
  'makes one command of one call, run once on each node, when the controller is killed at $failpoint',
  async (kill) => {
    const { failpoint, script = SHORT, late = false, maxConcurrency = '50' } = kill
    await controller.stop('SIGKILL')
    await controller.start({ MUSTER_FAILPOINTS: `${failpoint}:kill` })
    await Promise.all(agents.map((agent) => agent.online()))

    const second = agents[1]!
    if (late) await leave(controller, second)
    const invocationId = randomUUID()
    const sending = caller.sendCommand(
      {
        DocumentName: 'AWS-RunShellScript',
        Targets: [{ Key: 'tag:Role', Values: ['web'] }],
        Comment: invocationId,
        MaxConcurrency: maxConcurrency,
        Parameters: { commands: [...note('run'), ...script.lines] },
      },
      invocationId,
    )
    if (late) {
      await sending
      second.start()
    }
    expect(await controller.program.exited).toBe(KILLED)
    await controller.start()

    const outcome = (await sending).at(-1)?.outcome
    const { Commands = [] } = await controller.call('ListCommands', {})
    const ids = Commands.filter(({ Comment }) => Comment === invocationId).map(({ CommandId }) => CommandId ?? '')
    expect([outcome]).toEqual(ids.map((commandId) => ({ kind: 'accepted', commandId })))
    const [commandId = ''] = ids
    for (const agent of agents) {
      expect(await operator.ended(commandId, agent.nodeId)).toMatchObject({ Status: 'Success', ResponseCode: 0 })
      expect((await operator.output(commandId, agent.nodeId))?.toString() === script.output).toBe(true)
      expect(await entriesOf(agent, commandId)).toEqual(['run'])
    }
  },
)
