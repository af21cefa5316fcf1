import { afterAll, beforeAll, expect, test } from 'vitest'
import { startAgent, type TestAgent } from '../../rig/agent.ts'
import { startController, type TestController } from '../../rig/controller.ts'
import { until } from '../../rig/until.ts'
import { createOperator, entriesOf, note, type Operator } from './operator.ts'
import { killTree, processesThatMention, treeOf } from './process-tree.ts'

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

const running = (commandId: string): Promise<void> =>
  until('the script runs', async () => (await entriesOf(agent, commandId)).length === 1)
const hasSaid = (commandId: string, text: string): Promise<void> =>
  until(`the controller has "${text}"`, async () => {
    const { Data } = await controller.call('GetOutput', {
      CommandId: commandId,
      InstanceId: agent.nodeId,
      Stream: 'stdout',
    })
    return Buffer.from(Data, 'base64').toString() === text
  })

const stubbornOnes = () => processesThatMention(`${agent.data}/attempts/`, 'stubborn.sh')
const interrupted = { Status: 'Failed', StatusDetails: 'Failed', ResponseCode: -1, StandardOutputContent: 'partial\n' }

test('says interrupted, with the output there is, when the whole tree of a script is killed', async () => {
  const commandId = await operator.run(agent, [...note('run'), 'echo partial; sleep 60; echo never'])
  await running(commandId)
  await hasSaid(commandId, 'partial\n')
  await killTree(agent)
  const end = await operator.ended(commandId, agent.nodeId)
  expect(end).toMatchObject(interrupted)
  expect(end.StandardErrorContent).toMatch(/^muster: StepInterrupted: /)
  const output = await controller.call('GetOutput', {
    CommandId: commandId,
    InstanceId: agent.nodeId,
    Stream: 'stdout',
  })
  expect(output).toMatchObject({ TotalBytes: 8, DroppedBytes: 0, Complete: true })
  expect(await entriesOf(agent, commandId)).toEqual(['run'])
})

test('says the same when the agent is killed with it', async () => {
  const commandId = await operator.run(agent, [...note('run'), 'echo partial; sleep 60; echo never'])
  await hasSaid(commandId, 'partial\n')
  await agent.stop('SIGKILL')
  await killTree(agent)
  agent.start()
  expect(await operator.ended(commandId, agent.nodeId)).toMatchObject(interrupted)
  expect(await entriesOf(agent, commandId)).toEqual(['run'])
})

test('leaves nothing of a script at its time limit: not what ignores TERM, not what left its session', async () => {
  const commandId = await operator.run(
    agent,
    [
      ...note('run'),
      "cat >stubborn.sh <<'END'",
      "trap '' TERM HUP INT",
      'while :; do sleep 1; done',
      'END',
      'sh "$PWD/stubborn.sh" &',
      '(sh "$PWD/stubborn.sh" & wait) &',
      // Twice forked, in a session of its own, with nothing of its parent's environment or output.
      'setsid sh -c "setsid env -i PATH=$PATH sh $PWD/stubborn.sh >/dev/null 2>&1 &" &',
      'sleep 1; echo partial; wait; sleep 60',
    ],
    { executionTimeout: 5 },
  )
  await running(commandId)
  await until('all three have started', async () => (await stubbornOnes()).length >= 3)
  const end = await operator.ended(commandId, agent.nodeId)
  expect(end).toMatchObject({ Status: 'TimedOut', StatusDetails: 'ExecutionTimedOut', ResponseCode: -1 })
  expect(end.StandardOutputContent).toBe('partial\n')
  expect(await stubbornOnes()).toEqual([])
  expect(await treeOf(agent)).toEqual([])
})

test('leaves nothing of a script that is cancelled', async () => {
  const commandId = await operator.run(agent, [...note('run'), 'sleep 61 & sleep 62'])
  await running(commandId)
  await controller.call('CancelCommand', { CommandId: commandId })
  const end = await operator.ended(commandId, agent.nodeId)
  expect(end).toMatchObject({ Status: 'Cancelled', StatusDetails: 'Cancelled', ResponseCode: -1 })
  expect(await treeOf(agent)).toEqual([])
})
