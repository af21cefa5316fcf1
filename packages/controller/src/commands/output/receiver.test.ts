import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeRunRecord } from '@muster/protocol/delivery'
import { createManualClock } from '@muster/protocol/kit'
import type { Kysely } from 'kysely'
import { expect, test, vi } from 'vitest'
import type { CommandTables } from '#commands/tables.ts'
import type { Database } from '#db/index.ts'
import { describeStores } from '#db/testing/stores.ts'
import type { OutputPiece } from '#hub/link.ts'
import { type Failpoint, noFailpoint } from '#kit/failpoint.ts'
import { createObjects } from '#objects/index.ts'
import { readOutput } from './reader.ts'
import { createOutputReceiver, type OutputLimits, StreamMoved } from './receiver.ts'
import { findStream, type StreamKey } from './store.ts'

const KEY: StreamKey = { commandKey: 1, nodeKey: 7, step: 0, stream: 'stdout' }
const LIMITS = { segmentBytes: 1000, openBytes: 4000, inlineBytes: 100, keptBytes: 200 }

const aPiece = (offset: number, data: Uint8Array, changes: Partial<OutputPiece> = {}): OutputPiece => ({
  nodeKey: 7,
  invocationId: '01234567-89ab-cdef-0123-456789abcdef-mi-0123456789abcdef0',
  ...{ step: 0, attempt: 1, stream: 'stdout', offset, data, end: false, dropped: 0 },
  ...changes,
})

async function openReceiver(db: Database) {
  const folder = await mkdtemp(join(tmpdir(), 'muster-output-'))
  const objects = await createObjects({ folder })
  const clock = createManualClock(0)
  await db.write(async (tx) => {
    for (const nodeKey of [7, 8, 9, 10, 11, 12]) await insertInvocation(tx.withTables<CommandTables>(), nodeKey)
  })
  const make = (limits: Partial<OutputLimits> = {}, failpoint: Failpoint = noFailpoint) => {
    const receiver = createOutputReceiver({
      ...{ db, objects, clock, failpoint, onChange: () => {}, limits: { ...LIMITS, ...limits } },
      findCommandKey: async () => 1,
    })
    const read = async (offset = 0, max = 1_000_000, key = KEY) =>
      readOutput(db.read, { objects, receiver }, key, { offset, max })
    return { ...receiver, read }
  }
  return {
    db,
    clock,
    make,
    async [Symbol.asyncDispose]() {
      await db[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const insertInvocation = (tables: Kysely<CommandTables>, nodeKey: number) =>
  tables
    .insertInto('command_invocation')
    .values({
      ...{ command_key: 1, node_key: nodeKey, state: 'InProgress', terminal: 0, requested_at: 0 },
      ...{ attempts: 1, running: 1 },
    })
    .execute()

/** The result of a node whose only stream stands whole in its step's head. */
async function insertResult(db: Database, nodeKey: number, stdout: string): Promise<void> {
  const bytes = Buffer.from(stdout)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const nothing = { total: 0, kept: 0, dropped: 0, sha256: createHash('sha256').digest('hex') }
  const times = { startedAt: 1, endedAt: 2, bootId: 'boot', attempt: 1 } as const
  const record = encodeRunRecord({
    ...{ format: 1, nodeId: 'mi-0123456789abcdef0', commandId: 'c', envelopeHash: sha256, status: 'Success', ...times },
    steps: [
      {
        ...{ index: 0, name: 'run', action: 'aws:runShellScript', status: 'Success', exitCode: 0, ...times },
        ...{ stdout: { total: bytes.length, kept: bytes.length, dropped: 0, sha256 }, stderr: nothing },
      },
    ],
  })
  await db.write(async (tx) => {
    const tables = tx.withTables<CommandTables>()
    const row = { ...KEY, nodeKey }
    await tables
      .updateTable('command_invocation')
      .set({ state: 'Success', terminal: 1, record })
      .where('node_key', '=', nodeKey)
      .execute()
    await tables
      .insertInto('command_step')
      .values({
        ...{ command_key: row.commandKey, node_key: nodeKey, step: 0, name: 'run', action: 'aws:runShellScript' },
        ...{ state: 'Success', code: 0, attempt: 1, stdout_head: stdout, stderr_head: '' },
      })
      .execute()
  })
}

describeStores('the output receiver', (openStore) => {
  test('says sealed only of what is durable, and received of the rest', async () => {
    await using stand = await openReceiver(await openStore())
    const receiver = stand.make()
    const bytes = randomBytes(1500)
    expect(await receiver.take(aPiece(0, bytes.subarray(0, 600)))).toEqual({ received: 600, sealed: 0 })
    expect(await receiver.take(aPiece(600, bytes.subarray(600, 1100)))).toEqual({ received: 1100, sealed: 0 })
    await receiver.settled()
    expect(await receiver.take(aPiece(1100, bytes.subarray(1100)))).toEqual({ received: 1500, sealed: 1100 })
    expect((await receiver.read()).data).toEqual(new Uint8Array(bytes.subarray(0, 1100)))
    expect(Buffer.from((await receiver.read(1100)).data)).toEqual(bytes.subarray(1100))
  })

  test('takes repeated and overlapping pieces once, and none beyond a gap', async () => {
    await using stand = await openReceiver(await openStore())
    const receiver = stand.make()
    const bytes = randomBytes(500)
    await receiver.take(aPiece(0, bytes.subarray(0, 300)))
    expect(await receiver.take(aPiece(0, bytes.subarray(0, 300)))).toEqual({ received: 300, sealed: 0 })
    expect(await receiver.take(aPiece(400, bytes.subarray(400)))).toEqual({ received: 300, sealed: 0 })
    expect(await receiver.take(aPiece(200, bytes.subarray(200)))).toEqual({ received: 500, sealed: 0 })
    expect(Buffer.from((await receiver.read()).data)).toEqual(bytes)
  })

  test('stores nothing of a stream that went on at another controller, and then goes on where that one ended', async () => {
    await using stand = await openReceiver(await openStore())
    const [one, other] = [stand.make(), stand.make()]
    const bytes = randomBytes(3000)
    await one.take(aPiece(0, bytes.subarray(0, 500)))
    // The node has moved, and begins at what is sealed.
    await other.take(aPiece(0, bytes.subarray(0, 1200)))
    await other.settled()
    await one.take(aPiece(500, bytes.subarray(500, 1100)))
    await one.settled()
    await expect(one.take(aPiece(1100, bytes.subarray(1100, 1150)))).rejects.toThrow(StreamMoved)
    expect((await findStream(stand.db.read, KEY))?.sealed).toBe(1200)
    expect(await one.take(aPiece(1200, bytes.subarray(1200)))).toMatchObject({ received: 3000 })
    await one.settled()
    expect(Buffer.from((await one.read()).data)).toEqual(bytes)
  })

  test('fills a gap from what another controller has stored meanwhile', async () => {
    await using stand = await openReceiver(await openStore())
    const [one, other] = [stand.make(), stand.make()]
    const bytes = randomBytes(1300)
    await one.take(aPiece(0, bytes.subarray(0, 500)))
    await other.take(aPiece(0, bytes.subarray(0, 1000)))
    await other.settled()
    expect(await one.take(aPiece(1000, bytes.subarray(1000)))).toEqual({ received: 1300, sealed: 1000 })
  })

  test('goes on at what is sealed after a restart, with the right hash at the end', async () => {
    await using stand = await openReceiver(await openStore())
    const bytes = randomBytes(2600)
    const first = stand.make()
    await first.take(aPiece(0, bytes.subarray(0, 1200)))
    await first.settled()
    await first.take(aPiece(1200, bytes.subarray(1200, 1700)))
    // Nothing of the first one's memory is there any more.
    const second = stand.make()
    expect(await second.take(aPiece(1700, bytes.subarray(1700)))).toEqual({ received: 1200, sealed: 1200 })
    const rest = aPiece(1200, bytes.subarray(1200), { end: true, dropped: 40 })
    expect(await second.take(rest)).toEqual({ received: 2600, sealed: 2600, ended: true })
    const row = await findStream(stand.db.read, KEY)
    expect(row).toMatchObject({ kept: 2600, total: 2640, dropped: 40, sealed: 2600 })
    expect(row?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
    expect(await second.take(rest)).toEqual({ received: 2600, sealed: 2600, ended: true })
  })

  test('keeps a short stream in its row', async () => {
    await using stand = await openReceiver(await openStore())
    const receiver = stand.make()
    const bytes = randomBytes(80)
    expect(await receiver.take(aPiece(0, bytes, { end: true }))).toEqual({ received: 80, sealed: 80, ended: true })
    expect(Buffer.from((await receiver.read()).data)).toEqual(bytes)
    expect(receiver.tail(KEY)).toBeUndefined()
  })

  test('begins again when the step is entered again', async () => {
    await using stand = await openReceiver(await openStore())
    const receiver = stand.make()
    await receiver.take(aPiece(0, randomBytes(1500)))
    const bytes = randomBytes(90)
    expect(await receiver.take(aPiece(0, bytes, { attempt: 2 }))).toEqual({ received: 90, sealed: 0 })
    // What still comes of the earlier attempt is let go of.
    expect(await receiver.take(aPiece(1500, randomBytes(10)))).toEqual({ received: 1510, sealed: 1510, ended: true })
    await receiver.take(aPiece(90, randomBytes(0), { attempt: 2, end: true }))
    expect(Buffer.from((await receiver.read()).data)).toEqual(bytes)
  })

  test('keeps no more in memory than it may, however many nodes write', async () => {
    await using stand = await openReceiver(await openStore())
    const receiver = stand.make({ segmentBytes: 1_000_000 })
    const open = () =>
      [7, 8, 9, 10, 11, 12].reduce((sum, nodeKey) => {
        const tail = receiver.tail({ ...KEY, nodeKey })
        return sum + (tail ? tail.received - tail.sealed : 0)
      }, 0)
    for (let round = 0; round < 10; round++) {
      for (const nodeKey of [7, 8, 9, 10, 11, 12]) {
        await receiver.take(aPiece(round * 300, randomBytes(300), { nodeKey }))
        expect(open()).toBeLessThanOrEqual(LIMITS.openBytes)
      }
    }
  })

  test('forgets tails of nodes that are gone, and asks for them again', async () => {
    await using stand = await openReceiver(await openStore())
    const receiver = stand.make()
    await receiver.take(aPiece(0, randomBytes(50)))
    stand.clock.advance(1000)
    receiver.forgetIdle(stand.clock.now(), () => true)
    expect(receiver.tail(KEY)).toBeDefined()
    receiver.forgetIdle(stand.clock.now(), () => false)
    expect(receiver.tail(KEY)).toBeUndefined()
    expect(await receiver.take(aPiece(50, randomBytes(50)))).toEqual({ received: 0, sealed: 0 })
  })

  test('stores what a node that is gone has brought, so that it goes on behind it', async () => {
    await using stand = await openReceiver(await openStore())
    const receiver = stand.make()
    const bytes = randomBytes(400)
    await receiver.take(aPiece(0, bytes.subarray(0, 300)))
    receiver.forgetNode(KEY.nodeKey)
    await receiver.settled()
    expect(receiver.tail(KEY)).toBeUndefined()
    // At this controller or another one.
    const other = stand.make()
    expect(await other.take(aPiece(0, bytes.subarray(0, 16)))).toEqual({ received: 300, sealed: 300 })
    await other.take(aPiece(300, bytes.subarray(300)))
    expect(Buffer.from((await other.read()).data)).toEqual(bytes.subarray(0, 300))
    expect(Buffer.from((await other.read(300)).data)).toEqual(bytes.subarray(300))
  })

  test('keeps the open part of a node that is back before it is stored', async () => {
    await using stand = await openReceiver(await openStore())
    const receiver = stand.make()
    const bytes = randomBytes(700)
    await receiver.take(aPiece(0, bytes.subarray(0, 300)))
    receiver.forgetNode(KEY.nodeKey)
    expect(await receiver.take(aPiece(300, bytes.subarray(300)))).toMatchObject({ received: 700 })
    await receiver.settled()
    expect(receiver.tail(KEY)).toMatchObject({ sealed: 300, received: 700 })
    expect(await receiver.take(aPiece(700, randomBytes(0), { end: true }))).toMatchObject({
      received: 700,
      ended: true,
    })
    expect((await findStream(stand.db.read, KEY))?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  })

  test('takes more while a segment is stored', async () => {
    await using stand = await openReceiver(await openStore())
    const gate = Promise.withResolvers<void>()
    const receiver = stand.make({}, () => gate.promise)
    const bytes = randomBytes(1900)
    await receiver.take(aPiece(0, bytes.subarray(0, 1000)))
    expect(await receiver.take(aPiece(1000, bytes.subarray(1000)))).toEqual({ received: 1900, sealed: 0 })
    gate.resolve()
    await receiver.settled()
    expect(await receiver.take(aPiece(1900, randomBytes(0), { end: true }))).toMatchObject({
      sealed: 1900,
      ended: true,
    })
    expect(Buffer.from((await receiver.read(0, 1000)).data)).toEqual(bytes.subarray(0, 1000))
    expect(Buffer.from((await receiver.read(1000)).data)).toEqual(bytes.subarray(1000))
  })

  test('tells the next piece of a segment that could not be stored, and begins again at what is', async () => {
    await using stand = await openReceiver(await openStore())
    let isFull = true
    const receiver = stand.make({}, async () => {
      if (isFull) throw new Error('the disk is full')
    })
    const bytes = randomBytes(1100)
    await receiver.take(aPiece(0, bytes.subarray(0, 1000)))
    await receiver.settled()
    await expect(receiver.take(aPiece(1000, bytes.subarray(1000)))).rejects.toThrow('the disk is full')
    isFull = false
    expect(await receiver.take(aPiece(0, bytes))).toEqual({ received: 1100, sealed: 0 })
    await receiver.settled()
    expect(Buffer.from((await receiver.read()).data)).toEqual(bytes)
  })

  test('keeps nothing of an earlier attempt whose segment comes after the next attempt began', async () => {
    await using stand = await openReceiver(await openStore())
    const gate = Promise.withResolvers<void>()
    const receiver = stand.make({}, () => gate.promise)
    await receiver.take(aPiece(0, randomBytes(1000)))
    const bytes = randomBytes(1100)
    await receiver.take(aPiece(0, bytes.subarray(0, 500), { attempt: 2 }))
    gate.resolve()
    await vi.waitUntil(async () => (await findStream(stand.db.read, KEY))?.attempt === 1, { timeout: 30_000 })
    await receiver.take(aPiece(500, bytes.subarray(500), { attempt: 2 }))
    await receiver.settled()
    expect(Buffer.from((await receiver.read()).data)).toEqual(bytes)
  })

  test('keeps no open part of a stream whose result came while it was looked up', async () => {
    await using stand = await openReceiver(await openStore())
    const receiver = stand.make()
    const nodeKeys = Array.from({ length: 150 }, (_, n) => 1000 + n)
    await stand.db.write(async (tx) => {
      for (const nodeKey of nodeKeys) await insertInvocation(tx.withTables<CommandTables>(), nodeKey)
    })
    for (const nodeKey of nodeKeys) {
      const key = { ...KEY, nodeKey }
      const result = insertResult(stand.db, nodeKey, 'hello').then(() => receiver.forget(key))
      // The piece meets the result before, during and after its commit.
      for (let turn = 0; turn < nodeKey % 50; turn++) await new Promise((resolve) => setImmediate(resolve))
      await Promise.all([result, receiver.take(aPiece(0, Buffer.from('hel'), { nodeKey }))])
      expect(receiver.tail(key)).toBeUndefined()
      expect(await receiver.read(0, 100, key)).toMatchObject({ total: 5, complete: true })
    }
  })

  test('writes nothing over a stream that its result brought while a part of it was stored', async () => {
    await using stand = await openReceiver(await openStore())
    const text = 'x'.repeat(1500)
    const receiver = stand.make({}, () => insertResult(stand.db, KEY.nodeKey, text))
    await receiver.take(aPiece(0, Buffer.from(text.slice(0, 1100))))
    await receiver.settled()
    receiver.forget(KEY)
    const view = await receiver.read()
    expect([Buffer.from(view.data).toString(), view.complete]).toEqual([text, true])
  })

  test('lets go of output that belongs to nothing here', async () => {
    await using stand = await openReceiver(await openStore())
    const receiver = stand.make()
    expect(await receiver.take(aPiece(10, randomBytes(5), { nodeKey: 99 }))).toEqual({
      received: 15,
      sealed: 15,
      ended: true,
    })
    expect(await receiver.take(aPiece(10, randomBytes(5), { invocationId: 'x' }))).toEqual({
      received: 15,
      sealed: 15,
      ended: true,
    })
  })
})
