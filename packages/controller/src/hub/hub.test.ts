import { createManualClock } from '@muster/protocol/kit'
import { encodeFrame } from '@muster/protocol/link'
import { aWork } from '@muster/protocol/link/testing'
import { expect, it } from 'vitest'
import { type Database, StoreBusy, StoreLost } from '#db/index.ts'
import { describeStores } from '#db/testing/stores.ts'
import { silentLog } from '#kit/logging.ts'
import { createLoopWatch } from '#kit/loop-watch.ts'
import { heartbeatPeriod } from './heartbeat.ts'
import type { Receivers } from './link.ts'
import { createRecordGate } from './records.ts'
import { createHubStore } from './store.ts'
import type { HubTables } from './tables.ts'
import { connectMemoryNode } from './testing/memory-node.ts'
import { openHub } from './testing/open-hub.ts'
import { aHello, aRecord, openGreetedLink, openRawLink } from './testing/raw-link.ts'
import { createRecording } from './testing/recording.ts'

const linkRow = (db: Database, nodeKey = 1) =>
  db.read.withTables<HubTables>().selectFrom('hub_link').selectAll().where('node_key', '=', nodeKey).executeTakeFirst()
const parked = (db: Database) => db.read.withTables<HubTables>().selectFrom('hub_parked_record').selectAll().execute()
const run = new AbortController().signal
const turns = async (count = 3) => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}
const receiptTo = async (link: Awaited<ReturnType<typeof openGreetedLink>>, number: number) => {
  for (let from = 0; ; ) {
    const { recordReceipt } = await link.next('recordReceipt', from)
    if (recordReceipt.number >= number) return
    from = link.sent.findIndex((frame, index) => index >= from && frame.kind === 'recordReceipt') + 1
  }
}

it('gives 30 seconds to a small fleet and longer periods to a large one', () => {
  expect(heartbeatPeriod(0)).toBe(30_000)
  expect(heartbeatPeriod(7_500)).toBe(30_000)
  expect(heartbeatPeriod(10_000)).toBe(40_000)
  expect(heartbeatPeriod(1_000_000)).toBe(300_000)
})

describeStores('the hub', (openStore) => {
  it('gives each login a higher epoch and lets the newest link win', async () => {
    await using db = await openStore()
    await using opened = openHub(db)
    const { hub, recording } = opened
    const lost: string[] = []
    hub.subscribe({ connected: () => {}, lost: (_key, reason) => void lost.push(reason) })
    const first = await openGreetedLink(hub)
    const second = await openGreetedLink(hub)
    expect((await first.next('welcome')).welcome.epoch).toBe(1)
    expect((await second.next('welcome')).welcome.epoch).toBe(2)
    expect(await first.ended()).toBe('replaced')
    expect(hub.find(1)?.epoch).toBe(2)
    expect(lost).toEqual([])
    expect(await linkRow(db)).toMatchObject({ epoch: 2, controller_id: 'controller-1', journal_id: 'journal-1' })
    second.gone()
    expect(hub.isConnected(1)).toBe(false)
    expect(lost).toEqual(['gone'])
    await hub[Symbol.asyncDispose]()
    expect(await linkRow(db)).toMatchObject({ epoch: 2, controller_id: null })
    expect(recording.moves.map(({ kind }) => kind)).toEqual(['arrived', 'arrived', 'departed'])
  })

  it('does not mark a node as lost when an older link ends after a newer login', async () => {
    await using db = await openStore()
    await using opened = openHub(db)
    const old = await openGreetedLink(opened.hub)
    const joining = openRawLink(opened.hub)
    joining.frame(aHello())
    old.gone()
    await joining.next('welcome')
    await turns()
    expect(opened.recording.moves.at(-1)?.kind).toBe('arrived')
    expect(opened.hub.isConnected(1)).toBe(true)
  })

  it('commits 1,000 records of one connection in one transaction and gives one receipt', async () => {
    await using db = await openStore()
    await using opened = openHub(db, { commit: { maxItems: 1000 } })
    const link = await openGreetedLink(opened.hub)
    for (let number = 1; number <= 1000; number++) link.frame(aRecord(number))
    await receiptTo(link, 1000)
    await turns()
    expect(opened.recording.batches).toEqual([1000])
    expect(link.sent.filter(({ kind }) => kind === 'recordReceipt')).toHaveLength(1)
    expect(opened.recording.announced).toHaveLength(1000)
    expect((await linkRow(db))?.received_record).toBe(1000)
  })

  it('applies each record once however often it comes, and receipts the repeats', async () => {
    await using db = await openStore()
    await using opened = openHub(db)
    const first = await openGreetedLink(opened.hub)
    for (const number of [3, 3, 7, 3]) first.frame(aRecord(number))
    await receiptTo(first, 7)
    first.gone()
    const second = await openGreetedLink(opened.hub)
    expect((await second.next('welcome')).welcome.receivedRecord).toBe(7)
    second.frame(aRecord(7))
    await receiptTo(second, 7)
    expect(opened.recording.applied.map(({ invocationId }) => invocationId)).toEqual(['invocation-3', 'invocation-7'])
  })

  it('lets a record wait for what its receiver waits for, later records of its node behind it and others past it', async () => {
    await using db = await openStore()
    const gate = Promise.withResolvers<void>()
    const settled: string[] = []
    const prepare: Receivers['prepare'] = ({ nodeKey, invocationId }) => ({
      clear: nodeKey === 1 && invocationId === 'invocation-2' ? gate.promise : undefined,
      [Symbol.dispose]: () => void settled.push(`${nodeKey}/${invocationId}`),
    })
    await using opened = openHub(db, {}, { prepare })
    const [held, free] = [await openGreetedLink(opened.hub, 1), await openGreetedLink(opened.hub, 2)]
    for (const number of [1, 2, 3]) held.frame(aRecord(number))
    free.frame(aRecord(1))
    await receiptTo(free, 1)
    await receiptTo(held, 1)
    expect((await linkRow(db))?.received_record).toBe(1)
    expect(settled.toSorted()).toEqual(['1/invocation-1', '2/invocation-1'])
    gate.resolve()
    await receiptTo(held, 3)
    const applied = opened.recording.applied.filter(({ nodeKey }) => nodeKey === 1)
    expect(applied.map(({ invocationId }) => invocationId)).toEqual(['invocation-1', 'invocation-2', 'invocation-3'])
    expect(settled).toHaveLength(4)
  })

  it('parks the records that cannot be applied, keeps the rest and receipts all', async () => {
    await using db = await openStore()
    await using opened = openHub(db, { commit: { maxItems: 1000 } })
    opened.recording.poison.add('invocation-57').add('invocation-200')
    const link = await openGreetedLink(opened.hub)
    for (let number = 1; number <= 200; number++) link.frame(aRecord(number))
    await receiptTo(link, 200)
    expect(opened.recording.applied.map(({ invocationId }) => invocationId)).toEqual(
      Array.from({ length: 199 }, (_, index) => `invocation-${index + 1}`).filter((id) => id !== 'invocation-57'),
    )
    const rows = await parked(db)
    expect(rows.map(({ number }) => number).sort((a, b) => a - b)).toEqual([57, 200])
    const first = rows.find(({ number }) => number === 57)
    expect(first).toMatchObject({ node_key: 1, journal_id: 'journal-1', problem: 'poison invocation-57' })
    expect(Buffer.from(first!.body).equals(encodeFrame(aRecord(57)))).toBe(true)
    expect(opened.hub.stats()).toMatchObject({ records: 198, parked: 2 })
    expect((await linkRow(db))?.received_record).toBe(200)
  })

  it('knows a record again by its number where the session cannot, as after a commit whose outcome was unknown', async () => {
    await using db = await openStore()
    await using opened = openHub(db)
    await openGreetedLink(opened.hub)
    const recording = createRecording()
    const gate = createRecordGate(
      { db, clock: opened.clock, log: silentLog },
      createHubStore(db.dialect),
      () => recording,
    )
    const from = { nodeKey: 1, nodeId: 'mi-1', epoch: 1 }
    const frame = aRecord(7)
    if (frame.kind !== 'record') throw new Error('no record')
    const taken = [7, 7].map(() => gate.record(from, frame.record, encodeFrame(frame)))
    expect(await Promise.all(taken)).toEqual(['applied', 'duplicate'])
    expect(await gate.record(from, frame.record, encodeFrame(frame))).toBe('duplicate')
    expect(recording.applied).toHaveLength(1)
    await gate[Symbol.asyncDispose]()
  })

  it('takes nothing from a link whose node has logged in again elsewhere', async () => {
    await using db = await openStore()
    await using here = openHub(db)
    await using there = openHub(db, { controllerId: 'controller-2' })
    const old = await openGreetedLink(here.hub)
    const fresh = await openGreetedLink(there.hub)
    old.frame(aRecord(1))
    expect(await old.ended()).toBe('replaced')
    expect(here.recording.applied).toEqual([])
    fresh.frame(aRecord(1))
    await receiptTo(fresh, 1)
    expect(there.recording.applied).toHaveLength(1)
    expect(await linkRow(db)).toMatchObject({ epoch: 2, controller_id: 'controller-2' })
  })

  it('begins at 0 for a new journal, and at the journal’s own end when an old copy came back', async () => {
    await using db = await openStore()
    await using opened = openHub(db)
    const first = await openGreetedLink(opened.hub, 1, { lastRecord: 9 })
    first.frame(aRecord(9))
    await receiptTo(first, 9)
    const restored = await openGreetedLink(opened.hub, 1, { lastRecord: 4 })
    expect((await restored.next('welcome')).welcome.receivedRecord).toBe(4)
    const fresh = await openGreetedLink(opened.hub, 1, { journalId: 'journal-2', lastRecord: 0 })
    expect((await fresh.next('welcome')).welcome.receivedRecord).toBe(0)
    fresh.frame(aRecord(1, { journalId: 'journal-2' }))
    await receiptTo(fresh, 1)
  })

  it('hands receipts of work over before records of the same commit', async () => {
    await using db = await openStore()
    const order: string[] = []
    await using opened = openHub(
      db,
      {},
      {
        receipts: async () => void order.push('receipts'),
        records: async () => void order.push('records'),
      },
    )
    const link = await openGreetedLink(opened.hub)
    link.frame(aRecord(1))
    link.frame({ kind: 'workReceipt', workReceipt: { invocationId: 'invocation-1', known: false } })
    await receiptTo(link, 1)
    expect(order).toEqual(['receipts', 'records'])
  })

  it('ends a silent link and says when the node was last heard', async () => {
    await using db = await openStore()
    await using opened = openHub(db)
    const { hub, clock, recording } = opened
    const link = await openGreetedLink(hub)
    const heardAt = clock.now()
    const [silence] = hub.sweeps
    clock.advance(74_999)
    await silence!.run(run)
    expect(hub.isConnected(1)).toBe(true)
    clock.advance(1)
    await silence!.run(run)
    expect(hub.isConnected(1)).toBe(false)
    expect(await link.ended()).toBe('silent')
    expect(hub.lastContact(1)).toBe(heardAt)
    await hub[Symbol.asyncDispose]()
    expect(recording.moves.at(-1)).toEqual({ kind: 'departed', nodeKey: 1, at: heardAt })
  })

  it('does not take its own standing still for the silence of a node', async () => {
    await using db = await openStore()
    const clock = createManualClock(1_800_000_000_000)
    using watch = createLoopWatch({ clock, onStall: () => {} })
    await using opened = openHub(db, { clock: { now: clock.now, monotonic: watch.steady } })
    const { hub } = opened
    await openGreetedLink(hub)
    clock.advance(600_000)
    await hub.sweeps[0]!.run(run)
    expect(hub.isConnected(1)).toBe(true)
    for (let tick = 0; tick < 750; tick++) {
      watch.look()
      clock.advance(100)
    }
    await hub.sweeps[0]!.run(run)
    expect(hub.isConnected(1)).toBe(false)
  })

  it('does not lose a node when the wall clock jumps', async () => {
    await using db = await openStore()
    await using opened = openHub(db)
    await openGreetedLink(opened.hub)
    opened.clock.set(opened.clock.now() + 365 * 86_400_000)
    await opened.hub.sweeps[0]!.run(run)
    expect(opened.hub.isConnected(1)).toBe(true)
  })

  it('writes last contacts once a round, and only of nodes that were heard since', async () => {
    await using db = await openStore()
    await using opened = openHub(db)
    const { hub, clock, recording } = opened
    const link = await openGreetedLink(hub, 1)
    await openGreetedLink(hub, 2)
    clock.advance(1)
    await hub.sweeps[1]!.run(run)
    clock.advance(60_000)
    link.frame({ kind: 'heartbeat', heartbeat: { sequence: 1, running: 0, degraded: false, degradedReason: '' } })
    await hub.sweeps[1]!.run(run)
    const heard = recording.moves.filter(({ kind }) => kind === 'heard')
    expect(heard.map(({ nodeKey }) => nodeKey)).toEqual([1, 2, 1])
    expect(heard.at(-1)?.at).toBe(clock.now())
  })

  it('forgets at start the links of its earlier life', async () => {
    await using db = await openStore()
    const crashed = openHub(db)
    await openGreetedLink(crashed.hub)
    await using opened = openHub(db)
    await opened.hub.reset()
    expect(await linkRow(db)).toMatchObject({ epoch: 1, controller_id: null, connected_at: null })
    await crashed.hub[Symbol.asyncDispose]()
  })

  it('ends the link with unavailable when the store is gone, so that the agent keeps its records', async () => {
    await using db = await openStore()
    let lost = false
    const write: Database['write'] = (fn) => (lost ? Promise.reject(new StoreLost('gone')) : db.write(fn))
    await using opened = openHub({ ...db, write })
    const link = await openGreetedLink(opened.hub)
    lost = true
    link.frame(aRecord(1))
    expect(await link.ended()).toBe('unavailable')
    expect(link.sent.some(({ kind }) => kind === 'recordReceipt')).toBe(false)
    expect(opened.hub.isConnected(1)).toBe(false)
  })

  it('keeps the newest 100 parked records of a node', async () => {
    await using db = await openStore()
    const store = createHubStore(db.dialect)
    const record = { journalId: 'journal-1', body: new Uint8Array(1), problem: 'poison', at: 1 }
    await db.write(async (tx) => {
      await store.insertParked(tx, { ...record, nodeKey: 2, number: 1 })
      for (let number = 1; number <= 103; number++) await store.insertParked(tx, { ...record, nodeKey: 1, number })
    })
    const numbers = (await parked(db)).filter(({ node_key }) => node_key === 1).map(({ number }) => number)
    expect([numbers.length, Math.min(...numbers)]).toEqual([100, 4])
    expect(await parked(db)).toHaveLength(101)
  })

  it('writes the loss of a link later when the store did not take it', async () => {
    await using db = await openStore()
    let busy = false
    const write: Database['write'] = (fn) => (busy ? Promise.reject(new StoreBusy('busy')) : db.write(fn))
    await using opened = openHub({ ...db, write })
    const link = await openGreetedLink(opened.hub)
    busy = true
    link.gone()
    await turns()
    busy = false
    expect(opened.recording.moves.at(-1)?.kind).toBe('arrived')
    await opened.hub.sweeps[1]!.run(run)
    expect(opened.recording.moves.at(-1)?.kind).toBe('departed')
    expect(await linkRow(db)).toMatchObject({ epoch: 1, controller_id: null })
  })

  it('takes nothing of a link behind a record that was not kept', async () => {
    await using db = await openStore()
    const { promise: failing, reject: fail } = Promise.withResolvers<never>()
    let writes = 0
    let failed = -1
    const write: Database['write'] = (fn) => (writes++ === failed ? failing : db.write(fn))
    await using opened = openHub({ ...db, write })
    const link = await openGreetedLink(opened.hub)
    failed = writes
    link.frame(aRecord(1))
    await turns()
    for (const number of [2, 3]) link.frame(aRecord(number))
    fail(new StoreBusy('busy'))
    expect(await link.ended()).toBe('unavailable')
    await turns(10)
    const again = await openGreetedLink(opened.hub)
    expect((await again.next('welcome')).welcome.receivedRecord).toBe(0)
    for (const number of [1, 2, 3]) again.frame(aRecord(number))
    await receiptTo(again, 3)
    expect(opened.recording.applied.map(({ invocationId }) => invocationId)).toEqual(
      [1, 2, 3].map((number) => `invocation-${number}`),
    )
  })

  it('parks nothing behind a record that was not kept', async () => {
    await using db = await openStore()
    let rejecting = false
    const write: Database['write'] = (fn) => {
      if (!rejecting) return db.write(fn)
      rejecting = false
      return Promise.reject(new StoreBusy('busy'))
    }
    await using opened = openHub(
      { ...db, write },
      {},
      {
        async records(_tx, records) {
          if (!records.some(({ invocationId }) => invocationId === 'invocation-4')) return
          // The first half of the batch meets a store that fails, the second one that works again.
          rejecting = records.length === 4
          throw new Error('poison')
        },
      },
    )
    const link = await openGreetedLink(opened.hub)
    for (const number of [1, 2, 3, 4]) link.frame(aRecord(number))
    expect(await link.ended()).toBe('unavailable')
    await turns(10)
    await opened.hub[Symbol.asyncDispose]()
    expect(await parked(db)).toEqual([])
    expect((await linkRow(db))?.received_record).toBe(0)
  })

  it('runs work on a node in memory and takes its signed result', async () => {
    await using db = await openStore()
    await using opened = openHub(db)
    const node = await connectMemoryNode(opened.hub, {
      nodeKey: 4,
      nodeId: 'mi-0123456789abcdef0',
      clock: opened.clock,
      behaviours: { onWork: () => ({ exitCode: 3, stdout: 'out' }) },
    })
    expect(opened.hub.find(4)?.send({ kind: 'work', work: aWork('invocation-1') })).toBe(true)
    await node.ledgerLines(2)
    await node.settled()
    expect(opened.recording.received).toEqual(['invocation-1'])
    expect(opened.recording.applied.map(({ fact }) => fact.kind)).toEqual(['started', 'result'])
    expect(node.ledger.map(({ event }) => event)).toEqual(['start', 'end'])
  })
})
