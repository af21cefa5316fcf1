import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operation } from '#api/operation.ts'
import { BEARER, KEY, startTestApi, type TestApiOptions } from '#api/testing/start-api.ts'
import { type Database, openDatabase } from '#db/index.ts'
import { NO_RATES } from './rates.ts'

const LIST = 'AmazonSSM.ListTagsForResource'
const INPUT = { ResourceType: 'Document', ResourceId: 'x' }
const reading = operation('ListTagsForResource', {
  kind: 'read',
  access: { action: 'ssm:ListTagsForResource', resources: () => [] },
  handle: async () => ({ TagList: [] }),
})

let folder: string
let db: Database
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-limits-'))
  db = await openDatabase(`sqlite:${join(folder, 'muster.db')}`, {
    onFatal: (error) => {
      throw error
    },
  })
})
afterAll(async () => {
  await db[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})
const open = (options: Partial<TestApiOptions>) => startTestApi({ db, operations: [reading], ...options })
const THROTTLED = { status: 400, json: { __type: 'ThrottlingException', Message: 'Rate exceeded' } }
const wrong = { key: { id: KEY.id, secret: 'wrong' } }
const unknown = { key: { id: 'AKIAUNKNOWNUNKNOWN00', secret: 'wrong' } }

describe('a caller above its rate', () => {
  it('gets ThrottlingException until there is room again', async () => {
    await using api = await open({ rates: { ...NO_RATES, read: 1 } })
    for (const _call of [1, 2]) expect((await api.post(LIST, INPUT)).status).toBe(200)
    expect(await api.post(LIST, INPUT)).toMatchObject(THROTTLED)
    api.clock.advance(1000)
    expect((await api.post(LIST, INPUT)).status).toBe(200)
  })

  it('has the same rate by a bearer token and for operations that do not exist', async () => {
    await using api = await open({ rates: { ...NO_RATES, read: 1 } })
    for (const _call of [1, 2]) await api.post('AmazonSSM.NoSuchOperation', {})
    const headers = { authorization: `Bearer ${BEARER}` }
    const answer = await api.fetch('/api/ListTagsForResource', { method: 'POST', headers, body: JSON.stringify(INPUT) })
    expect(answer).toMatchObject(THROTTLED)
  })
})

describe('a source whose credentials are refused', () => {
  it('waits after ten seconds’ worth of bad signatures or unknown keys, and goes on in time', async () => {
    await using api = await open({ rates: { ...NO_RATES, refused: 1 } })
    for (let call = 0; call < 5; call++) {
      expect((await api.post(LIST, INPUT, wrong)).json['__type']).toBe('InvalidSignatureException')
      expect((await api.post(LIST, INPUT, unknown)).json['__type']).toBe('UnrecognizedClientException')
    }
    expect(await api.post(LIST, INPUT, unknown)).toMatchObject(THROTTLED)
    expect(await api.post(LIST, INPUT)).toMatchObject(THROTTLED)
    api.clock.advance(1000)
    expect((await api.post(LIST, INPUT)).status).toBe(200)
  })

  it('keeps the credentials that were good there before', async () => {
    await using api = await open({ rates: { ...NO_RATES, refused: 1 } })
    expect((await api.post(LIST, INPUT)).status).toBe(200)
    for (let call = 0; call < 11; call++) await api.post(LIST, INPUT, unknown)
    expect(await api.post(LIST, INPUT, unknown)).toMatchObject(THROTTLED)
    expect((await api.post(LIST, INPUT)).status).toBe(200)
    const headers = { authorization: 'Bearer muster_other' }
    expect(await api.fetch('/api/ListTagsForResource', { method: 'POST', headers, body: '{}' })).toMatchObject(
      THROTTLED,
    )
  })
})

describe('bodies that are being received', () => {
  it('are bounded together, small ones go on, and the room comes back', async () => {
    await using api = await open({ bodiesBytes: 100_000 })
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1')
    const head = 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 90000\r\nexpect: 100-continue\r\n\r\n'
    socket.write(head)
    // The server asks for the body: from here on it has its room.
    await once(socket, 'data')
    const large = JSON.stringify({ ...INPUT, ResourceId: 'x'.repeat(20_000) })
    expect(await api.post(LIST, large)).toMatchObject({ status: 503, json: { __type: 'ServiceUnavailable' } })
    expect((await api.post(LIST, INPUT)).status).toBe(200)
    socket.destroy()
    await expect
      .poll(async () => (await api.post(LIST, large)).json['__type'], { timeout: 60_000 })
      .not.toBe('ServiceUnavailable')
  })
})
