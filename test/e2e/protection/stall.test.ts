import { expect, it } from 'vitest'
import { startAgent } from '../../rig/agent.ts'
import { startController } from '../../rig/controller.ts'
import { until } from '../../rig/until.ts'

it('a controller that stands still for five seconds says so, answers, and loses no node', async () => {
  await using controller = await startController({ env: { MUSTER_FAILPOINTS: 'send-command-accepting:stall' } })
  await using agent = await startAgent(controller)
  const { Command } = await controller.call('SendCommand', {
    DocumentName: 'AWS-RunShellScript',
    InstanceIds: [agent.nodeId],
    Parameters: { commands: ['echo on'] },
  })
  const CommandId = Command?.CommandId ?? ''
  await until('the command ends', async () => {
    const { Status } = await controller.call('GetCommandInvocation', { CommandId, InstanceId: agent.nodeId })
    return Status === 'Success'
  })
  const stalls = controller.program.log.filter((line) => line.includes('the event loop stood still'))
  expect(stalls).not.toEqual([])
  expect(controller.program.log.filter((line) => line.includes('link ends'))).toEqual([])
  const { Status } = await controller.call('GetConnectionStatus', { Target: agent.nodeId })
  expect(Status).toBe('connected')
}, 180_000)
