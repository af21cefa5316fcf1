import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { takeBatch } from './keeping.ts'
import type { CommandTables } from './tables.ts'
import { openCommands, shell } from './testing/open-commands.ts'

const DAY_MS = 86_400_000

test('removes few targets at a time, and one command at least', () => {
  const commands = [40, 50, 20, 200].map((targets, index) => ({ key: index + 1, targets }))
  expect(takeBatch(commands, 100)).toEqual([1, 2])
  expect(takeBatch(commands.slice(3), 100)).toEqual([4])
  expect(takeBatch(commands.slice(0, 2), 100)).toEqual([1, 2])
  expect(takeBatch([], 100)).toEqual([])
})

describeStores('keeping', (openStore) => {
  test('removes commands after 30 days with all that belongs to them', async () => {
    await using stand = await openCommands(await openStore())
    const stdout = randomBytes(100_000)
    const [node] = await stand.nodes(1, { behaviours: { onWork: () => ({ stdout }) } })
    const old = await stand.send(shell('old'), [node!])
    await stand.settled(node!)
    await stand.until(() => node!.unsealed() === 0)
    stand.clock.advance(20 * DAY_MS)
    const young = await stand.send(shell('young'), [node!])
    await stand.settled(node!)
    await stand.until(() => node!.unsealed() === 0)
    await stand.sweep()
    expect((await stand.call('ListCommands', {})).Commands).toHaveLength(2)

    stand.clock.advance(11 * DAY_MS)
    await stand.sweep()
    expect((await stand.call('ListCommands', {})).Commands?.map(({ CommandId }) => CommandId)).toEqual([young])
    expect(await stand.refused('ListCommands', { CommandId: old })).toMatchObject({ code: 'InvalidCommandId' })
    const tables = stand.db.read.withTables<CommandTables>()
    for (const table of ['command_invocation', 'command_step', 'command_output', 'command_segment'] as const)
      expect(await tables.selectFrom(table).select('command_key').distinct().execute()).toHaveLength(1)
    // Both wrote the same bytes, which are one object: it is still in use.
    const input = { CommandId: young, InstanceId: node!.nodeId, Stream: 'stdout', Offset: 0 } as const
    expect(Buffer.from((await stand.call('GetOutput', input)).Data, 'base64')).toEqual(stdout)

    const { place } = await tables.selectFrom('command_segment').select('place').executeTakeFirstOrThrow()
    stand.clock.advance(31 * DAY_MS)
    await stand.sweep()
    expect(await stand.objects.lengthOf(place)).toBeUndefined()
  })

  test('follows a change of how long to keep from the next round on', async () => {
    const keeping = { commandsMs: 10 * DAY_MS }
    await using stand = await openCommands(await openStore(), { keeping })
    const [node] = await stand.nodes(1)
    await stand.send(shell('true'), [node!])
    await stand.settled(node!)
    stand.clock.advance(5 * DAY_MS)
    await stand.sweep()
    expect((await stand.call('ListCommands', {})).Commands).toHaveLength(1)
    keeping.commandsMs = 4 * DAY_MS
    await stand.sweep()
    expect((await stand.call('ListCommands', {})).Commands).toEqual([])
  })

  test('does not remove what is still open', async () => {
    await using stand = await openCommands(await openStore())
    const onWork = () => ({ silent: true })
    const [node] = await stand.nodes(1, { behaviours: { onWork } })
    const CommandId = await stand.send(shell('long'), [node!])
    await stand.until(async () => (await stand.view(CommandId, node!)).Status === 'InProgress')
    stand.clock.advance(100 * DAY_MS)
    await stand.sweep()
    expect(await stand.command(CommandId)).toMatchObject({ Status: 'InProgress' })
  })

  test('removes the oldest output first when there is too much, and leaves the commands', async () => {
    await using stand = await openCommands(await openStore(), { keeping: { outputBytes: 250_000 } })
    const onWork = () => ({ stdout: randomBytes(100_000) })
    const [node] = await stand.nodes(1, { behaviours: { onWork } })
    const sent: string[] = []
    for (let index = 0; index < 4; index++) {
      sent.push(await stand.send(shell('much'), [node!]))
      await stand.settled(node!)
      await stand.until(() => node!.unsealed() === 0)
    }
    await stand.sweep()
    const lengths = await Promise.all(
      sent.map(async (CommandId) => {
        const input = { CommandId, InstanceId: node!.nodeId, Stream: 'stdout', Offset: 0 } as const
        return Buffer.from((await stand.call('GetOutput', input)).Data, 'base64').length
      }),
    )
    expect(lengths).toEqual([0, 0, 100_000, 100_000])
    const gone = { CommandId: sent[0]!, InstanceId: node!.nodeId, Stream: 'stdout', Offset: 0 } as const
    expect(await stand.call('GetOutput', gone)).toMatchObject({
      ...{ TotalBytes: 100_000, DroppedBytes: 100_000, NextOffset: 0, Complete: true },
    })
    expect((await stand.call('ListCommands', {})).Commands).toHaveLength(4)
    expect(await stand.view(sent[0]!, node!)).toMatchObject({ Status: 'Success' })
  })

  test('removes objects that no row names after a day, and none with a row', async () => {
    await using stand = await openCommands(await openStore(), { start: Date.now() })
    const [node] = await stand.nodes(1, { behaviours: { onWork: () => ({ stdout: randomBytes(100_000) }) } })
    await stand.send(shell('much'), [node!])
    await stand.settled(node!)
    await stand.until(() => node!.unsealed() === 0)
    const row = stand.db.read.withTables<CommandTables>().selectFrom('command_segment').select('place')
    const { place } = await row.executeTakeFirstOrThrow()
    // As a controller leaves it that dies before the row.
    const { key } = await stand.objects.put(randomBytes(10))
    await stand.sweep()
    expect(await stand.objects.lengthOf(key)).toBe(10)
    stand.clock.advance(DAY_MS + 60_000)
    await stand.sweep()
    expect(await stand.objects.lengthOf(key)).toBeUndefined()
    expect(await stand.objects.lengthOf(place)).toBe(100_000)
  })
})
