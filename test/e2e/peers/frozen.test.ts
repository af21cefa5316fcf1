import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgresAvailable } from '../../../packages/controller/src/db/testing/postgres.ts'
import { noteSkip } from '../../../packages/controller/src/db/testing/stores.ts'
import { startAgentsOnBoth, startPeers, type TestPeers } from '../../rig/peers.ts'
import { until } from '../../rig/until.ts'

const PATIENCE_MS = 120_000

const suite = (): void => {
  let peers: TestPeers
  let agents: Awaited<ReturnType<typeof startAgentsOnBoth>>

  beforeAll(async () => {
    peers = await startPeers({ MUSTER_FAILPOINTS: 'send-command-accepting:freeze' })
    agents = await startAgentsOnBoth(peers)
  }, PATIENCE_MS)
  afterAll(async () => {
    for (const agent of agents) await agent[Symbol.asyncDispose]()
    await peers[Symbol.asyncDispose]()
  }, PATIENCE_MS)

  test('a controller that stood still in the middle of a transaction until its lease was gone commits nothing of it', async () => {
    const [first, second] = peers.controllers
    const held = agents.find(({ nodeId }) => peers.holderOf(nodeId) === first)?.nodeId ?? ''
    const answer = first
      .call('SendCommand', {
        DocumentName: 'AWS-RunShellScript',
        InstanceIds: [held],
        Parameters: { commands: ['true'] },
      })
      .then(
        () => 'accepted',
        () => 'refused',
      )
    const isGone = async () => (await second.call('GetConnectionStatus', { Target: held })).Status === 'notconnected'
    await until('the other one has noticed', isGone, PATIENCE_MS)
    first.program.kill('SIGCONT')
    const answered = await answer
    // On a machine that is slow enough the transaction is run again under the lease that follows.
    const isAnew = first.program.log.some((line) => line.includes('peers: lease taken'))
    const { Commands = [] } = await second.call('ListCommands', {})
    expect([answered, Commands.length]).toEqual(isAnew && answered === 'accepted' ? ['accepted', 1] : ['refused', 0])
  })
}

const state = postgresAvailable()
if (state.available) describe('a frozen controller', { timeout: PATIENCE_MS * 2 }, suite)
else noteSkip('a frozen controller', state.reason)
