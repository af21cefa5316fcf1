import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { must } from '../../host/shell.ts'
import { startAgent } from '../../rig/agent.ts'
import { startController } from '../../rig/controller.ts'
import { invocationEnd, readOutput, readWhole, sendScript } from '../../rig/script.ts'
import { until } from '../../rig/until.ts'

const MB = 1_000_000

it('loses nothing of the output when the controller is killed while it streams (F18)', {
  timeout: 120_000,
}, async () => {
  await using controller = await startController()
  await using agent = await startAgent(controller)
  const script = `seq 1 9000000 | head -c ${30 * MB}`
  // The second half waits, so that the kills hit a stream that is open and partly sealed.
  const commandId = await sendScript(
    controller,
    [agent.nodeId],
    [`seq 1 9000000 | head -c ${15 * MB}`, `until [ -e ${agent.scratch}/go ]; do sleep 0.05; done`, script],
  )
  const choice = { commandId, nodeId: agent.nodeId }
  const total = async (): Promise<number> =>
    (await controller.call('GetOutput', { CommandId: commandId, InstanceId: agent.nodeId, Stream: 'stdout' }))
      .TotalBytes
  await until('some segments are sealed and some output is not', async () => (await total()) > 6 * MB)
  await controller.stop('SIGKILL')
  // Dies once more in the worst moment: a segment is stored and no row names it.
  await controller.start({ MUSTER_FAILPOINTS: 'segment-stored:kill' })
  await must(['touch', `${agent.scratch}/go`])
  expect(await controller.program.exited).toBe(128 + 9)
  await controller.start()

  const hash = createHash('sha256')
  const sizes = await readOutput(controller, choice, (piece) => void hash.update(piece))
  expect(sizes).toEqual({ total: 45 * MB, dropped: 0 })
  const both = `seq 1 9000000 | head -c ${15 * MB}; ${script}`
  expect(hash.digest('hex')).toBe((await must(['sh', '-c', `{ ${both}; } | sha256sum`])).slice(0, 64))
  expect((await invocationEnd(controller, commandId, agent.nodeId)).Status).toBe('Success')
})

it('serves complete output again after a restart, small and large', { timeout: 60_000 }, async () => {
  await using controller = await startController()
  await using agent = await startAgent(controller)
  const send = (script: string): Promise<string> => sendScript(controller, [agent.nodeId], [script])
  const [small, large] = await Promise.all([send('printf small'), send('seq 1 100000')])
  const read = async () => {
    const texts: string[] = []
    for (const commandId of [small, large])
      texts.push((await readWhole(controller, { commandId, nodeId: agent.nodeId })).data.toString())
    return texts
  }
  const before = await read()
  await controller.stop('SIGKILL')
  await controller.start()
  expect(await read()).toEqual(before)
  expect(before).toEqual(['small', `${Array.from({ length: 100_000 }, (_, index) => index + 1).join('\n')}\n`])
})
