import { expect, it } from 'vitest'
import { readText, startAgent } from '../../rig/agent.ts'
import { startController } from '../../rig/controller.ts'
import { invocationEnd, sendScript } from '../../rig/script.ts'

const KILLED = 128 + 9

it('reports a command Failed that twice ended the agent while it was read, and the agent lives (F53)', {
  timeout: 180_000,
}, async () => {
  await using controller = await startController()
  await using agent = await startAgent(controller)
  const { nodeId, scratch } = agent
  await agent.stop('SIGTERM')
  const commandId = await sendScript(controller, [nodeId], [`echo ran >>${scratch}/ledger`])
  for (let life = 0; life < 2; life++) {
    agent.start({ MUSTER_FAILPOINTS: 'while-reading:kill' })
    expect(await agent.program.exited).toBe(KILLED)
  }
  // In its third life it would die again, if it read that command again.
  agent.start({ MUSTER_FAILPOINTS: 'while-reading:kill' })
  const end = await invocationEnd(controller, commandId, nodeId)
  expect(end).toMatchObject({ Status: 'Failed', StatusDetails: 'Failed', ResponseCode: -1 })
  const { Sentence } = await controller.call('Explain', {
    Subject: { Type: 'Invocation', Id: commandId, InstanceId: nodeId },
  })
  expect(Sentence).toBe('The node refused the work: poison: the agent stopped 2 times while reading it.')
  expect(await readText(`${scratch}/ledger`)).toBe('')

  await agent.stop('SIGTERM')
  agent.start()
  const next = await sendScript(controller, [nodeId], ['echo alive'])
  expect((await invocationEnd(controller, next, nodeId)).StandardOutputContent).toBe('alive\n')
})
