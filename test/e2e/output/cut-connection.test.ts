import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { must } from '../../host/shell.ts'
import { startAgent } from '../../rig/agent.ts'
import { startController } from '../../rig/controller.ts'
import { startProxy } from '../../rig/proxy.ts'
import { invocationEnd, readOutput, readWhole, sendScript } from '../../rig/script.ts'
import { watchMemory } from './memory.ts'

const MB = 1_000_000
const BYTES = 50 * MB
// Each line differs, so that a piece in the wrong place changes the hash.
const SCRIPT = `seq 1 9000000 | head -c ${BYTES}`

it('brings 50 MB through a connection that is cut three times, in bounded memory', { timeout: 180_000 }, async () => {
  await using controller = await startController()
  await using proxy = await startProxy(controller.url)
  await using agent = await startAgent(controller, { url: proxy.url })
  // What is loaded and cached at the first command is not what output takes.
  const first = await sendScript(controller, [agent.nodeId], [`seq 1 9000000 | head -c ${4 * MB}`])
  await invocationEnd(controller, first, agent.nodeId)
  await readWhole(controller, { commandId: first, nodeId: agent.nodeId })

  using agentMemory = watchMemory(agent.program.pid)
  using controllerMemory = watchMemory(controller.program.pid)
  proxy.cutAt(8 * MB, 21 * MB, 40 * MB)
  const commandId = await sendScript(controller, [agent.nodeId], [SCRIPT])
  const hash = createHash('sha256')
  const sizes = await readOutput(controller, { commandId, nodeId: agent.nodeId }, (piece) => void hash.update(piece))
  expect(sizes).toEqual({ total: BYTES, dropped: 0 })
  const expected = (await must(['sh', '-c', `${SCRIPT} | sha256sum`])).slice(0, 64)
  expect(hash.digest('hex')).toBe(expected)
  expect(proxy.cuts).toBe(3)
  expect((await invocationEnd(controller, commandId, agent.nodeId)).Status).toBe('Success')
  expect(agentMemory.peak - agentMemory.before).toBeLessThanOrEqual(16)
  expect(controllerMemory.peak - controllerMemory.before).toBeLessThanOrEqual(32)
})
