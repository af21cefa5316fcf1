import { afterAll, beforeAll, expect, it } from 'vitest'
import { createNetwork, type HostNetwork } from '../host/network.ts'
import { startAgent, type TestAgent } from '../rig/agent.ts'
import { startController, type TestController } from '../rig/controller.ts'
import { startCopy } from '../rig/copied-agent.ts'
import { identityOf, nodeIs } from '../rig/quarantine.ts'
import { until } from '../rig/until.ts'

const stack = new AsyncDisposableStack()
let network: HostNetwork
let controller: TestController
let agent: TestAgent

beforeAll(async () => {
  network = stack.use(await createNetwork('musterc', '10.213.79'))
  controller = stack.use(
    await startController({
      listen: ['http://127.0.0.1:0', `http://${network.near}:0`],
      args: ['--allow-plain-http'],
    }),
  )
  const url = controller.urls.find((one) => one.includes(network.near)) ?? ''
  agent = stack.use(await startAgent(controller, { url }))
}, 120_000)
afterAll(() => stack.disposeAsync(), 60_000)

it('an agent on a copied state folder in another network is found out by its own address', async () => {
  await using _copy = await startCopy(agent, ['ip', 'netns', 'exec', 'musterc'])
  await nodeIs(controller, agent.nodeId, 'Quarantined')
  await until('both machines are held', async () => {
    const { Machines } = await identityOf(controller, agent.nodeId)
    return Machines.length === 2 && Machines.every(({ Standing }) => Standing === 'Held')
  })
  const { Machines } = await identityOf(controller, agent.nodeId)
  expect(Machines.map(({ SourceAddress }) => SourceAddress.replace('::ffff:', ''))).toEqual([network.near, network.far])
})
