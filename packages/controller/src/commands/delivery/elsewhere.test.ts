import { expect, test } from 'vitest'
import type { CommandTables } from '#commands/tables.ts'
import { type BareCommands, nodeIdOf, openBare } from '#commands/testing/bare-commands.ts'
import type { Database } from '#db/index.ts'
import { describeStores } from '#db/testing/stores.ts'

const DAY_MS = 86_400_000

const send = (stand: BareCommands, count: number, MaxConcurrency = '50') =>
  stand.write('SendCommand', {
    ...{ DocumentName: 'main', MaxConcurrency, Targets: [{ Key: 'first', Values: [String(count)] }] },
  })
const sentTo = ({ works }: BareCommands) => works.map(({ invocationId }) => invocationId.slice(37)).sort()
const sweep = async ({ commands }: BareCommands) => {
  for (const { run, name } of commands.sweeps)
    if (name === 'rollout' || name.includes('deadlines')) await run(new AbortController().signal)
  await commands.settled()
}
const states = async (db: Database) =>
  (
    await db.read
      .withTables<CommandTables>()
      .selectFrom('command_invocation')
      .select('state')
      .orderBy('node_key')
      .execute()
  ).map(({ state }) => state)

describeStores('nodes whose link another controller holds', (openStore) => {
  test('are pending and get nothing from here, while those that are here get their work', async () => {
    const db = await openStore()
    await using stand = await openBare(db)
    stand.setConnected([1])
    stand.elsewhere.add(2)
    await send(stand, 3)
    await sweep(stand)
    expect(sentTo(stand)).toEqual([nodeIdOf(1)])
    expect(await states(db)).toEqual(['Pending', 'Pending', 'Delayed'])
  })

  test('take slots of the same command', async () => {
    const db = await openStore()
    await using stand = await openBare(db)
    stand.elsewhere.add(1)
    await send(stand, 2, '1')
    // The other controller has released it to its node.
    await db.write((tx) => tx.withTables<CommandTables>().updateTable('command').set({ running_count: 1 }).execute())
    stand.setConnected([2])
    await sweep(stand)
    expect(sentTo(stand)).toEqual([])
  })

  test('are not given up past expiry, before they have no link at all', async () => {
    const db = await openStore()
    await using stand = await openBare(db)
    stand.setConnected([1])
    await send(stand, 1)
    await stand.commands.settled()
    stand.setConnected([])
    stand.elsewhere.add(1)
    stand.clock.advance(DAY_MS)
    await sweep(stand)
    expect(await states(db)).toEqual(['Pending'])
    stand.elsewhere.clear()
    await sweep(stand)
    expect(await states(db)).toEqual(['DeliveryTimedOut'])
  })
})
