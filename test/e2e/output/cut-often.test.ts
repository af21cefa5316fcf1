import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { must } from '../../host/shell.ts'
import { startAgent } from '../../rig/agent.ts'
import { startController } from '../../rig/controller.ts'
import { startProxy } from '../../rig/proxy.ts'
import { invocationEnd, readOutput, sendScript } from '../../rig/script.ts'

const KB = 1000
const BYTES = 900 * KB
const SCRIPT = `seq 1 9000000 | head -c ${BYTES}`

it('gets on over a slow line that is cut long before a segment is full', { timeout: 240_000 }, async () => {
  await using controller = await startController()
  await using proxy = await startProxy(controller.url, { bytesPerSecond: 200 * KB })
  await using agent = await startAgent(controller, { url: proxy.url })
  const before = proxy.sent
  proxy.cutAt(200 * KB, 400 * KB, 600 * KB, 800 * KB)
  const commandId = await sendScript(controller, [agent.nodeId], [SCRIPT])
  const hash = createHash('sha256')
  const sizes = await readOutput(controller, { commandId, nodeId: agent.nodeId }, (piece) => void hash.update(piece))
  expect(sizes).toEqual({ total: BYTES, dropped: 0 })
  expect(hash.digest('hex')).toBe((await must(['sh', '-c', `${SCRIPT} | sha256sum`])).slice(0, 64))
  expect(proxy.cuts).toBe(4)
  // From the beginning after each cut it would be 1.9 times its bytes.
  expect(proxy.sent - before).toBeLessThan(1.5 * BYTES)
  expect((await invocationEnd(controller, commandId, agent.nodeId)).Status).toBe('Success')
})
