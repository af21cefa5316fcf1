import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { postgresAvailable } from '../../../packages/controller/src/db/testing/postgres.ts'
import { noteSkip } from '../../../packages/controller/src/db/testing/stores.ts'
import { readText, type TestAgent } from '../../rig/agent.ts'
import type { TestController } from '../../rig/controller.ts'
import { startAgentsOnBoth, startPeers, type TestPeers } from '../../rig/peers.ts'
import { invocationEnd, readWhole, sendScript } from '../../rig/script.ts'
import { until } from '../../rig/until.ts'

// Leases of 15 s and an agent's silence of 75 s are part of what is waited for.
const PATIENCE_MS = 240_000

const suite = (): void => {
  let peers: TestPeers
  let first: TestController
  let second: TestController
  let agents: readonly TestAgent[]

  beforeEach(async () => {
    peers = await startPeers()
    ;[first, second] = peers.controllers
    agents = await startAgentsOnBoth(peers)
  }, PATIENCE_MS)
  afterEach(async () => {
    for (const agent of agents) await agent[Symbol.asyncDispose]()
    await peers[Symbol.asyncDispose]()
  }, PATIENCE_MS)

  const nodesOf = (controller: TestController) =>
    agents.filter(({ nodeId }) => peers.holderOf(nodeId) === controller).map(({ nodeId }) => nodeId)
  const ledgerOf = (name: string) => join(agents[0]?.scratch ?? '', name)
  const everyone = () => agents.map(({ nodeId }) => nodeId)
  /** Each run leaves a line before it does anything and one when it is done. */
  const sendCounted = (controller: TestController, name: string, seconds: number) =>
    sendScript(controller, everyone(), [
      `echo begin >> ${ledgerOf(name)}`,
      `i=0; while [ $i -lt ${seconds * 10} ]; do echo "$i"; i=$((i+1)); sleep 0.1; done`,
      `echo end >> ${ledgerOf(name)}`,
    ])
  const expectOnceEach = async (reader: TestController, name: string, commandId: string) => {
    for (const nodeId of everyone())
      expect((await invocationEnd(reader, commandId, nodeId, PATIENCE_MS)).Status).toBe('Success')
    const lines = (await readText(ledgerOf(name))).trim().split('\n').sort()
    expect(lines).toEqual([...agents.map(() => 'begin'), ...agents.map(() => 'end')])
  }

  test('when one is killed its nodes move, and what it had begun ends once on every node', async () => {
    const moving = nodesOf(first)
    const sent = await sendCounted(first, 'sent-before', 4)
    const others = await sendCounted(second, 'sent-by-the-other', 4)
    await until(
      'it runs everywhere',
      async () => (await readText(ledgerOf('sent-before'))).split('\n').length > agents.length,
    )
    await first.stop('SIGKILL')
    const after = await sendCounted(second, 'sent-after', 1)
    await expectOnceEach(second, 'sent-before', sent)
    await expectOnceEach(second, 'sent-by-the-other', others)
    await expectOnceEach(second, 'sent-after', after)
    const text = Array.from({ length: 40 }, (_, index) => `${index}\n`).join('')
    for (const nodeId of moving) {
      expect(peers.holderOf(nodeId)).toBe(second)
      expect((await readWhole(second, { commandId: sent, nodeId })).data.toString()).toBe(text)
    }
  })

  test('one that was killed comes back, and both serve again', async () => {
    await first.stop('SIGKILL')
    await until('all nodes are at the other one', async () => nodesOf(second).length === agents.length, PATIENCE_MS)
    await first.start()
    const id = await sendCounted(first, 'through-the-new-one', 1)
    await expectOnceEach(first, 'through-the-new-one', id)
  })

  test('one that stood still loses its lease, sends its nodes away and doubles nothing', async () => {
    const [moving = ''] = nodesOf(first)
    const id = await sendCounted(second, 'while-it-stood', 4)
    await until(
      'it runs everywhere',
      async () => (await readText(ledgerOf('while-it-stood'))).split('\n').length > agents.length,
    )
    first.program.kill('SIGSTOP')
    try {
      const isGone = async () =>
        (await second.call('GetConnectionStatus', { Target: moving })).Status === 'notconnected'
      await until('the other one has noticed', isGone, PATIENCE_MS)
    } finally {
      first.program.kill('SIGCONT')
    }
    await until('its nodes are elsewhere', async () => peers.holderOf(moving) === second, PATIENCE_MS)
    await expectOnceEach(second, 'while-it-stood', id)
    expect(first.program.log.some((line) => line.includes('peers: lease lost'))).toBe(true)
    // It has a new lease by and by, and is as good as before.
    await until('it serves again', async () => (await sendCounted(first, 'again', 0)) !== '', PATIENCE_MS)
  })
}

const state = postgresAvailable()
if (state.available) describe('one of two controllers', { timeout: PATIENCE_MS * 2 }, suite)
else noteSkip('one of two controllers', state.reason)
