import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startAgent, type TestAgent } from '../../rig/agent.ts'
import { startController, type TestController } from '../../rig/controller.ts'
import { until } from '../../rig/until.ts'
import { createOperator, entriesOf, note, type Operator } from '../crash/operator.ts'
import { killTree, treeOf } from '../crash/process-tree.ts'

let controller: TestController
let agent: TestAgent
let operator: Operator
beforeAll(async () => {
  controller = await startController()
  agent = await startAgent(controller, { args: ['--concurrency', '1'] })
  operator = createOperator(controller)
})
afterAll(async () => {
  await killTree(agent)
  await agent[Symbol.asyncDispose]()
  await controller[Symbol.asyncDispose]()
})

const folder = (): string => join(agent.data, 'journal')
const segments = async (): Promise<string[]> =>
  (await readdir(folder())).filter((name) => name.startsWith('journal-')).sort()
const setAside = async (): Promise<number> =>
  (await readdir(folder())).filter((name) => name.startsWith('damaged-')).length
const attemptOf = async (): Promise<string> => {
  const folders = (await readdir(join(agent.data, 'attempts'))).map((token) => join(agent.data, 'attempts', token))
  return folders.find((attempt) => existsSync(join(attempt, 'pids'))) ?? ''
}
const received = (commandId: string): Promise<void> =>
  until('the agent has it', async () => (await operator.view(commandId, agent.nodeId)).Status === 'InProgress')
const lost = { Status: 'Failed', StatusDetails: 'Failed', ResponseCode: -1 }

/** Turns one bit in the newest record that holds this text. */
async function flip(text: string): Promise<void> {
  for (const name of (await segments()).toReversed()) {
    const bytes = await readFile(join(folder(), name))
    const at = bytes.lastIndexOf(text)
    if (at < 0) continue
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
    return writeFile(join(folder(), name), bytes)
  }
  throw new Error(`no record holds ${text}`)
}
const receivedEntry = (commandId: string): string => `"commandId":"${commandId}","deliverBy"`

interface Stand {
  readonly running: string
  readonly waiting: readonly string[]
  finish(): Promise<void>
}

/** One script that runs and two that wait for its place, on an agent that is then killed. */
async function standStill(name: string): Promise<Stand> {
  const go = join(agent.scratch, name)
  const running = await operator.run(agent, [...note('run'), `until [ -e ${go} ]; do sleep 0.05; done`, 'echo done'])
  await until('the script runs', async () => (await entriesOf(agent, running)).length === 1)
  const waiting: string[] = []
  for (let n = 0; n < 2; n++) {
    waiting.push(await operator.run(agent, [...note('run'), 'echo waited']))
    await received(waiting[n] ?? '')
  }
  await agent.stop('SIGKILL')
  return { running, waiting, finish: () => writeFile(go, '') }
}

async function expectUnknown(commandId: string): Promise<void> {
  const end = await operator.ended(commandId, agent.nodeId)
  expect(end).toMatchObject(lost)
  expect(end.StandardErrorContent).toMatch(/^muster: JournalDamaged: /)
}

/** The agent is of use: it takes and runs what comes next. */
async function expectAtWork(): Promise<void> {
  const next = await operator.run(agent, [...note('run'), 'echo next'])
  expect(await operator.ended(next, agent.nodeId)).toMatchObject({ Status: 'Success' })
}

test('tells what it still knows of a damaged segment, calls the rest interrupted, and keeps the segment', async () => {
  const { running, waiting, finish } = await standStill('known')
  const before = await setAside()
  await flip(receivedEntry(waiting[0] ?? ''))
  agent.start()
  // The one whose record is gone and the one beside it; neither waits for its expiry.
  await agent.online()
  for (const id of waiting) expect(await entriesOf(agent, id)).toEqual([])
  await finish()
  expect(await operator.ended(running, agent.nodeId)).toMatchObject({
    Status: 'Success',
    StandardOutputContent: 'done\n',
  })
  for (const id of waiting) await expectUnknown(id)
  await expectAtWork()
  for (const id of waiting) expect(await entriesOf(agent, id)).toEqual([])
  expect(await entriesOf(agent, running)).toEqual(['run'])
  expect(await setAside()).toBe(before + 1)
  expect(agent.program.log.join('\n')).toContain('a part of the journal was damaged and set aside')
})

test('lets a script end whose records are lost, keeps its files until then, and never starts it again', async () => {
  const { running, finish } = await standStill('orphan')
  const attempt = await attemptOf()
  await flip(receivedEntry(running))
  agent.start()
  await expectUnknown(running)
  expect(existsSync(attempt)).toBe(true)
  await finish()
  await until('its files are gone', async () => !existsSync(attempt))
  await expectAtWork()
  expect(await entriesOf(agent, running)).toEqual(['run'])
})

test('starts nothing again that a lost journal may have run, and tells so at once', async () => {
  const { running, waiting, finish } = await standStill('lost')
  await rm(folder(), { recursive: true })
  agent.start()
  for (const id of [running, ...waiting]) await expectUnknown(id)
  await expectAtWork()
  await finish()
  await until('the script has ended', async () => (await treeOf(agent)).length === 0)
  for (const id of waiting) expect(await entriesOf(agent, id)).toEqual([])
  expect(await entriesOf(agent, running)).toEqual(['run'])
})

test('starts nothing again that an older copy of the journal does not know', async () => {
  await expectAtWork()
  await agent.stop('SIGKILL')
  const copies = await Promise.all(
    (await segments()).map(async (name) => [name, await readFile(join(folder(), name))] as const),
  )
  agent.start()
  await agent.online()
  await expectAtWork()
  const { running, waiting, finish } = await standStill('older')
  await rm(folder(), { recursive: true })
  await mkdir(folder())
  for (const [name, bytes] of copies) await writeFile(join(folder(), name), bytes)
  agent.start()
  for (const id of [running, ...waiting]) await expectUnknown(id)
  await finish()
  await expectAtWork()
  expect(await entriesOf(agent, running)).toEqual(['run'])
})
