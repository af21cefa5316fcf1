import type { RunRecord } from '@muster/protocol/delivery'
import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { openCommands } from './testing/open-commands.ts'

const step = (name: string) => ({ action: 'aws:runShellScript', name, inputs: { runCommand: ['id'] } })
const Content = JSON.stringify({ schemaVersion: '2.2', mainSteps: [step('elsewhere'), step('here')] })

// As an agent says of a step whose precondition names another platform.
const skipFirst = (record: RunRecord): RunRecord => ({
  ...record,
  steps: record.steps.map((done) =>
    done.index === 0 ? { ...done, status: 'Skipped', exitCode: -1, attempt: 0, reason: 'StepSkipped' } : done,
  ),
})

describeStores('views of an invocation', (openStore) => {
  test('give a skipped step the code of a success, and its command too', async () => {
    await using stand = await openCommands(await openStore())
    const [node] = await stand.nodes(1, { behaviours: { alters: skipFirst } })
    await stand.call('CreateDocument', { Name: 'both', Content, DocumentType: 'Command' })
    const CommandId = await stand.send({ DocumentName: 'both' }, [node!])
    await stand.settled(node!)
    const input = { CommandId, InstanceId: node!.nodeId }
    expect(await stand.view(CommandId, node!)).toMatchObject({ Status: 'Success', ResponseCode: 0 })
    const first = await stand.call('GetCommandInvocation', { ...input, PluginName: 'elsewhere' })
    expect(first).toMatchObject({ Status: 'Success', ResponseCode: 0, ExecutionStartDateTime: '' })
    const { CommandInvocations } = await stand.call('ListCommandInvocations', { ...input, Details: true })
    expect(CommandInvocations?.[0]?.CommandPlugins?.map(({ ResponseCode }) => ResponseCode)).toEqual([0, 0])
  })

  test('show what schema 1.2 lists for one plugin as that plugin', async () => {
    const failSecond = (record: RunRecord): RunRecord => ({
      ...record,
      status: 'Failed',
      steps: record.steps.map((done) => (done.index === 1 ? { ...done, status: 'Failed', exitCode: 3 } : done)),
    })
    await using stand = await openCommands(await openStore())
    const [node] = await stand.nodes(1, { behaviours: { alters: failSecond } })
    const properties = ['0', '1'].map((id) => ({ id: `${id}.aws:runShellScript`, runCommand: ['id'] }))
    const runtimeConfig = { 'aws:runShellScript': { properties } }
    await stand.call('CreateDocument', {
      Name: 'old',
      Content: JSON.stringify({ schemaVersion: '1.2', runtimeConfig }),
    })
    const CommandId = await stand.send({ DocumentName: 'old' }, [node!])
    await stand.settled(node!)
    const shown = { Status: 'Failed', ResponseCode: 3 }
    expect(await stand.view(CommandId, node!)).toMatchObject({ ...shown, PluginName: 'aws:runShellScript' })
    const [invocation] = (await stand.call('ListCommandInvocations', { CommandId, Details: true })).CommandInvocations!
    expect(invocation?.CommandPlugins).toMatchObject([{ ...shown, Name: 'aws:runShellScript' }])
  })
})
