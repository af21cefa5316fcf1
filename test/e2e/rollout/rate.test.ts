import { afterAll, beforeAll, expect, it } from 'vitest'
import { startController, type TestController } from '../../rig/controller.ts'
import { mostAtOnce, startFleet, type TestFleet } from '../../rig/fleet.ts'
import { until } from '../../rig/until.ts'

// 200 nodes in another process, the last 40 of them offline; each test gives them another behaviour.
let controller: TestController
let fleet: TestFleet

beforeAll(async () => {
  controller = await startController()
  fleet = await startFleet(controller, { count: 200, offline: 40, tags: { role: 'web' } })
}, 120_000)

afterAll(async () => {
  await fleet?.[Symbol.asyncDispose]()
  await controller?.[Symbol.asyncDispose]()
})

async function send(rate: { MaxConcurrency: string; MaxErrors: string; TimeoutSeconds?: number }): Promise<string> {
  const { Command } = await controller.call('SendCommand', {
    DocumentName: 'AWS-RunShellScript',
    Targets: [{ Key: 'tag:role', Values: ['web'] }],
    Parameters: { commands: ['true'] },
    ...rate,
  })
  return Command?.CommandId ?? ''
}

const command = async (CommandId: string) => (await controller.call('ListCommands', { CommandId })).Commands?.[0]

/** How many invocations stand in each of SSM's states. */
async function states(CommandId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  let NextToken: string | undefined
  do {
    const page = await controller.call('ListCommandInvocations', {
      CommandId,
      MaxResults: 50,
      ...(NextToken ? { NextToken } : {}),
    })
    for (const { Status, StatusDetails } of page.CommandInvocations ?? []) {
      const state = `${Status}/${StatusDetails}`
      counts[state] = (counts[state] ?? 0) + 1
    }
    NextToken = page.NextToken
  } while (NextToken !== undefined)
  return counts
}

const eventsOf = (commandId: string) => fleet.events.filter((event) => event.commandId === commandId)
const ended = (commandId: string, count: number) =>
  until(`${count} nodes have ended`, async () => (await command(commandId))?.CompletedCount === count)

it('never runs more than MaxConcurrency at once, and leaves those that are offline waiting', async () => {
  await fleet.order({ do: 'script', script: { delayMs: 20, jitterMs: 30 } })
  const commandId = await send({ MaxConcurrency: '10', MaxErrors: '0' })
  await ended(commandId, 160)
  expect(await states(commandId)).toEqual({ 'Success/Success': 160, 'Delayed/Delayed': 40 })
  expect(mostAtOnce(fleet.events, commandId)).toBe(10)
  expect(eventsOf(commandId).filter(({ event }) => event === 'start')).toHaveLength(160)
  await controller.call('CancelCommand', { CommandId: commandId })
  await until('the command is over', async () => (await command(commandId))?.Status === 'Cancelled')
  expect(await states(commandId)).toEqual({ 'Success/Success': 160, 'Cancelled/Cancelled': 40 })
}, 120_000)

it('starts none after the error beyond MaxErrors is committed, and ends the rest as Terminated', async () => {
  // Whichever ten of the first twenty start first, they fail one after the other.
  const failing = Array.from({ length: 20 }, (_, index) => index)
  const script = { failing, failingDelaysMs: failing.map((index) => 300 + 50 * index) }
  await fleet.order({ do: 'script', script })
  const commandId = await send({ MaxConcurrency: '10', MaxErrors: '3' })
  await ended(commandId, 200)
  const starts = eventsOf(commandId).filter(({ event }) => event === 'start')
  // Three errors may each let one follow; two that are committed together let none.
  expect(starts.length).toBeGreaterThanOrEqual(10)
  expect(starts.length).toBeLessThanOrEqual(13)
  expect(await states(commandId)).toEqual({
    'Failed/Failed': starts.length,
    'Cancelled/Terminated': 200 - starts.length,
  })
  expect(await command(commandId)).toMatchObject({
    Status: 'Failed',
    StatusDetails: 'Failed',
    ErrorCount: starts.length,
    CompletedCount: 200,
  })

  const { Decisions = [], Sentence } = await controller.call('Explain', { Subject: { Type: 'Command', Id: commandId } })
  const stop = Decisions.find(({ Code }) => Code === 'ErrorLimitReached')
  expect(Sentence).toMatch(/^The command stopped after ([4-9]|1\d) errors; MaxErrors allows 3\.$/)
  const stoppedAt = (stop?.At ?? 0) * 1000
  expect(starts.filter(({ at }) => at >= stoppedAt)).toEqual([])
  expect(mostAtOnce(fleet.events, commandId)).toBe(10)
  const { Decisions: ofOffline = [] } = await controller.call('Explain', {
    Subject: { Type: 'Invocation', Id: commandId, InstanceId: fleet.nodes.at(-1)?.nodeId ?? '' },
  })
  expect(ofOffline).toContainEqual(expect.objectContaining({ Code: 'ErrorLimitReached', Result: 'Blocked' }))
}, 120_000)

it('takes percentages of the targets', async () => {
  await fleet.order({ do: 'script', script: { delayMs: 30 } })
  const commandId = await send({ MaxConcurrency: '4%', MaxErrors: '1%' })
  await ended(commandId, 160)
  expect(mostAtOnce(fleet.events, commandId)).toBe(8)
  await controller.call('CancelCommand', { CommandId: commandId })
})

it('lets a node that comes online in time join, and never starts one that comes too late', async () => {
  await fleet.order({ do: 'script', script: { delayMs: 5 } })
  const commandId = await send({ MaxConcurrency: '100%', MaxErrors: '0', TimeoutSeconds: 30 })
  await ended(commandId, 160)
  const offline = fleet.nodes.filter(({ online }) => !online).map(({ nodeId }) => nodeId)
  const [early = '', late = ''] = offline
  await fleet.order({ do: 'online', nodes: [early] })
  await ended(commandId, 161)
  await until('the deadline has passed', async () => (await command(commandId))?.CompletedCount === 200)
  expect(await states(commandId)).toEqual({ 'Success/Success': 161, 'TimedOut/DeliveryTimedOut': 39 })
  await fleet.order({ do: 'online', nodes: [late] })
  const next = await send({ MaxConcurrency: '100%', MaxErrors: '0' })
  await ended(next, 162)
  expect(eventsOf(commandId).some(({ nodeId }) => nodeId === late)).toBe(false)
  expect(eventsOf(next).some(({ nodeId }) => nodeId === late)).toBe(true)
  await controller.call('CancelCommand', { CommandId: next })
}, 120_000)

it('stops a command in the middle when it is cancelled: who runs ends, who waits never starts', async () => {
  await fleet.order({ do: 'script', script: { delayMs: 60_000 } })
  const commandId = await send({ MaxConcurrency: '25', MaxErrors: '0' })
  await until('25 nodes run', async () => eventsOf(commandId).filter(({ event }) => event === 'start').length === 25)
  await controller.call('CancelCommand', { CommandId: commandId })
  await ended(commandId, 200)
  expect(await states(commandId)).toEqual({ 'Cancelled/Cancelled': 200 })
  expect(eventsOf(commandId).filter(({ event }) => event === 'start')).toHaveLength(25)
}, 120_000)
