import { expect, it } from 'vitest'
import { startAgent } from '../../rig/agent.ts'
import { startController } from '../../rig/controller.ts'
import { until } from '../../rig/until.ts'

const COMMANDS = 60
/** Together far more than what may wait for one node. */
const PADDING = `# ${'x'.repeat(90_000)}`

it('a node that reads nothing holds nobody up, and does its work when it reads again', async () => {
  await using controller = await startController()
  await using stopped = await startAgent(controller)
  await using other = await startAgent(controller)
  const sent: string[] = []
  const open = async (nodeId: string): Promise<number> => {
    let waiting = 0
    for (const CommandId of sent) {
      const { Status } = await controller.call('GetCommandInvocation', { CommandId, InstanceId: nodeId })
      if (Status !== 'Success') waiting += 1
    }
    return waiting
  }
  stopped.program.kill('SIGSTOP')
  // Whatever fails below: a process that is stopped does not end when it is told to.
  using _goesOn = { [Symbol.dispose]: () => stopped.program.kill('SIGCONT') }
  for (let index = 0; index < COMMANDS; index++) {
    const { Command } = await controller.call('SendCommand', {
      DocumentName: 'AWS-RunShellScript',
      InstanceIds: [stopped.nodeId, other.nodeId],
      Parameters: { commands: ['true', PADDING] },
      TimeoutSeconds: 3600,
    })
    sent.push(Command?.CommandId ?? '')
  }
  await until('the other node has done all', async () => (await open(other.nodeId)) === 0, 240_000)
  expect(await open(stopped.nodeId)).toBe(COMMANDS)
  stopped.program.kill('SIGCONT')
  await until('the stopped one has done all', async () => (await open(stopped.nodeId)) === 0, 240_000)
}, 600_000)
