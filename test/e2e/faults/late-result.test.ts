import { writeFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { readText, startAgent } from '../../rig/agent.ts'
import { startController } from '../../rig/controller.ts'
import { invocationEnd, readWhole, sendScript } from '../../rig/script.ts'
import { until } from '../../rig/until.ts'

const LONG_MS = 300_000
const LINES = 100_000

it('keeps a result that comes after its command was given up: the status stays, what ran can be read (F62)', {
  timeout: LONG_MS,
}, async () => {
  await using controller = await startController()
  await using agent = await startAgent(controller)
  const { nodeId, scratch } = agent
  const send = (script: string) =>
    sendScript(
      controller,
      [nodeId],
      [`until [ -e ${scratch}/go ]; do sleep 0.1; done`, script, `echo ended >>${scratch}/ended`],
      // Given up when it is silent a minute after it was sent.
      { TimeoutSeconds: 30, executionTimeout: 30 },
    )
  const codesOf = async (commandId: string) => {
    const { Decisions } = await controller.call('Explain', {
      Subject: { Type: 'Invocation', Id: commandId, InstanceId: nodeId },
    })
    return Decisions.filter(({ Result }) => Result !== 'NotReached').map(({ Code }) => Code)
  }
  const both = await Promise.all([send('echo small'), send(`seq 1 ${LINES}`)])
  for (const commandId of both)
    await until('its start is known', async () => (await codesOf(commandId)).includes('Started'))
  await agent.stop('SIGKILL')
  await writeFile(`${scratch}/go`, '')
  await until('both scripts have ended', async () => (await readText(`${scratch}/ended`)) === 'ended\nended\n')

  const givenUp = { Status: 'TimedOut', StatusDetails: 'DeliveryTimedOut' }
  for (const commandId of both)
    expect(await invocationEnd(controller, commandId, nodeId, LONG_MS)).toMatchObject(givenUp)
  agent.start()
  for (const commandId of both) {
    await until('its late result is shown', async () => (await codesOf(commandId)).includes('LateResult'))
    expect((await codesOf(commandId)).slice(-2)).toEqual(['SilentPastExpiry', 'LateResult'])
    expect(await invocationEnd(controller, commandId, nodeId)).toMatchObject(givenUp)
  }
  const [small, large] = await Promise.all(both.map((commandId) => readWhole(controller, { commandId, nodeId })))
  expect(small?.data.toString()).toBe('small\n')
  expect(large?.data.toString()).toBe(Array.from({ length: LINES }, (_, index) => `${index + 1}\n`).join(''))
})
