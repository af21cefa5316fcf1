import { verifyRunProof } from '@muster/protocol/delivery'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startAgent, type TestAgent } from '../../rig/agent.ts'
import { startConnectProxy } from '../../rig/connect-proxy.ts'
import { startController, type TestController } from '../../rig/controller.ts'
import { identityOf } from '../../rig/quarantine.ts'
import { invocationEnd, sendScript } from '../../rig/script.ts'
import { until } from '../../rig/until.ts'

// One story: each test goes on from where the one before left it.
const stack = new AsyncDisposableStack()
let controller: TestController
let agent: TestAgent
let before = ''

const runs = async (): Promise<string> => {
  const commandId = await sendScript(controller, [agent.nodeId], ['true'])
  expect((await invocationEnd(controller, commandId, agent.nodeId)).Status).toBe('Success')
  return commandId
}
const bytes = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'))

async function keyOfProof(CommandId: string): Promise<string> {
  const proof = await controller.call('GetRunProof', { CommandId, InstanceId: agent.nodeId })
  const { ok } = verifyRunProof({
    record: bytes(proof.Record),
    signature: bytes(proof.Signature),
    publicKey: bytes(proof.PublicKey),
    nodeId: agent.nodeId,
    envelope: bytes(proof.Envelope),
  })
  return ok ? proof.PublicKey : 'not verified'
}

beforeAll(async () => {
  controller = stack.use(await startController())
  agent = stack.use(await startAgent(controller))
  before = await runs()
})
afterAll(() => stack.disposeAsync())

it('a node has a new key when it was asked for one, and works on', async () => {
  const { KeySha256 } = await identityOf(controller, agent.nodeId)
  await controller.call('RotateNodeKey', { InstanceId: agent.nodeId })
  await until('the node has logged in with another key', async () => {
    const identity = await identityOf(controller, agent.nodeId)
    return identity.KeySha256 !== KeySha256 && identity.RotationRequestedDate === undefined
  })
  await agent.online()
  const after = await runs()
  const [earlier, later] = [await keyOfProof(before), await keyOfProof(after)]
  expect([earlier, later]).not.toContain('not verified')
  expect(earlier).not.toBe(later)
})

it('the new key is the one that it starts with', async () => {
  await agent.stop('SIGKILL')
  agent.start()
  await agent.online()
  await runs()
})

it('an agent finds its controller by the proxy of its environment', async () => {
  await using proxy = await startConnectProxy()
  await agent.stop('SIGTERM')
  agent.start({ HTTP_PROXY: proxy.url })
  await until('it has gone by the proxy', async () => proxy.asked.length > 0)
  await agent.online()
  await runs()
  await agent.stop('SIGTERM')
  agent.start()
  await agent.online()
})

it('a node that is deregistered stops at once, says why, and does not start again', async () => {
  await controller.call('DeregisterManagedInstance', { InstanceId: agent.nodeId })
  for (const times of ['when it is cut', 'at its next start']) {
    expect(await agent.program.exited, times).toBe(78)
    expect(agent.program.log.join('\n'), times).toMatch(/muster-agent: .*[Tt]he node (is|was) deregistered/)
    agent.start()
  }
  expect(await agent.program.exited).toBe(78)
})
