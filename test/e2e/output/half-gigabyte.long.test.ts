import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { must } from '../../host/shell.ts'
import { startAgent } from '../../rig/agent.ts'
import { startController } from '../../rig/controller.ts'
import { startProxy } from '../../rig/proxy.ts'
import { invocationEnd, readOutput, readWhole, sendScript } from '../../rig/script.ts'
import { watchMemory } from './memory.ts'

const MB = 1_000_000
const BYTES = 500 * MB
// Each line differs, so that a piece in the wrong place changes the hash.
const SCRIPT = `seq 1 90000000 | head -c ${BYTES}`
const LONG_MS = 900_000

it('brings 500 MB at full speed through a connection that is cut five times, byte for byte, in bounded memory (F33)', {
  timeout: LONG_MS,
}, async () => {
  await using controller = await startController()
  await using proxy = await startProxy(controller.url)
  await using agent = await startAgent(controller, { url: proxy.url })
  const { nodeId } = agent
  // What is loaded and cached at the first command is not what output takes.
  const first = await sendScript(controller, [nodeId], [`seq 1 9000000 | head -c ${8 * MB}`])
  await invocationEnd(controller, first, nodeId)
  await readWhole(controller, { commandId: first, nodeId })

  using agentMemory = watchMemory(agent.program.pid)
  using controllerMemory = watchMemory(controller.program.pid)
  proxy.cutAt(30 * MB, 110 * MB, 200 * MB, 333 * MB, 490 * MB)
  const commandId = await sendScript(controller, [nodeId], [SCRIPT])
  const hash = createHash('sha256')
  const sizes = await readOutput(controller, { commandId, nodeId }, (piece) => void hash.update(piece), LONG_MS)
  expect(sizes).toEqual({ total: BYTES, dropped: 0 })
  const expected = (await must(['sh', '-c', `${SCRIPT} | sha256sum`], { timeoutMs: LONG_MS })).slice(0, 64)
  expect(hash.digest('hex')).toBe(expected)
  expect(proxy.cuts).toBe(5)
  expect((await invocationEnd(controller, commandId, nodeId)).Status).toBe('Success')
  expect(agentMemory.peak - agentMemory.before).toBeLessThanOrEqual(16)
  expect(controllerMemory.peak - controllerMemory.before).toBeLessThanOrEqual(32)
})
