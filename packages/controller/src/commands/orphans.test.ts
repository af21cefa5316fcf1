import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import type { CommandTables } from './tables.ts'
import { openCommands, shell } from './testing/open-commands.ts'

const DAY_MS = 86_400_000

describeStores('objects that no row names', (openStore) => {
  test('go after a day, and those with a row stay', async () => {
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
