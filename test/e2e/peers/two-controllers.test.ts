import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postgresAvailable } from '../../../packages/controller/src/db/testing/postgres.ts'
import { noteSkip } from '../../../packages/controller/src/db/testing/stores.ts'
import { readText, type TestAgent } from '../../rig/agent.ts'
import type { TestController } from '../../rig/controller.ts'
import { startAgentsOnBoth, startPeers, type TestPeers } from '../../rig/peers.ts'
import { invocationEnd, readWhole, sendScript } from '../../rig/script.ts'
import { until } from '../../rig/until.ts'

const PATIENCE_MS = 120_000

const suite = (): void => {
  let peers: TestPeers
  let first: TestController
  let second: TestController
  let agents: readonly TestAgent[] = []
  const at = (controller: TestController): TestAgent => {
    const found = agents.find(({ nodeId }) => peers.holderOf(nodeId) === controller)
    if (found === undefined) throw new Error('no node is there')
    return found
  }

  beforeAll(async () => {
    peers = await startPeers()
    ;[first, second] = peers.controllers
    agents = await startAgentsOnBoth(peers)
  }, PATIENCE_MS)
  afterAll(async () => {
    for (const agent of agents) await agent[Symbol.asyncDispose]()
    await peers[Symbol.asyncDispose]()
  }, PATIENCE_MS)

  test('nodes that know both spread over them, and each controller sees all of them as connected', async () => {
    for (const controller of peers.controllers) {
      expect(peers.holderOf(at(controller).nodeId)).toBe(controller)
      for (const { nodeId } of agents)
        expect((await controller.call('GetConnectionStatus', { Target: nodeId })).Status).toBe('connected')
    }
  })

  test('a command that is sent to one runs on the nodes of both, once, and both tell of its end', async () => {
    for (const [index, controller] of peers.controllers.entries()) {
      const ledger = join(agents[0]?.scratch ?? '', `ran-${index}`)
      const { Command } = await controller.call('SendCommand', {
        DocumentName: 'AWS-RunShellScript',
        Targets: [{ Key: 'tag:Fleet', Values: ['all'] }],
        Parameters: { commands: [`echo once >> ${ledger}`, 'echo ran'] },
      })
      const id = Command?.CommandId ?? ''
      for (const { nodeId } of agents)
        for (const reader of peers.controllers) {
          const view = await invocationEnd(reader, id, nodeId, PATIENCE_MS)
          expect([view.Status, view.StandardOutputContent]).toEqual(['Success', 'ran\n'])
        }
      expect(await readText(ledger)).toBe('once\n'.repeat(agents.length))
    }
  })

  test('with MaxConcurrency 1 a command goes through the nodes of both, one after the other', async () => {
    const ledger = join(agents[0]?.scratch ?? '', 'turns')
    const id = await sendScript(
      first,
      agents.map(({ nodeId }) => nodeId),
      [`echo start >> ${ledger}`, 'sleep 0.3', `echo end >> ${ledger}`],
      { MaxConcurrency: '1' },
    )
    for (const { nodeId } of agents)
      expect((await invocationEnd(second, id, nodeId, PATIENCE_MS)).Status).toBe('Success')
    expect((await readText(ledger)).trim().split('\n')).toEqual(agents.flatMap(() => ['start', 'end']))
  })

  test('output is read live through the controller that does not hold the link', async () => {
    const agent = at(second)
    const gate = join(agent.scratch, 'gate')
    const id = await sendScript(
      first,
      [agent.nodeId],
      ['echo begun', `while [ ! -e ${gate} ]; do sleep 0.1; done`, 'echo done'],
    )
    const question = { CommandId: id, InstanceId: agent.nodeId, Stream: 'stdout', Offset: 0, WaitSeconds: 20 } as const
    // What comes while the script still runs is nowhere but with the holder of the link.
    await until('the first line is read', async () => {
      const { Data } = await first.call('GetOutput', question)
      return Buffer.from(Data, 'base64').toString() === 'begun\n'
    })
    expect((await first.call('GetCommandInvocation', { CommandId: id, InstanceId: agent.nodeId })).Status).toBe(
      'InProgress',
    )
    await sendScript(second, [agent.nodeId], [`touch ${gate}`])
    for (const reader of peers.controllers)
      expect((await readWhole(reader, { commandId: id, nodeId: agent.nodeId })).data.toString()).toBe('begun\ndone\n')
  })

  test('output that is too large for a row is read through either', async () => {
    const agent = at(second)
    const id = await sendScript(
      first,
      [agent.nodeId],
      ['i=0; while [ $i -lt 30000 ]; do echo "line $i of many"; i=$((i+1)); done'],
    )
    const text = Array.from({ length: 30_000 }, (_, index) => `line ${index} of many\n`).join('')
    for (const reader of peers.controllers)
      expect((await readWhole(reader, { commandId: id, nodeId: agent.nodeId })).data.toString()).toBe(text)
  })

  test('a cancel at one stops the script on a node of the other', async () => {
    const agent = at(second)
    const begun = join(agent.scratch, 'begun')
    const id = await sendScript(first, [agent.nodeId], [`touch ${begun}`, 'sleep 600'])
    await until('the script runs', async () => existsSync(begun))
    await first.call('CancelCommand', { CommandId: id })
    expect((await invocationEnd(first, id, agent.nodeId, PATIENCE_MS)).Status).toBe('Cancelled')
  })

  test('nobody without the master key asks a controller about output', async () => {
    const body = JSON.stringify({ commandKey: 1, nodeKey: 1, step: 0, stream: 'stdout', offset: 0, max: 10, waitMs: 0 })
    const ask = (headers: Record<string, string>) =>
      fetch(new URL('/peer/output', first.url), { method: 'POST', body, headers }).then(({ status }) => status)
    const forged = `${'a'.repeat(16)}.${Date.now()}.${'A'.repeat(43)}`
    expect([await ask({}), await ask({ 'x-muster-passport': forged })]).toEqual([401, 401])
  })

  test('a node that is deregistered at one loses its link with the other', async () => {
    const agent = at(second)
    await first.call('DeregisterManagedInstance', { InstanceId: agent.nodeId })
    await until('the link is cut', async () => peers.holderOf(agent.nodeId) === undefined, PATIENCE_MS)
  })
}

const state = postgresAvailable()
if (state.available) describe('two controllers on one PostgreSQL', { timeout: PATIENCE_MS * 2 }, suite)
else noteSkip('two controllers on one PostgreSQL', state.reason)
