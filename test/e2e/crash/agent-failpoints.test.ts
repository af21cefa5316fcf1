import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readJournal } from '@muster/agent/journal'
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

const KILLED = 128 + 9

/** Sends the two steps to an agent that kills itself at a named place, and waits until it has. */
async function runUntilKilled(failpoint: string): Promise<string> {
  await agent.stop('SIGKILL')
  agent.start({ MUSTER_FAILPOINTS: `${failpoint}:kill` })
  const commandId = await operator.runSteps(agent, {
    first: [...note('first'), 'echo one; sleep 0.3; echo two'],
    second: [...note('second'), 'echo three'],
  })
  expect(await agent.program.exited).toBe(KILLED)
  return commandId
}

test.each([
  'after-receive',
  'after-received',
  'while-reading',
  'after-starting',
  'after-launch',
  'after-started',
  'after-exit',
  'after-finished',
  'after-result',
  'after-receipt',
])('runs each step once and tells its result when the agent is killed %s', async (failpoint) => {
  const commandId = await runUntilKilled(failpoint)
  agent.start()
  const second = await operator.ended(commandId, agent.nodeId, 'second')
  expect(second).toMatchObject({ Status: 'Success', ResponseCode: 0, StandardOutputContent: 'three\n' })
  const first = await operator.view(commandId, agent.nodeId, 'first')
  expect(first).toMatchObject({ Status: 'Success', ResponseCode: 0, StandardOutputContent: 'one\ntwo\n' })
  expect((await operator.output(commandId, agent.nodeId, { step: 'first' }))?.toString()).toBe('one\ntwo\n')
  expect(await entriesOf(agent, commandId)).toEqual(['first', 'second'])
})

test('tells the result that is in the journal though nothing else is left of its run', async () => {
  const commandId = await runUntilKilled('after-result')
  await rm(join(agent.data, 'attempts'), { recursive: true })
  await writeFile(agent.bootIdFile, '33333333-3333-4333-8333-333333333333\n')
  agent.start()
  const second = await operator.ended(commandId, agent.nodeId, 'second')
  expect(second).toMatchObject({ Status: 'Success', ResponseCode: 0, StandardOutputContent: 'three\n' })
  expect(await entriesOf(agent, commandId)).toEqual(['first', 'second'])
})

test('has nothing more to tell when the agent is killed between a receipt and its entry', async () => {
  const untold = async (): Promise<readonly number[]> => {
    const { entries } = await readJournal(join(agent.data, 'journal'))
    const told = Math.max(0, ...entries.map(({ entry }) => (entry.kind === 'receipted' ? entry.upTo : 0)))
    return entries.flatMap(({ entry, number }) => (entry.kind === 'result' && number > told ? [number] : []))
  }
  // The receipt of what ran before is not the one that is meant.
  await until('nothing is untold', async () => (await untold()).length === 0)
  await agent.stop('SIGKILL')
  agent.start({ MUSTER_FAILPOINTS: 'after-receipt:kill' })
  await operator.run(agent, ['true'])
  expect(await agent.program.exited).toBe(KILLED)
  expect(await untold()).toHaveLength(1)
  agent.start()
  await until('the receipt is in the journal', async () => (await untold()).length === 0)
})

test('runs each step once when the agent is killed twice before the first one has started', async () => {
  const commandId = await runUntilKilled('after-starting')
  agent.start({ MUSTER_FAILPOINTS: 'after-claim:kill' })
  expect(await agent.program.exited).toBe(KILLED)
  agent.start()
  expect(await operator.ended(commandId, agent.nodeId, 'second')).toMatchObject({ Status: 'Success' })
  expect(await entriesOf(agent, commandId)).toEqual(['first', 'second'])
})

test('calls a step interrupted when the host went down between its start record and its start', async () => {
  const commandId = await runUntilKilled('after-starting')
  await writeFile(agent.bootIdFile, '22222222-2222-4222-8222-222222222222\n')
  agent.start()
  const first = await operator.ended(commandId, agent.nodeId, 'first')
  expect(first).toMatchObject({ Status: 'Failed', StatusDetails: 'Failed', ResponseCode: -1 })
  expect(first.StandardErrorContent).toMatch(/^muster: HostRebooted: /)
  expect(await entriesOf(agent, commandId)).toEqual([])
})

test('gives up a command that kills the agent twice before it starts', async () => {
  const commandId = await runUntilKilled('while-reading')
  agent.start({ MUSTER_FAILPOINTS: 'while-reading:kill' })
  expect(await agent.program.exited).toBe(KILLED)
  agent.start()
  expect(await operator.ended(commandId, agent.nodeId)).toMatchObject({ Status: 'Failed', ResponseCode: -1 })
  expect(await entriesOf(agent, commandId)).toEqual([])
})
