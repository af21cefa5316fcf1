import { afterAll, beforeAll, expect, it } from 'vitest'
import { startController, type TestController } from '../../rig/controller.ts'
import { startFleet, type TestFleet } from '../../rig/fleet.ts'
import { ownPort } from '../../rig/port.ts'
import { until } from '../../rig/until.ts'

// 1,000 nodes in another process, over TLS.
const NODES = 1000
const PAGE = 50
const PATIENCE_MS = 120_000
const stack = new AsyncDisposableStack()
let controller: TestController
let fleet: TestFleet

beforeAll(async () => {
  const listen = [`http://127.0.0.1:${await ownPort()}`, `https://127.0.0.1:${await ownPort()}`]
  controller = stack.use(await startController({ listen }))
  fleet = stack.use(await startFleet(controller, { count: NODES, tags: { role: 'web' }, tls: true }))
}, 180_000)
afterAll(() => stack.disposeAsync())

async function sendToAll(): Promise<string> {
  const { Command } = await controller.call('SendCommand', {
    DocumentName: 'AWS-RunShellScript',
    Targets: [{ Key: 'tag:role', Values: ['web'] }],
    Parameters: { commands: ['true'] },
    MaxConcurrency: '100%',
  })
  return Command?.CommandId ?? ''
}

const completed = async (CommandId: string): Promise<number> =>
  (await controller.call('ListCommands', { CommandId })).Commands?.[0]?.CompletedCount ?? 0

const allEnded = (commandId: string): Promise<void> =>
  until(`${NODES} nodes have ended`, async () => (await completed(commandId)) === NODES, PATIENCE_MS)

/** Each node of an ended command by its status and by how often its own ledger has a start and an end of it. */
async function tally(CommandId: string): Promise<Readonly<Record<string, number>>> {
  const starts = countByNode(CommandId, 'start')
  const ends = countByNode(CommandId, 'end')
  const tallied: Record<string, number> = {}
  let NextToken: string | undefined
  do {
    const input = { CommandId, MaxResults: PAGE, ...(NextToken ? { NextToken } : {}) }
    const page = await controller.call('ListCommandInvocations', input)
    for (const { Status, InstanceId = '' } of page.CommandInvocations ?? []) {
      const key = `${Status}, started ${starts.get(InstanceId) ?? 0}, ended ${ends.get(InstanceId) ?? 0}`
      tallied[key] = (tallied[key] ?? 0) + 1
    }
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  return tallied
}

function countByNode(commandId: string, event: 'start' | 'end'): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const line of fleet.events)
    if (line.commandId === commandId && line.event === event)
      counts.set(line.nodeId, (counts.get(line.nodeId) ?? 0) + 1)
  return counts
}

const startsOf = (commandId: string) =>
  fleet.events.filter((line) => line.commandId === commandId && line.event === 'start').length

async function allOnline(): Promise<void> {
  const online = async (): Promise<number> => {
    let count = 0
    let NextToken: string | undefined
    do {
      const page = await controller.call('DescribeInstanceInformation', {
        MaxResults: PAGE,
        Filters: [{ Key: 'PingStatus', Values: ['Online'] }],
        ...(NextToken ? { NextToken } : {}),
      })
      count += page.InstanceInformationList?.length ?? 0
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    return count
  }
  await until(`${NODES} nodes are Online`, async () => (await online()) === NODES, PATIENCE_MS)
}

async function killAndStart(env: Readonly<Record<string, string>> = {}): Promise<void> {
  await controller.stop('SIGKILL')
  await controller.start(env)
}

const EACH_ONCE = { 'Success, started 1, ended 1': NODES }

it('reaches and returns from all with one command, each once', { timeout: 300_000 }, async () => {
  const commandId = await sendToAll()
  await allEnded(commandId)
  expect(await tally(commandId)).toEqual(EACH_ONCE)
})

it('is killed while all of them run: all return, each once, and are Online again', { timeout: 300_000 }, async () => {
  await fleet.order({ do: 'script', script: { delayMs: 500, jitterMs: 4000 } })
  const commandId = await sendToAll()
  await until('half of them run', async () => startsOf(commandId) > NODES / 2, PATIENCE_MS)
  await killAndStart()
  await allEnded(commandId)
  expect(await tally(commandId)).toEqual(EACH_ONCE)
  await allOnline()
})

it('dies with one of a thousand handed over, and hands over the other 999', { timeout: 300_000 }, async () => {
  await fleet.order({ do: 'script', script: {} })
  await killAndStart({ MUSTER_FAILPOINTS: 'hand-over-midway:kill' })
  await allOnline()
  const { program } = controller
  // It may die before it answers; the command is there all the same.
  await sendToAll().catch(() => '')
  await program.exited
  await controller.start()
  const { Commands } = await controller.call('ListCommands', { MaxResults: 1 })
  const commandId = Commands?.[0]?.CommandId ?? ''
  await allEnded(commandId)
  expect(await tally(commandId)).toEqual(EACH_ONCE)
})
