import { expect, test } from 'vitest'
import { describeEngines } from '../../../packages/controller/src/db/testing/stores.ts'
import { startAgent } from '../../rig/agent.ts'
import { startController } from '../../rig/controller.ts'
import { until } from '../../rig/until.ts'

describeEngines('a controller process', (engine) => {
  test('runs a command, is killed in the middle of the next, and knows both after its return', async () => {
    await using place = await engine.place()
    await using controller = await startController({ database: await place.url() })
    await using agent = await startAgent(controller, { tags: { role: 'web' } })
    const send = async (line: string): Promise<string> => {
      const { Command } = await controller.call('SendCommand', {
        DocumentName: 'AWS-RunShellScript',
        Targets: [{ Key: 'tag:role', Values: ['web'] }],
        Parameters: { commands: [line] },
      })
      return Command?.CommandId ?? ''
    }
    const view = (CommandId: string) => controller.call('GetCommandInvocation', { CommandId, InstanceId: agent.nodeId })
    const ended = (CommandId: string) =>
      until('the command has succeeded', async () => (await view(CommandId)).Status === 'Success')

    const first = await send('echo one')
    await ended(first)
    const second = await send('sleep 2; echo two')
    await controller.stop('SIGKILL')
    await controller.start()
    await ended(second)
    expect((await view(first)).StandardOutputContent).toBe('one\n')
    expect((await view(second)).StandardOutputContent).toBe('two\n')
    const { Commands = [] } = await controller.call('ListCommands', {})
    expect(Commands.map(({ CommandId, CompletedCount }) => [CommandId, CompletedCount])).toEqual([
      [second, 1],
      [first, 1],
    ])
  }, 60_000)
})
