import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startController, type TestController } from '../rig/controller.ts'
import { exchangeRaw, post, postSigned, signHeaders } from './signed.ts'

const LIST = 'AmazonSSM.ListCommands'
const CREATE = 'AmazonSSM.CreateDocument'
let controller: TestController

beforeAll(async () => {
  controller = await startController()
})
afterAll(() => controller[Symbol.asyncDispose]())

describe('a request over plain HTTP', () => {
  it('without Authorization is asked for it (row 1)', async () => {
    const reply = await post(controller, { 'x-amz-target': LIST, 'content-type': 'application/x-amz-json-1.1' }, '{}')
    expect([reply.status, reply.headers.get('content-type'), reply.json]).toEqual([
      400,
      'application/x-amz-json-1.1',
      { __type: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' },
    ])
  })

  it.each([
    ['SignedHeaders', / SignedHeaders=[^,]+,/],
    ['Credential', / Credential=[^,]+,/],
    ['Signature', /, Signature=.*$/],
  ])('whose Authorization lacks %s is told what is missing (row 8)', async (part, piece) => {
    const headers = await signHeaders(controller, LIST, '{}')
    const authorization = headers['authorization']?.replace(piece, '') ?? ''
    const { status, json } = await post(controller, { ...headers, authorization }, '{}')
    expect([status, json]).toEqual([
      400,
      { __type: 'IncompleteSignatureException', message: `Authorization header requires '${part}' parameter.` },
    ])
  })

  it.each([undefined, 'AmazonSSM.Nothing', 'AmazonSSM.constructor', 'AmazonEC2.ListCommands', 'ListCommands'])(
    'with the target %s names no operation (row 11)',
    async (target) => {
      const { status, json } = await postSigned(controller, target, '{}')
      expect([status, json['__type']]).toEqual([400, 'UnknownOperationException'])
    },
  )

  it.each(['secret words', '"secret words"', '["secret words"]', '{"MaxResults":"secret words"}', '{"MaxResults":5'])(
    'with the body %s is not understood, and nothing of it comes back (row 12)',
    async (body) => {
      const { status, json, text } = await postSigned(controller, LIST, body)
      expect([status, json['__type']]).toEqual([400, 'SerializationException'])
      expect(text).not.toContain('secret')
    },
  )

  it('with a body of 10 MB is too large (row 13)', async () => {
    const body = JSON.stringify({ Name: 'Large', Content: 'x'.repeat(10 * 1024 * 1024) })
    const { status, json } = await post(controller, await signHeaders(controller, CREATE, body), body)
    expect([status, json['__type']]).toEqual([413, 'RequestEntityTooLargeException'])
  })
})

// Without what is strange about it, each of these would be answered 200.
describe('a body that readers of JSON disagree about (row 59)', () => {
  it.each([
    ['a __proto__ key', '{"IamRole":"MusterNode","__proto__":{"Description":"x"}}'],
    ['a key twice', '{"IamRole":"MusterNode","IamRole":"MusterNode"}'],
    ['a depth of 10,000', `{"IamRole":"MusterNode","Other":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
    ['a lone surrogate', '{"IamRole":"MusterNode","Description":"\\ud800"}'],
    ['NUL in a name', '{"IamRole":"MusterNode","DefaultInstanceName":"na\\u0000me"}'],
    ['NUL in any text', '{"IamRole":"MusterNode","Description":"te\\u0000xt"}'],
    ['a number that no double holds', '{"IamRole":"MusterNode","RegistrationLimit":1e999}'],
  ])('is refused for %s', async (_what, body) => {
    const { status, json } = await postSigned(controller, 'AmazonSSM.CreateActivation', body)
    expect(status).toBe(400)
    expect(json['__type']).toMatch(/^(SerializationException|ValidationException)$/)
  })
})

describe('a request that two parsers could read differently (row 61)', () => {
  const smuggled = 'GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n'

  it('with two Authorization headers is refused', async () => {
    const { authorization = '', ...others } = await signHeaders(controller, LIST, '{}')
    const lines = Object.entries(others).map(([name, value]) => `${name}: ${value}\r\n`)
    const twice = `authorization: ${authorization}\r\n`.repeat(2)
    const head = `POST / HTTP/1.1\r\n${lines.join('')}${twice}content-length: 2\r\nconnection: close\r\n\r\n`
    expect(await exchangeRaw(controller, `${head}{}`)).toMatch(/^HTTP\/1\.1 400 .*IncompleteSignatureException/s)
  })

  it.each(['content-length: 5\r\ntransfer-encoding: chunked', 'content-length: 5\r\ncontent-length: 6'])(
    'with %j is cut off before a second request is seen',
    async (framing) => {
      const answer = await exchangeRaw(
        controller,
        `POST / HTTP/1.1\r\nhost: a\r\n${framing}\r\n\r\n0\r\n\r\n${smuggled}`,
      )
      expect(answer).toMatch(/^HTTP\/1\.1 400 /)
      expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1)
    },
  )
})
