import { expect, test } from 'vitest'
import type { CommandTables } from '#commands/tables.ts'
import { openBare } from '#commands/testing/bare-commands.ts'
import { describeStores } from '#db/testing/stores.ts'
import { endWaiting, type InvocationEnd, updateEnded, updateOpen } from './changes.ts'
import { findInvocations } from './open-rows.ts'

const anEnd = (changes: Partial<InvocationEnd> = {}): InvocationEnd => ({
  ...{ commandKey: 1, nodeKey: 1, state: 'Success', reason: null, reasonParameters: null, endedAt: 1 },
  ...{ startedAt: 1, receivedAt: 1, record: null, signature: null },
  ...changes,
})

describeStores('rows of invocations', (openStore) => {
  test('that are over are changed by no statement, whoever sends it', async () => {
    const db = await openStore()
    await using stand = await openBare(db)
    stand.setConnected([1])
    await stand.write('SendCommand', { DocumentName: 'main', Targets: [{ Key: 'first', Values: ['2'] }] })
    const { dialect } = db
    const [open] = await findInvocations(db.read, dialect, 1, [1])
    expect(await db.write((tx) => updateEnded(tx, dialect, [anEnd()]))).toEqual([true])
    const late = [anEnd({ state: 'Failed' }), anEnd({ nodeKey: 2, state: 'Cancelled' }), anEnd({ nodeKey: 3 })]
    expect(await db.write((tx) => updateEnded(tx, dialect, late))).toEqual([false, true, false])
    await db.write((tx) => updateOpen(tx, dialect, [open!]))
    const waiting = { state: 'Cancelled', reason: 'CancelledByOperator', reasonParameters: {}, at: 2 } as const
    expect(await db.write((tx) => endWaiting(tx, dialect, 1, waiting))).toBe(0)
    const rows = await db.read
      .withTables<CommandTables>()
      .selectFrom('command_invocation')
      .select(['node_key', 'state', 'terminal'])
      .orderBy('node_key')
      .execute()
    expect(rows).toEqual([
      { node_key: 1, state: 'Success', terminal: 1 },
      { node_key: 2, state: 'Cancelled', terminal: 1 },
    ])
  })
})
