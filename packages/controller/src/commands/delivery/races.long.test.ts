import { expect, test } from 'vitest'
import type { CommandTables } from '#commands/tables.ts'
import { type BareCommands, openBare } from '#commands/testing/bare-commands.ts'
import type { Database } from '#db/index.ts'
import { describeStores } from '#db/testing/stores.ts'

const NODES = 250

/** Compares a command's counters with its rows. */
async function check(db: Database, commandId: string) {
  const tables = db.read.withTables<CommandTables>()
  const command = await tables.selectFrom('command').selectAll().where('id', '=', commandId).executeTakeFirstOrThrow()
  const rows = await tables
    .selectFrom('command_invocation')
    .selectAll()
    .where('command_key', '=', command.key)
    .execute()
  const count = (matches: (row: (typeof rows)[number]) => boolean) => rows.filter(matches).length
  expect({
    completed: command.completed_count,
    errors: command.error_count,
    running: command.running_count,
    timedOut: command.delivery_timed_out_count,
  }).toEqual({
    completed: count(({ terminal }) => terminal === 1),
    errors: count(({ state }) => state === 'Failed' || state === 'ExecutionTimedOut'),
    running: count(({ running }) => running === 1),
    timedOut: count(({ state }) => state === 'DeliveryTimedOut'),
  })
  return { command, rows }
}

// Results of a command in commits of different sizes, against a cancel that comes somewhere among them.
async function race(stand: BareCommands, round: number): Promise<string> {
  stand.works.length = 0
  const { Command } = await stand.write('SendCommand', {
    ...{ DocumentName: 'main', MaxConcurrency: '80%', Targets: [{ Key: 'first', Values: [String(NODES)] }] },
  })
  const CommandId = Command?.CommandId ?? ''
  await stand.commands.settled()
  const works = [...stand.works]
  const results = works.map((work, index) => stand.result(work, index % 7 === 0 ? 'Cancelled' : 'Success'))
  const commits: Promise<unknown>[] = []
  const cancelAt = round % 4
  for (let from = 0, index = 0; from < results.length; index++) {
    const size = 1 + ((round * 31 + index * 17) % 60)
    if (index === cancelAt) commits.push(stand.write('CancelCommand', { CommandId }))
    commits.push(stand.records(results.slice(from, from + size)))
    from += size
  }
  await Promise.all(commits)
  await stand.commands.settled()
  return CommandId
}

describeStores('cancel against completion', (openStore) => {
  test('leaves exactly one terminal state, whichever comes first, and counters that equal the rows', async () => {
    const db = await openStore()
    await using stand = await openBare(db)
    stand.setConnected(Array.from({ length: NODES }, (_, index) => index + 1))
    const rounds = db.dialect.name === 'sqlite' ? 50 : 4
    for (let round = 0; round < rounds; round++) {
      const CommandId = await race(stand, round)
      const { command, rows } = await check(db, CommandId)
      const states = new Set(rows.map(({ state }) => state))
      expect([...states].every((state) => ['Success', 'Cancelled', 'Cancelling', 'Pending'].includes(state))).toBe(true)
      // What ended by a result has the node's word for it; what ended by the cancel alone was never handed over.
      for (const row of rows) {
        if (row.terminal === 0) expect(row.released_at).not.toBeNull()
        else expect(row.record === null).toBe(row.released_at === null)
      }
      // The rest reports late: the command ends then, and nothing that is over moves.
      const open = stand.works.filter(({ invocationId }) => rows.some((row) => isOpen(row, invocationId)))
      const before = rows.filter(({ terminal }) => terminal === 1)
      await stand.records(open.map((work) => stand.result(work, 'Cancelled')))
      const after = await check(db, CommandId)
      expect(after.command.terminal).toBe(1)
      for (const row of before)
        expect(after.rows.find(({ node_key }) => node_key === row.node_key)?.state).toBe(row.state)
      expect(command.cancel_requested_at).not.toBeNull()
    }
  }, 120_000)
})

const isOpen = (row: { readonly terminal: number; readonly node_key: number }, invocationId: string): boolean =>
  row.terminal === 0 && Number(invocationId.slice(40)) === row.node_key
