import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { startAgent } from '../../rig/agent.ts'
import { startController } from '../../rig/controller.ts'
import { identityOf } from '../../rig/quarantine.ts'
import { until } from '../../rig/until.ts'

const KILLS = 50

it(`${KILLS} kills around a change of generation raise no false alarm`, { timeout: 900_000 }, async () => {
  await using controller = await startController()
  await using agent = await startAgent(controller)
  const { call } = controller
  const lastLogin = async (): Promise<number> => {
    const { Machines } = await identityOf(controller, agent.nodeId)
    return Number(Machines[0]?.LastLoginDate ?? 0)
  }
  for (let kill = 0; kill < KILLS; kill++) {
    const before = await lastLogin()
    await agent.stop('SIGKILL')
    agent.start()
    // The change happens within milliseconds of the login; half of the kills come a moment after it is seen.
    await until('it has logged in', async () => (await lastLogin()) > before)
    if (kill % 2 === 1) await delay(kill)
  }
  await until('the node is connected', async () => {
    const { Status } = await call('GetConnectionStatus', { Target: agent.nodeId })
    return Status === 'connected'
  })
  const identity = await identityOf(controller, agent.nodeId)
  expect([identity.Standing, identity.Machines.length]).toEqual(['Good', 1])
  expect(identity.Machines[0]?.Generation).toBeGreaterThan(KILLS / 4)
})
