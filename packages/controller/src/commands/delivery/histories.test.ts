import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CommandTables } from '#commands/tables.ts'
import { type CommandStand, openCommands, shell } from '#commands/testing/open-commands.ts'
import { describeStores } from '#db/testing/stores.ts'
import type { MemoryNode } from '#hub/testing/memory-node.ts'

type Event =
  | { readonly kind: 'send'; readonly concurrency: number; readonly errors: number; readonly timeout: number }
  | { readonly kind: 'connect' | 'lose' | 'finish' | 'fail'; readonly node: number }
  | { readonly kind: 'cancel'; readonly command: number }
  | { readonly kind: 'advance'; readonly seconds: number }
  | { readonly kind: 'sweep' }

const NODES = 5
const node = fc.nat(NODES - 1)
const anEvent: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('send'),
      concurrency: fc.integer({ min: 1, max: 6 }),
      errors: fc.nat(2),
      timeout: fc.constantFrom(30, 600),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constantFrom('connect', 'lose', 'finish', 'fail'), node }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel'), command: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('advance'), seconds: fc.constantFrom(1, 20, 300, 4000) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('sweep') }) },
)

/** Nodes whose work ends when the history says so. */
interface Scene {
  readonly stand: CommandStand
  readonly nodes: readonly MemoryNode[]
  readonly online: boolean[]
  readonly held: ((exitCode: number) => void)[][]
  readonly sent: string[]
  readonly terminal: Map<string, string>
}

async function openScene(stand: CommandStand): Promise<Scene> {
  const held: Scene['held'] = []
  const nodes: MemoryNode[] = []
  for (let index = 0; index < NODES; index++) {
    const waiting: ((exitCode: number) => void)[] = []
    held.push(waiting)
    const onWork = ({ cancelled }: { readonly cancelled: AbortSignal }) =>
      new Promise<{ exitCode: number }>((resolve) => {
        waiting.push((exitCode) => resolve({ exitCode }))
        cancelled.addEventListener('abort', () => resolve({ exitCode: 1 }), { once: true })
      })
    nodes.push(await stand.aNode({ behaviours: { onWork }, tags: { env: 'prod' } }))
  }
  return { stand, nodes, online: nodes.map(() => false), held, sent: [], terminal: new Map() }
}

async function perform(scene: Scene, event: Event): Promise<void> {
  const { stand, nodes, online, held, sent } = scene
  switch (event.kind) {
    case 'send': {
      const limits = { MaxConcurrency: String(event.concurrency), MaxErrors: String(event.errors) }
      const Targets = [{ Key: 'tag:env', Values: ['prod'] }]
      sent.push(await stand.send({ ...shell('id'), ...limits, Targets, TimeoutSeconds: event.timeout }))
      return
    }
    case 'connect':
      if (!online[event.node]) await nodes[event.node]?.connect()
      online[event.node] = true
      return
    case 'lose':
      nodes[event.node]?.disconnect()
      online[event.node] = false
      return
    case 'finish':
    case 'fail':
      held[event.node]?.shift()?.(event.kind === 'fail' ? 1 : 0)
      return
    case 'cancel': {
      const CommandId = sent[event.command]
      if (CommandId !== undefined) await stand.call('CancelCommand', { CommandId })
      return
    }
    case 'advance':
      stand.clock.advance(event.seconds * 1000)
      return
    case 'sweep':
      await stand.sweep()
  }
}

/** Counters equal the rows, limits hold, and what was over stays as it was. */
async function check({ stand, terminal }: Scene): Promise<void> {
  const { commands, rows } = await stand.db.snapshot(async (tx) => ({
    commands: await tx.withTables<CommandTables>().selectFrom('command').selectAll().execute(),
    rows: await tx.withTables<CommandTables>().selectFrom('command_invocation').selectAll().execute(),
  }))
  for (const command of commands) {
    const own = rows.filter(({ command_key }) => command_key === command.key)
    const count = (matches: (row: (typeof rows)[number]) => boolean) => own.filter(matches).length
    expect([command.completed_count, command.error_count, command.running_count, command.target_count]).toEqual([
      count((row) => row.terminal === 1),
      count(({ state }) => state === 'Failed' || state === 'ExecutionTimedOut'),
      count(({ running }) => running === 1),
      own.length,
    ])
    expect(command.running_count).toBeLessThanOrEqual(command.concurrency_limit)
    expect(command.terminal === 1).toBe(command.completed_count === command.target_count)
    keep(terminal, `command ${command.key}`, command.terminal === 1 ? command.state : undefined)
  }
  for (const row of rows) {
    if (row.terminal === 1) expect([row.running, row.next_attempt_at]).toEqual([0, null])
    keep(terminal, `${row.command_key}/${row.node_key}`, row.terminal === 1 ? row.state : undefined)
  }
}

function keep(terminal: Map<string, string>, name: string, state: string | undefined): void {
  const before = terminal.get(name)
  if (before !== undefined) expect(state).toBe(before)
  if (state !== undefined) terminal.set(name, state)
}

/** Everybody comes back and finishes: nothing stays open. */
async function quiesce(scene: Scene): Promise<void> {
  const { stand, nodes, online, held, sent } = scene
  for (const [index, one] of nodes.entries()) if (!online[index]) await one.connect()
  let turn = 0
  await stand.until(async () => {
    // Work that crossed its deadline on the way is receipted and dropped by a simulated node: its next login tells.
    if (++turn % 10 === 0) {
      for (const one of nodes) {
        one.disconnect()
        await one.connect()
      }
    }
    for (const waiting of held) for (const finish of waiting.splice(0)) finish(0)
    stand.clock.advance(1000)
    await stand.sweep()
    const commands = await Promise.all(sent.map((id) => stand.command(id)))
    return commands.every(({ TargetCount, CompletedCount }) => TargetCount === CompletedCount)
  })
}

describeStores('any history of commands', (openStore) => {
  test('keeps counters, limits and terminal states, starts nothing twice and ends', async () => {
    const history = fc.array(anEvent, { minLength: 10, maxLength: 40 })
    const runs = process.env['MUSTER_TEST_ENDURANCE'] === undefined ? 8 : 100
    await fc.assert(
      fc.asyncProperty(history, async (events) => {
        await using stand = await openCommands(await openStore())
        const scene = await openScene(stand)
        for (const event of events) {
          await perform(scene, event)
          await check(scene)
        }
        await quiesce(scene)
        await check(scene)
        const starts = scene.nodes.flatMap(({ ledger }) => ledger.filter((line) => line.event === 'start'))
        expect(new Set(starts.map(({ invocationId }) => invocationId)).size).toBe(starts.length)
        expect(stand.logged).toEqual([])
      }),
      { numRuns: runs, endOnFailure: true },
    )
  }, 120_000)
})
