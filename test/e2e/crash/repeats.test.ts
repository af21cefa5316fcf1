import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Frame, FrameKind } from '@muster/protocol/link'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { startAgent, type TestAgent } from '../../rig/agent.ts'
import { startController, type TestController } from '../../rig/controller.ts'
import { until } from '../../rig/until.ts'
import { ofKind, startWire, type Wire } from '../../rig/wire.ts'
import { createOperator, entriesOf, note, type Operator } from './operator.ts'

let controller: TestController
let wire: Wire
let agent: TestAgent
let operator: Operator
beforeAll(async () => {
  controller = await startController()
  wire = await startWire(controller.url)
  agent = await startAgent(controller, { url: wire.url, args: ['--concurrency', '2'] })
  operator = createOperator(controller)
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
  await wire[Symbol.asyncDispose]()
  await controller[Symbol.asyncDispose]()
})
afterEach(() => wire.pass(() => 1))

const BIG = ['i=0; while [ $i -lt 5000 ]; do echo "line $i of many"; i=$((i + 1)); done']
const BIG_OUTPUT = Array.from({ length: 5000 }, (_, n) => `line ${n} of many\n`).join('')
const waitFor = (name: string): string => `until [ -e ${join(agent.scratch, name)} ]; do sleep 0.05; done`
const give = (name: string): Promise<void> => writeFile(join(agent.scratch, name), '')

const workOf = (commandId: string): Frame[] =>
  ofKind(wire.seen, 'work').filter(({ work }) => work.commandId === commandId)
/** What each receipt of this work said: whether the agent had it already. */
const receiptsOf = (frames: readonly Frame[]): readonly boolean[] => {
  const ids = new Set(ofKind(frames, 'work').map(({ work }) => work.invocationId))
  return ofKind(wire.seen, 'workReceipt').flatMap(({ workReceipt: { invocationId, known } }) =>
    ids.has(invocationId) ? [known] : [],
  )
}

/** It was run once, and what it said is whole. */
async function expectOnce(commandId: string, output: string): Promise<void> {
  expect(await operator.ended(commandId, agent.nodeId)).toMatchObject({ Status: 'Success', ResponseCode: 0 })
  expect((await operator.output(commandId, agent.nodeId))?.toString() === output).toBe(true)
  expect(await entriesOf(agent, commandId)).toEqual(['run'])
}

/** What was sent before this is with whoever it was for: a later script has gone all the way. */
async function settled(): Promise<void> {
  await operator.ended(await operator.run(agent, ['true']), agent.nodeId)
}

test('runs work once that comes again while it waits for its turn', async () => {
  const busy = await Promise.all([1, 2].map(() => operator.run(agent, [waitFor('turn')])))
  const commandId = await operator.run(agent, [...note('run'), 'echo done'])
  await until('the work is received', async () => receiptsOf(workOf(commandId)).length === 1)
  const work = workOf(commandId)
  wire.again(work)
  await until('its repeat is receipted', async () => receiptsOf(work).length === 2)
  await give('turn')
  for (const id of busy) await operator.ended(id, agent.nodeId)
  await expectOnce(commandId, 'done\n')
  await settled()
  expect(await entriesOf(agent, commandId)).toEqual(['run'])
})

test('runs each of many once though its work comes again at the moment of its receipt', async () => {
  const repeated = new Set<string>()
  wire.pass((frame) => {
    if (frame.kind !== 'workReceipt' || repeated.has(frame.workReceipt.invocationId)) return 1
    const { invocationId } = frame.workReceipt
    repeated.add(invocationId)
    wire.again(ofKind(wire.seen, 'work').filter(({ work }) => work.invocationId === invocationId))
    return 1
  })
  const commands: string[] = []
  for (let n = 0; n < 40; n++) commands.push(await operator.run(agent, note('run')))
  for (const id of commands) await operator.ended(id, agent.nodeId)
  await settled()
  for (const id of commands) expect(await entriesOf(agent, id)).toEqual(['run'])
  expect(repeated.size).toBeGreaterThanOrEqual(commands.length)
})

test('runs work once that comes again while it runs, after its end, and in a later life of the agent', async () => {
  const commandId = await operator.run(agent, [...note('run'), waitFor('end'), 'echo done'])
  await until('it runs', async () => (await entriesOf(agent, commandId)).length === 1)
  const work = workOf(commandId)
  const repeat = async (receipts: number): Promise<void> => {
    wire.again(work)
    await until('its repeat is receipted', async () => receiptsOf(work).length === receipts)
  }
  await repeat(2)
  await give('end')
  await expectOnce(commandId, 'done\n')
  await repeat(3)
  await agent.stop('SIGKILL')
  agent.start()
  await settled()
  await repeat(4)
  await settled()
  await expectOnce(commandId, 'done\n')
  expect(receiptsOf(work)).toEqual([false, true, true, true])
})

const TWICE: readonly FrameKind[] = [
  'work',
  'workReceipt',
  'record',
  'recordReceipt',
  'output',
  'outputReceipt',
  'heartbeat',
  'heartbeatAnswer',
]
test.each([...TWICE, 'every one of these'])(
  'tells one run and its whole output though %s comes twice',
  async (kind) => {
    wire.pass((frame) =>
      frame.kind === kind || (TWICE.includes(frame.kind) && !TWICE.includes(kind as FrameKind)) ? 2 : 1,
    )
    const commandId = await operator.run(agent, [...note('run'), ...BIG])
    await expectOnce(commandId, BIG_OUTPUT)
  },
)

test.each<FrameKind>(['work', 'workReceipt', 'record', 'recordReceipt', 'output', 'outputReceipt'])(
  'tells one run and its whole output though the connection breaks over %s',
  async (kind) => {
    let cut = false
    wire.pass((frame) => {
      if (cut || frame.kind !== kind) return 1
      cut = true
      return 'cut'
    })
    const commandId = await operator.run(agent, [...note('run'), ...BIG])
    await expectOnce(commandId, BIG_OUTPUT)
    await until('the connection broke', async () => cut)
  },
)

test('holds nothing any more when the receipts of old results come late and again', async () => {
  const commandId = await operator.run(agent, [...note('run'), 'echo done'])
  await expectOnce(commandId, 'done\n')
  const receipts = ofKind(wire.seen, 'recordReceipt')
  wire.again(receipts)
  await settled()
  await agent.stop('SIGKILL')
  agent.start()
  await settled()
  wire.again(receipts)
  await settled()
  expect(ofKind(wire.seen, 'hello').at(-1)?.hello.holding).toEqual([])
  await expectOnce(commandId, 'done\n')
})
