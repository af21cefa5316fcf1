import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createNetwork } from '../host/network.ts'
import { readText, startAgent } from '../rig/agent.ts'
import { startController } from '../rig/controller.ts'
import { until } from '../rig/until.ts'

it('both ends notice a wire that is gone without a word, and meet again on a new one', {
  timeout: 600_000,
}, async () => {
  await using network = await createNetwork('musterh', '10.213.80')
  await using controller = await startController({
    listen: ['http://127.0.0.1:0', `http://${network.near}:0`],
    args: ['--allow-plain-http'],
  })
  const url = controller.urls.find((one) => one.includes(network.near)) ?? ''
  await using agent = await startAgent(controller, { url, within: ['ip', 'netns', 'exec', 'musterh'] })
  const ping = async (): Promise<string | undefined> => {
    const { InstanceInformationList: [node] = [] } = await controller.call('DescribeInstanceInformation', {})
    return node?.PingStatus
  }
  const says = async (state: string): Promise<boolean> =>
    (await readText(join(agent.data, 'status.json'))).includes(`"${state}"`)
  expect(await ping()).toBe('Online')
  await network.setLink(false)
  await until('the controller has noticed', async () => (await ping()) === 'ConnectionLost', 240_000)
  await until('the agent has noticed', async () => !(await says('online')), 240_000)
  await network.setLink(true)
  await until('they have met again', async () => (await ping()) === 'Online' && (await says('online')), 240_000)
})
