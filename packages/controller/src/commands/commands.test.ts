import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { openCommands } from './testing/open-commands.ts'

const shell = (command: string) => ({ DocumentName: 'AWS-RunShellScript', Parameters: { commands: [command] } })

describeStores('a command', (openStore) => {
  test('runs on a node and its result is seen', async () => {
    await using stand = await openCommands(await openStore())
    const [node] = await stand.nodes(1, { behaviours: { onWork: () => ({ stdout: 'hi\n', stderr: 'oh\n' }) } })
    const sent = await stand.call('SendCommand', { ...shell('echo hi'), InstanceIds: [node!.nodeId] })
    const CommandId = sent.Command?.CommandId ?? ''
    expect(sent.Command).toMatchObject({ Status: 'Pending', TargetCount: 1, CompletedCount: 0, TimeoutSeconds: 3600 })
    await stand.settled(node!)

    const view = await stand.call('GetCommandInvocation', { CommandId, InstanceId: node!.nodeId })
    expect(view).toMatchObject({
      ...{ Status: 'Success', StatusDetails: 'Success', ResponseCode: 0, PluginName: 'runShellScript' },
      ...{ StandardOutputContent: 'hi\n', StandardErrorContent: 'oh\n' },
    })
    const { Commands } = await stand.call('ListCommands', { CommandId })
    expect(Commands).toMatchObject([{ Status: 'Success', CompletedCount: 1, ErrorCount: 0 }])
    expect(node!.ledger.map(({ event }) => event)).toEqual(['start', 'end'])
  })
})
