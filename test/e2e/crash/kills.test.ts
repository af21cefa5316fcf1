import { existsSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startAgent, type TestAgent } from '../../rig/agent.ts'
import { startController, type TestController } from '../../rig/controller.ts'
import { until } from '../../rig/until.ts'
import { createOperator, entriesOf, note, type Operator } from './operator.ts'

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

const LINES = 30
const slow = () => [...note('run'), `for n in $(seq ${LINES}); do echo line $n; echo err $n >&2; sleep 0.05; done`]
const WHOLE = Array.from({ length: LINES }, (_, n) => `line ${n + 1}\n`).join('')

/** What the same script gives when nobody is killed. */
async function expectWhole(commandId: string): Promise<void> {
  const end = await operator.ended(commandId, agent.nodeId)
  expect(end).toMatchObject({ Status: 'Success', StatusDetails: 'Success', ResponseCode: 0 })
  expect(end.StandardOutputContent).toBe(WHOLE)
  expect(end.StandardErrorContent).toBe(WHOLE.replaceAll('line', 'err'))
  expect((await operator.output(commandId, agent.nodeId))?.toString()).toBe(WHOLE)
  expect(await entriesOf(agent, commandId)).toEqual(['run'])
}

/** The script runs: its line is in the ledger. */
const running = (commandId: string): Promise<void> =>
  until('the script runs', async () => (await entriesOf(agent, commandId)).length === 1)

test('gives the whole result when nobody is killed', async () => {
  await expectWhole(await operator.run(agent, slow()))
})

test('gives the same result when the agent is killed while the script runs', async () => {
  const commandId = await operator.run(agent, slow())
  await running(commandId)
  await agent.stop('SIGKILL')
  agent.start()
  await expectWhole(commandId)
})

test('gives the same result when the script ends while there is no agent', async () => {
  const commandId = await operator.run(agent, [...slow(), `touch ${agent.scratch}/over`])
  await running(commandId)
  await agent.stop('SIGKILL')
  await until('the script is over', async () => existsSync(`${agent.scratch}/over`))
  agent.start()
  await expectWhole(commandId)
})

test('gives the same result when the controller is killed while the script runs', async () => {
  const commandId = await operator.run(agent, slow())
  await running(commandId)
  await controller.stop('SIGKILL')
  await controller.start()
  await expectWhole(commandId)
})

test('gives the same result when both are killed while the script runs', async () => {
  const commandId = await operator.run(agent, slow())
  await running(commandId)
  await Promise.all([agent.stop('SIGKILL'), controller.stop('SIGKILL')])
  agent.start()
  await controller.start()
  await expectWhole(commandId)
})

test('changes nothing when an idle agent is killed', async () => {
  await agent.stop('SIGKILL')
  agent.start()
  await agent.online()
  await expectWhole(await operator.run(agent, slow()))
})

test('ends cleanly on SIGTERM, and scripts that run go on', async () => {
  const commandId = await operator.run(agent, slow())
  await running(commandId)
  expect(await agent.stop('SIGTERM')).toBe(0)
  expect(await controller.stop('SIGTERM')).toBe(0)
  await controller.start()
  agent.start()
  await expectWhole(commandId)
})
