import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '#db/index.ts'
import { operation } from './operation.ts'
import type { Route, RouteRequest } from './route.ts'
import { BEARER, KEY, meta, signedHeaders, startTestApi, type TestApi } from './testing/start-api.ts'

const reading = operation('ListTagsForResource', {
  kind: 'read',
  access: { action: 'ssm:ListTagsForResource', resources: () => [] },
  handle: async (_db, input) => ({ TagList: [{ Key: 'id', Value: input.ResourceId }] }),
})
const counting = operation('AddTagsToResource', {
  kind: 'write',
  access: { action: 'ssm:AddTagsToResource', resources: () => [] },
  async handle(tx, input) {
    const rows = await meta(tx).selectFrom('meta').select('key').where('key', '>=', input.ResourceId).execute()
    await meta(tx)
      .insertInto('meta')
      .values({ key: `${input.ResourceId}-${rows.length}`, value: '' })
      .execute()
    return {}
  },
})
const identity = operation('GetCallerIdentity', {
  kind: 'read',
  access: { action: 'sts:GetCallerIdentity', resources: () => [] },
  handle: async (_db, _input, { caller }) => ({ UserId: caller.id, Account: caller.accountId, Arn: caller.arn }),
})
const seen: RouteRequest[] = []
const route: Route = {
  method: 'POST',
  path: '/agent/things/:name',
  maxBodyBytes: 10,
  async handle(request) {
    seen.push(request)
    return { status: 201, headers: { 'content-type': 'text/plain' }, body: `got ${request.body}` }
  },
}

const LIST = 'AmazonSSM.ListTagsForResource'
const INPUT = { ResourceType: 'Document', ResourceId: 'x' }
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

let folder: string
let db: Database
let api: TestApi
let problem: string | undefined

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-http-'))
  db = await openDatabase(`sqlite:${join(folder, 'muster.db')}`, {
    onFatal: (error) => {
      throw error
    },
  })
  const operations = [reading, counting, identity]
  api = await startTestApi({ db, operations, routes: [route], notReady: () => problem })
})

afterAll(async () => {
  await api[Symbol.asyncDispose]()
  await db[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

describe('a signed call over HTTP', () => {
  it('is answered as JSON 1.1 with a request id', async () => {
    const reply = await api.post(LIST, INPUT)
    expect(reply.status).toBe(200)
    expect(reply.headers.get('content-type')).toBe('application/x-amz-json-1.1')
    expect(reply.headers.get('x-amzn-requestid')).toMatch(UUID)
    expect(reply.json).toEqual({ TagList: [{ Key: 'id', Value: 'x' }] })
  })

  it('without Authorization header is asked for one (row 1)', async () => {
    const reply = await api.fetch('/', { method: 'POST', body: '{}', headers: { 'x-amz-target': LIST } })
    expect(reply.status).toBe(400)
    expect(reply.headers.get('x-amzn-requestid')).toMatch(UUID)
    expect(reply.json).toEqual({
      __type: 'MissingAuthenticationTokenException',
      message: 'Missing Authentication Token',
    })
  })

  it('with an unknown access key id is not recognised (row 2)', async () => {
    const reply = await api.post(LIST, INPUT, { key: { id: 'AKIAUNKNOWNUNKNOWN00', secret: 'x' } })
    expect(reply.status).toBe(400)
    expect(reply.json).toEqual({
      __type: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    })
  })

  it('with a wrong secret, an altered body, a wrong region or service has an invalid signature (rows 3, 6, 7)', async () => {
    const altered = await signedHeaders(api.url, api.clock.now(), LIST, '{}')
    const replies = [
      await api.post(LIST, INPUT, { key: { id: KEY.id, secret: 'wrong' } }),
      await api.fetch('/', { method: 'POST', headers: altered, body: '{ }' }),
      await api.post(LIST, INPUT, { region: 'ap-south-1' }),
      await api.post(LIST, INPUT, { service: 'ec2' }),
    ]
    for (const { status, json } of replies) expect([status, json['__type']]).toEqual([400, 'InvalidSignatureException'])
    expect(replies.map(({ json }) => json['message'])).toEqual([
      expect.stringMatching(/^The request signature we calculated does not match/),
      expect.stringMatching(/^The request signature we calculated does not match/),
      'Credential should be scoped to a valid region. ',
      "Credential should be scoped to correct service: 'ssm'. ",
    ])
  })

  it('without SignedHeaders is incomplete (row 8)', async () => {
    const headers = await signedHeaders(api.url, api.clock.now(), LIST, '{}')
    const authorization = headers['authorization']?.replace(/SignedHeaders=[^,]+, /, '') ?? ''
    const reply = await api.fetch('/', { method: 'POST', headers: { ...headers, authorization }, body: '{}' })
    expect(reply.json).toEqual({
      __type: 'IncompleteSignatureException',
      message: "Authorization header requires 'SignedHeaders' parameter.",
    })
  })

  it.each([
    undefined,
    '',
    'AmazonSSM.Nonsense',
    'ListTagsForResource',
    'AmazonSSM.__proto__',
    'Other.ListTagsForResource',
    'constructor',
  ])('with the target %s asks for an operation that is not known (row 11)', async (target) => {
    const reply = await api.post(target, '{}')
    expect([reply.status, reply.json['__type']]).toEqual([400, 'UnknownOperationException'])
  })

  it('of an operation that is not built says so', async () => {
    const reply = await api.post('AmazonSSM.StartSession', { Target: 'mi-0' })
    expect(reply.status).toBe(400)
    expect(reply.json).toEqual({
      __type: 'UnknownOperationException',
      message: 'StartSession is not built yet: docs/coverage.md',
    })
  })

  it.each([
    'not json',
    '"text"',
    '[]',
    'null',
    '{"ResourceType":["Document"],"ResourceId":"x"}',
    '{"ResourceType":1}',
    '{',
  ])('with the body %s is not readable, and nothing of it is shown (row 12)', async (body) => {
    const reply = await api.post(LIST, body)
    expect([reply.status, reply.json['__type']]).toEqual([400, 'SerializationException'])
    expect(reply.text).not.toContain('not json')
  })

  it('with a body of 10 MB is too large (row 13)', async () => {
    const body = `{"a":"${'x'.repeat(10_000_000)}"}`
    const reply = await api.post(LIST, body)
    expect([reply.status, reply.json['__type']]).toEqual([413, 'RequestEntityTooLargeException'])
    // The rest of the body is read and dropped, so that a client that sends all first still reads the answer.
    const big = `POST / HTTP/1.1\r\nhost: a\r\ncontent-length: ${body.length}\r\n\r\n${body}`
    const next = 'GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n'
    expect(await api.raw(big + next)).toMatch(/^HTTP\/1.1 413 .*HTTP\/1.1 200 /s)
  })

  it('with a body of 10 MB in chunks, whose length nobody said, is too large', async () => {
    const head = `POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n`
    const chunk = `${(1_000_000).toString(16)}\r\n${'x'.repeat(1_000_000)}\r\n`
    const answer = await api.raw(`${head}${chunk.repeat(10)}0\r\n\r\n`, /RequestEntityTooLargeException/)
    expect(answer).toMatch(/^HTTP\/1.1 413 /)
  })

  it.each([
    ['a __proto__ key', '{"__proto__":{"ResourceId":"x"},"ResourceType":"Document","ResourceId":"x"}'],
    ['a key twice', '{"ResourceType":"Document","ResourceId":"x","ResourceId":"y"}'],
    ['a depth of 10,000', `{"ResourceId":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
    ['a lone surrogate', '{"ResourceType":"Document","ResourceId":"\\ud800"}'],
    ['U+0000 in a name', '{"ResourceType":"Document","ResourceId":"a\\u0000b"}'],
    ['a number out of range', '{"ResourceType":"Document","ResourceId":1e999}'],
  ])("with %s is refused as the caller's mistake (row 59)", async (_what, body) => {
    const reply = await api.post(LIST, body)
    expect(reply.status).toBe(400)
    expect(['SerializationException', 'ValidationException']).toContain(reply.json['__type'])
  })

  it('sent again as it is runs again, and with an invocation id gets the first answer (row 60)', async () => {
    const send = async (id: string, headers: Record<string, string>) => {
      const body = JSON.stringify({ ResourceType: 'Document', ResourceId: id, Tags: [] })
      const signed = await signedHeaders(api.url, api.clock.now(), 'AmazonSSM.AddTagsToResource', body, { headers })
      for (let time = 0; time < 2; time++)
        expect((await api.fetch('/', { method: 'POST', headers: signed, body })).status).toBe(200)
      const rows = await meta(db.read).selectFrom('meta').select('key').where('key', '>=', id).execute()
      return rows.filter(({ key }) => key.startsWith(id)).length
    }
    expect(await send('plain', {})).toBe(2)
    expect(await send('retried', { 'amz-sdk-invocation-id': 'c0ffee00-0000-4000-8000-000000000001' })).toBe(1)
  })

  it('with two Authorization or Host headers is refused (row 61)', async () => {
    const twice = (name: string) =>
      api.raw(
        `POST / HTTP/1.1\r\nhost: a\r\n${name}: a\r\n${name}: b\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`,
      )
    expect(await twice('Authorization')).toMatch(/^HTTP\/1.1 400 .*a header twice/s)
    expect(await twice('Host')).toMatch(/^HTTP\/1.1 400 .*a header twice/s)
  })

  it.each([
    'content-length: 2\r\ntransfer-encoding: chunked',
    'transfer-encoding: chunked\r\ncontent-length: 2',
    'content-length: 2\r\ncontent-length: 3',
    'content-length: 2, 3',
    'transfer-encoding: identity, chunked, x',
    'transfer-encoding : chunked',
    'content-length: +2',
  ])('whose end two parsers could see in two places (%j) is cut off (row 61)', async (headers) => {
    const smuggled = 'GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n'
    const answer = await api.raw(`POST / HTTP/1.1\r\nhost: a\r\n${headers}\r\n\r\n0\r\n\r\n${smuggled}`)
    expect(answer).toMatch(/^HTTP\/1.1 400 /)
    expect(answer.match(/HTTP\/1.1/g)).toHaveLength(1)
  })
})

describe('POST /api/OPERATION', () => {
  const call = (name: string, headers: Record<string, string> = { authorization: `Bearer ${BEARER}` }) =>
    api.fetch(`/api/${name}`, { method: 'POST', headers, body: JSON.stringify(INPUT) })

  it("runs the operation of that bare name for the token's principal", async () => {
    const reply = await call('ListTagsForResource')
    expect(reply.status).toBe(200)
    expect(reply.json).toEqual({ TagList: [{ Key: 'id', Value: 'x' }] })
  })

  it('refuses a request without token, with an unknown one, and with another scheme', async () => {
    const codes = [
      await call('ListTagsForResource', {}),
      await call('ListTagsForResource', { authorization: 'Bearer other' }),
      await call('ListTagsForResource', { authorization: 'Basic abc' }),
    ].map(({ json }) => json['__type'])
    expect(codes).toEqual([
      'MissingAuthenticationTokenException',
      'UnrecognizedClientException',
      'IncompleteSignatureException',
    ])
  })

  it('knows neither what is no operation nor what is not built', async () => {
    expect((await call('Nonsense')).json['__type']).toBe('UnknownOperationException')
    expect((await call('SendCommand')).json['message']).toBe('SendCommand is not built yet: docs/coverage.md')
  })
})

describe('the token service', () => {
  const sts = async (body: string, options: { key?: { id: string; secret: string }; service?: string } = {}) => {
    const type = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }
    const signed = await signedHeaders(api.url, api.clock.now(), undefined, body, {
      headers: type,
      service: 'sts',
      ...options,
    })
    return api.fetch('/', { method: 'POST', headers: signed, body })
  }
  const IDENTITY = 'Action=GetCallerIdentity&Version=2011-06-15'

  it('says who the caller is', async () => {
    const reply = await sts(IDENTITY)
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/xml'])
    expect(reply.text).toContain('<Arn>arn:aws:iam::123456789012:root</Arn>')
    expect(reply.text).toContain('<UserId>123456789012</UserId><Account>123456789012</Account>')
    expect(reply.text).toContain(`<RequestId>${reply.headers.get('x-amzn-requestid')}</RequestId>`)
  })

  it('has its own names for what is wrong with a signature', async () => {
    const wrong = [
      await sts(IDENTITY, { key: { id: KEY.id, secret: 'wrong' } }),
      await sts(IDENTITY, { key: { id: 'AKIAUNKNOWNUNKNOWN00', secret: 'x' } }),
      await sts(IDENTITY, { service: 'ssm' }),
      await api.fetch('/', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: IDENTITY,
      }),
    ]
    const codes = wrong.map(({ status, text }) => [status, /<Code>(.*?)<\/Code>/.exec(text)?.[1]])
    expect(codes).toEqual([
      [403, 'SignatureDoesNotMatch'],
      [403, 'InvalidClientTokenId'],
      [403, 'SignatureDoesNotMatch'],
      [403, 'MissingAuthenticationToken'],
    ])
  })

  it('refuses an action that it does not have, and shows it as text only', async () => {
    const reply = await sts('Action=%3Cb%3E%00&Version=1')
    expect(reply.status).toBe(400)
    expect(reply.text).toContain('<Code>InvalidAction</Code>')
    expect(reply.text).toContain('Could not find operation &#60;b&#62;\ufffd for version 1')
  })
})

describe('the other routes', () => {
  it('say that the program is alive, and whether it is ready', async () => {
    expect((await api.fetch('/healthz')).json).toEqual({ status: 'alive' })
    expect((await api.fetch('/readyz')).json).toEqual({ status: 'ready' })
    problem = 'links are not open'
    const reply = await api.fetch('/readyz')
    problem = undefined
    expect([reply.status, reply.json]).toEqual([503, { status: 'not ready', problem: 'links are not open' }])
  })

  it('describe the operations that are built, and no others', async () => {
    const { status, headers, json } = await api.fetch('/openapi.json')
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json'])
    expect(json).toMatchObject({ openapi: '3.1.0', info: { title: 'Muster' } })
    const paths = ['/', '/api/AddTagsToResource', '/api/GetCallerIdentity', '/api/ListTagsForResource']
    expect(Object.keys(json['paths'] as object)).toEqual(paths)
  })

  it('show the figures', async () => {
    await api.post(LIST, INPUT)
    const { text } = await api.fetch('/metrics')
    expect(text).toMatch(/^muster_api_calls_total\{operation="ListTagsForResource",code="OK"\} \d+$/m)
    expect(text).toMatch(/^muster_api_call_seconds_count\{operation="ListTagsForResource"\} \d+$/m)
  })

  it('of the slices get body, parameters, peer and origin, and answer as they like', async () => {
    const reply = await api.fetch('/agent/things/one?a=b', { method: 'POST', body: 'hello' })
    expect([reply.status, reply.text, reply.headers.get('content-type')]).toEqual([201, 'got hello', 'text/plain'])
    expect(reply.headers.get('x-amzn-requestid')).toMatch(UUID)
    expect(seen.at(-1)).toMatchObject({
      params: { name: 'one' },
      query: { a: 'b' },
      source: '127.0.0.1',
      origin: api.url,
    })
    expect((await api.fetch('/agent/things/one', { method: 'POST', body: 'hello there' })).status).toBe(413)
  })

  it('do not exist beyond these', async () => {
    for (const path of ['/', '/api', '/api/', '/nothing', '/../etc/passwd', '/%'])
      expect((await api.fetch(path)).status).toBeGreaterThanOrEqual(400)
    expect((await api.fetch('/nothing')).status).toBe(404)
  })
})

it('answers none of a thousand arbitrary requests with a 500', async () => {
  const pieces = [
    '{',
    '}',
    '"',
    ':',
    '[',
    ']',
    ',',
    '1',
    '-',
    'e9',
    'null',
    '"ResourceId"',
    '"__proto__"',
    '\\',
    '\u0000',
  ]
  let state = 12345
  const next = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state % below
  }
  const headers = { authorization: `Bearer ${BEARER}` }
  for (let round = 0; round < 1_000; round++) {
    const body = Array.from({ length: next(12) }, () => pieces[next(pieces.length)]).join('')
    const reply = await api.fetch('/api/AddTagsToResource', { method: 'POST', headers, body })
    expect(reply.status, body).toBe(400)
  }
})
