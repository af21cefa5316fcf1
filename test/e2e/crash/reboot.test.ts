import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startAgent, type TestAgent } from '../../rig/agent.ts'
import { startController, type TestController } from '../../rig/controller.ts'
import { until } from '../../rig/until.ts'
import { createOperator, entriesOf, note, type Operator } from './operator.ts'
import { killTree } from './process-tree.ts'

let controller: TestController
let agent: TestAgent
let operator: Operator
beforeAll(async () => {
  controller = await startController()
  agent = await startAgent(controller)
  operator = createOperator(controller)
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
  await controller[Symbol.asyncDispose]()
})

const KILLED = 128 + 9
const REBOOT_ONCE = [
  'if [ -e ../../../../rebooted ]; then echo after; else touch ../../../../rebooted; echo before; exit 194; fi',
]

const threeSteps = () => ({
  first: [...note('first'), 'echo one'],
  second: [...note('second'), ...REBOOT_ONCE],
  third: [...note('third'), 'echo three'],
})

/** What is left of the host's life so far: nothing of /run, no process, another boot id. */
async function reboot(env: Readonly<Record<string, string>> = {}): Promise<void> {
  await agent.stop('SIGKILL')
  await killTree(agent)
  const runDir = join(dirname(agent.data), 'run')
  for (const name of await readdir(runDir)) await rm(join(runDir, name), { recursive: true })
  const before = await readFile(agent.bootIdFile, 'utf8')
  await writeFile(agent.bootIdFile, `${String(Number(before.slice(0, 8)) + 1).padStart(8, '0')}${before.slice(8)}`)
  agent.start(env)
}

async function expectRebooted(commandId: string): Promise<void> {
  expect(await operator.ended(commandId, agent.nodeId, 'third')).toMatchObject({ Status: 'Success', ResponseCode: 0 })
  const outputs = await Promise.all(
    ['first', 'second', 'third'].map((step) => operator.view(commandId, agent.nodeId, step)),
  )
  expect(
    outputs.map(({ Status, ResponseCode, StandardOutputContent }) => [Status, ResponseCode, StandardOutputContent]),
  ).toEqual([
    ['Success', 0, 'one\n'],
    ['Success', 0, 'after\n'],
    ['Success', 0, 'three\n'],
  ])
  expect(await entriesOf(agent, commandId)).toEqual(['first', 'second', 'second', 'third'])
}

const forgetReboots = () => rm(join(dirname(agent.data), 'rebooted'), { force: true })

test('enters the step that exits 194 again after the reboot, and every other step once', async () => {
  await forgetReboots()
  const commandId = await operator.runSteps(agent, threeSteps())
  await until('the second step has asked for a reboot', async () => (await entriesOf(agent, commandId)).length === 2)
  await reboot()
  await expectRebooted(commandId)
})

test('does the same when the agent is killed between writing the wish down and asking the host', async () => {
  await forgetReboots()
  await agent.stop('SIGKILL')
  agent.start({ MUSTER_FAILPOINTS: 'after-reboot-requested:kill' })
  const commandId = await operator.runSteps(agent, threeSteps())
  expect(await agent.program.exited).toBe(KILLED)
  await reboot()
  await expectRebooted(commandId)
})

test('does not enter it again when only the agent was started again', async () => {
  await forgetReboots()
  await agent.stop('SIGKILL')
  agent.start({ MUSTER_FAILPOINTS: 'after-reboot-requested:kill' })
  const commandId = await operator.runSteps(agent, threeSteps())
  expect(await agent.program.exited).toBe(KILLED)
  agent.start()
  await agent.online()
  expect(await operator.view(commandId, agent.nodeId)).toMatchObject({ Status: 'InProgress' })
  expect(await entriesOf(agent, commandId)).toEqual(['first', 'second'])
  await reboot()
  await expectRebooted(commandId)
})

test('fails the step when the host that was asked for a reboot does not do it', async () => {
  await forgetReboots()
  await agent.stop('SIGKILL')
  agent.start({ MUSTER_AGENT_REBOOT_WAIT_SECONDS: '1' })
  const commandId = await operator.runSteps(agent, threeSteps())
  const second = await operator.ended(commandId, agent.nodeId, 'second')
  expect(second).toMatchObject({ Status: 'Failed', StatusDetails: 'Failed', ResponseCode: 194 })
  expect(second.StandardErrorContent).toMatch(/^muster: RebootNotPerformed: .*reboot requested but not performed/)
  expect(await entriesOf(agent, commandId)).toEqual(['first', 'second'])
})

test('calls a step interrupted by the reboot that nobody asked for, and does not run it again', async () => {
  const commandId = await operator.run(agent, [...note('run'), 'echo partial', 'sleep 60'])
  await until('the script runs', async () => (await entriesOf(agent, commandId)).length === 1)
  await reboot()
  const end = await operator.ended(commandId, agent.nodeId)
  expect(end).toMatchObject({
    Status: 'Failed',
    StatusDetails: 'Failed',
    ResponseCode: -1,
    StandardOutputContent: 'partial\n',
  })
  expect(end.StandardErrorContent).toMatch(/^muster: HostRebooted: /)
  expect(await entriesOf(agent, commandId)).toEqual(['run'])
})
