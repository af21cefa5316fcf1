import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readText, startAgent, type TestAgent } from '../../rig/agent.ts'
import { startController, type TestController } from '../../rig/controller.ts'
import { type CopiedAgent, startCopy } from '../../rig/copied-agent.ts'
import { identityOf, nodeIs } from '../../rig/quarantine.ts'
import { invocationEnd, sendScript } from '../../rig/script.ts'
import { until } from '../../rig/until.ts'

// One story: each test goes on from where the one before left it.
const stack = new AsyncDisposableStack()
let controller: TestController
let agent: TestAgent
let copy: CopiedAgent
let running = ''
let queued = ''
let later = ''

const ledger = (name: string): Promise<string> => readText(join(agent.scratch, name))
const starts = async (name: string): Promise<number> => (await ledger(name)).split('\n').filter(Boolean).length
const script = (name: string): string[] => [`echo $$ >>${join(agent.scratch, name)}`]
const explain = async (Id: string): Promise<string> =>
  (await controller.call('Explain', { Subject: { Type: 'Invocation', Id, InstanceId: agent.nodeId } })).Sentence

beforeAll(async () => {
  controller = stack.use(await startController())
  agent = stack.use(await startAgent(controller, { args: ['--concurrency', '1'] }))
  const go = join(agent.scratch, 'go')
  running = await sendScript(
    controller,
    [agent.nodeId],
    [...script('running'), `while [ ! -e ${go} ]; do sleep 0.1; done`],
  )
  await until('the first script runs', async () => (await starts('running')) === 1)
  queued = await sendScript(controller, [agent.nodeId], script('queued'))
  await until('the second one is in the journal', async () => (await explain(queued)).includes('journal'))
})
afterAll(() => stack.disposeAsync())

it('a copied state folder that is started puts the node into quarantine', async () => {
  copy = stack.use(await startCopy(agent))
  await nodeIs(controller, agent.nodeId, 'Quarantined')
  await until('both machines are held', async () => {
    const { Machines } = await identityOf(controller, agent.nodeId)
    return Machines.length === 2 && Machines.every(({ Standing }) => Standing === 'Held')
  })
})

it('both agents say so where their operators look', async () => {
  for (const { data } of [agent, copy])
    await until('its status file says quarantined', async () =>
      (await readText(join(data, 'status.json'))).includes('"quarantined"'),
    )
})

it('a command to the node stays Pending, and the reason is told', async () => {
  later = await sendScript(controller, [agent.nodeId], script('later'))
  const invocation = await controller.call('GetCommandInvocation', { CommandId: later, InstanceId: agent.nodeId })
  expect(invocation.Status).toBe('Pending')
  expect(await explain(later)).toMatch(/^Two machines use the identity of the node \((TwoMachines|OlderGeneration)\)/)
})

it('what had been handed to the node and not started is started on neither machine', async () => {
  await writeFile(join(agent.scratch, 'go'), '')
  // The script's end frees the only place: what waits would begin now.
  await until('the result is in the journal of the machine that ran it', async () => {
    const text = await readText(join(agent.data, 'status.json'))
    return text.includes('"quarantined"') && (await starts('running')) === 1
  })
  expect([await starts('queued'), await starts('later')]).toEqual([0, 0])
})

it('the operator’s word lets one machine go on; nothing has run twice', async () => {
  await controller.call('ReleaseNode', { InstanceId: agent.nodeId, Machine: 1 })
  const [first, second, third] = [
    await invocationEnd(controller, running, agent.nodeId),
    await invocationEnd(controller, queued, agent.nodeId),
    await invocationEnd(controller, later, agent.nodeId),
  ]
  expect([first.Status, second.Status, third.Status]).toEqual(['Success', 'Failed', 'Success'])
  expect([await starts('running'), await starts('queued'), await starts('later')]).toEqual([1, 0, 1])
  expect(await explain(queued)).toBe(
    'Two machines had this work, so the node does not start what of it had not started.',
  )
})

it('the other machine stops for good and says what to do', async () => {
  expect(await copy.program.exited).toBe(78)
  expect(copy.program.log.join('\n')).toContain('register this host again with --force')
})

it('the machine that goes on keeps its right over a restart', async () => {
  await agent.stop('SIGKILL')
  agent.start()
  await agent.online()
  expect((await identityOf(controller, agent.nodeId)).Standing).toBe('Good')
})
