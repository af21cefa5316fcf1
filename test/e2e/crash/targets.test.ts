import { afterAll, beforeAll, expect, test } from 'vitest'
import { startAgent, type TestAgent } from '../../rig/agent.ts'
import { startController, type TestController } from '../../rig/controller.ts'
import { until } from '../../rig/until.ts'
import { createOperator, entriesOf, leave, note, type Operator, refusalOf } from './operator.ts'
import { treeOf } from './process-tree.ts'

let controller: TestController
let agent: TestAgent
let operator: Operator
beforeAll(async () => {
  controller = await startController()
  agent = await startAgent(controller, { tags: { Role: 'web' } })
  operator = createOperator(controller)
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
  await controller[Symbol.asyncDispose]()
})

const script = { DocumentName: 'AWS-RunShellScript', Parameters: { commands: [...note('run'), 'echo ran'] } }

test('takes no target for a mistake, never for every node', async () => {
  expect(await refusalOf(controller.call('SendCommand', script))).toBe('InvalidInstanceId')
  expect(await refusalOf(controller.call('SendCommand', { ...script, InstanceIds: [] }))).toBe('InvalidInstanceId')
  expect(await refusalOf(controller.call('SendCommand', { ...script, Targets: [] }))).toBe('InvalidInstanceId')
})

test('ends a command at once that no node matches, and runs nothing', async () => {
  const Targets = [{ Key: 'tag:Role', Values: ['nobody'] }]
  const { Command } = await controller.call('SendCommand', { ...script, Targets })
  const { Commands = [] } = await controller.call('ListCommands', { CommandId: Command?.CommandId })
  expect(Commands).toMatchObject([
    { Status: 'Success', StatusDetails: 'NoInstancesInTag', TargetCount: 0, CompletedCount: 0, ErrorCount: 0 },
  ])
  expect(await entriesOf(agent, Command?.CommandId ?? '')).toEqual([])
})

test('says Undeliverable of a node that is deregistered before it got the command', async () => {
  await using gone = await startAgent(controller, { tags: { Role: 'web' } })
  await leave(controller, gone)
  const Targets = [{ Key: 'tag:Role', Values: ['web'] }]
  const { Command } = await controller.call('SendCommand', { ...script, Targets })
  const commandId = Command?.CommandId ?? ''
  expect(await operator.ended(commandId, agent.nodeId)).toMatchObject({ Status: 'Success' })
  expect(await operator.view(commandId, gone.nodeId)).toMatchObject({ Status: 'Delayed' })

  await controller.call('DeregisterManagedInstance', { InstanceId: gone.nodeId })
  expect(await operator.ended(commandId, gone.nodeId)).toMatchObject({
    Status: 'Failed',
    StatusDetails: 'Undeliverable',
  })
  await until('the command has ended', async () => {
    const { Commands = [] } = await controller.call('ListCommands', { CommandId: commandId })
    return Commands[0]?.Status === 'Success' && Commands[0].CompletedCount === 2
  })
  // It gives up by itself: there is nothing that trying again could help.
  gone.start()
  expect(await gone.program.exited).toBe(78)
  expect(await entriesOf(gone, commandId)).toEqual([])
})

test('does not wait for a node that is deregistered while the script runs', async () => {
  await using gone = await startAgent(controller)
  const commandId = await operator.run(gone, [...note('run'), 'sleep 2'])
  await until('the script runs', async () => (await entriesOf(gone, commandId)).length === 1)
  await controller.call('DeregisterManagedInstance', { InstanceId: gone.nodeId })
  const end = await operator.ended(commandId, gone.nodeId)
  expect(end).toMatchObject({ Status: 'Failed', StatusDetails: 'Undeliverable' })
  const { Sentence } = await controller.call('Explain', {
    Subject: { Type: 'Invocation', Id: commandId, InstanceId: gone.nodeId },
  })
  expect(Sentence).toBe('The node was deregistered before it reported a result.')
  await until('the script is over', async () => (await treeOf(gone)).length === 0)
})

test('refuses a node that is no longer there', async () => {
  await using gone = await startAgent(controller)
  await controller.call('DeregisterManagedInstance', { InstanceId: gone.nodeId })
  const sending = controller.call('SendCommand', { ...script, InstanceIds: [gone.nodeId] })
  expect(await refusalOf(sending)).toBe('InvalidInstanceId')
})
