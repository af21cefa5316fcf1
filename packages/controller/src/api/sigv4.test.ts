import { Sha256 } from '@aws-crypto/sha256-js'
import { HttpRequest } from '@smithy/protocol-http'
import { SignatureV4 } from '@smithy/signature-v4'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ApiError } from './api-error.ts'
import { parseAuthorization } from './authorization.ts'
import type { SignedRequest } from './canonical-request.ts'
import { checkSignature, type SigningKey } from './sigv4.ts'

const NOW = Date.UTC(2026, 10, 24, 12, 0, 0)
const KEY: SigningKey = { id: 'AKIAIOSFODNN7EXAMPLE', secret: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }
const SCOPE = { service: 'ssm', regions: ['us-east-1', 'eu-west-1'] }
const TARGET = { 'x-amz-target': 'AmazonSSM.ListCommands', 'content-type': 'application/x-amz-json-1.1' }

interface Signing {
  readonly at?: number
  readonly region?: string
  readonly service?: string
  readonly key?: SigningKey
  readonly path?: string
  readonly query?: Record<string, string | string[]>
  readonly headers?: Record<string, string>
  readonly body?: string
}

/** Signs as the SDKs do, with their own library. */
async function sign(signing: Signing = {}): Promise<SignedRequest> {
  const { at = NOW, region = 'us-east-1', service = 'ssm', key = KEY, path = '/', query = {}, body = '{}' } = signing
  const headers = { host: '127.0.0.1:8080', ...TARGET, ...signing.headers }
  const credentials = { accessKeyId: key.id, secretAccessKey: key.secret }
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256, applyChecksum: false })
  const request = new HttpRequest({ method: 'POST', path, query, headers, body })
  const signed = await signer.sign(request, { signingDate: new Date(at) })
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    [values].flat().map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
  )
  return {
    method: 'POST',
    url: path + (pairs.length > 0 ? `?${pairs.join('&')}` : ''),
    headers: signed.headers,
    body: Buffer.from(body),
  }
}

const check = (request: SignedRequest, now = NOW, key: SigningKey | undefined = KEY): void =>
  checkSignature(request, parseAuthorization(request), key, SCOPE, now)

function refusal(action: () => void): { code: string; text: string } | 'accepted' {
  try {
    action()
    return 'accepted'
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { code: error.code, text: error.message }
  }
}

const withHeader = (request: SignedRequest, name: string, value: string | undefined): SignedRequest => ({
  ...request,
  headers: { ...request.headers, [name]: value },
})

describe('a signature', () => {
  it('is accepted as the SDKs make it, for the home region and for an alias', async () => {
    check(await sign())
    check(await sign({ region: 'eu-west-1' }))
  })

  it('is the same as the SDK library makes for any request', async () => {
    const name = fc.stringMatching(/^x-[a-z]{1,10}$/)
    const value = fc.string({ unit: fc.constantFrom('a', 'B', ' ', '=', ';', ',', '"', '\u00e9'), maxLength: 20 })
    const word = fc.string({ unit: 'grapheme', maxLength: 8 }).filter((text) => text.isWellFormed())
    const request = fc.record({
      at: fc.integer({ min: NOW - 299_000, max: NOW + 299_000 }),
      path: fc.constantFrom('/', '/a', '/a/', '/a/../b', '//a/./b', '/a%20b', '/a b~!*()', '/x/%2Fy'),
      query: fc.dictionary(word, fc.oneof(word, fc.array(word, { minLength: 1, maxLength: 3 })), { maxKeys: 4 }),
      headers: fc.dictionary(name, value, { maxKeys: 4 }),
      body: fc.string({ unit: 'grapheme', maxLength: 200 }),
    })
    await fc.assert(
      fc.asyncProperty(request, async (signing) => {
        const signed = await sign(signing)
        // On the wire header values are bytes, and Node reads them back as Latin-1.
        const headers = Object.entries(signed.headers).map(([key, text = '']) => [
          key,
          Buffer.from(text).toString('latin1'),
        ])
        check({ ...signed, headers: Object.fromEntries(headers) })
      }),
      { numRuns: 300 },
    )
  })

  it('is refused when any one bit of body, signed header, query or signature is another', async () => {
    const signed = await sign({
      query: { a: 'b' },
      body: '{"CommandId":"x"}',
      headers: { 'amz-sdk-invocation-id': 'abc' },
    })
    const flip = (text: string, bit: number): string => {
      const bytes = Buffer.from(text)
      const at = bit % (bytes.length * 8)
      bytes.writeUInt8(bytes.readUInt8(at >> 3) ^ (1 << (at & 7)), at >> 3)
      return bytes.toString('latin1')
    }
    const part = fc.constantFrom('body', 'x-amz-target', 'amz-sdk-invocation-id', 'host', 'query', 'signature')
    fc.assert(
      fc.property(part, fc.nat(), (which, bit) => {
        const text = which === 'body' ? '{"CommandId":"x"}' : (signed.headers[which] ?? '')
        const header = signed.headers.authorization ?? ''
        const altered =
          which === 'body'
            ? { ...signed, body: Buffer.from(flip(text, bit), 'latin1') }
            : which === 'query'
              ? { ...signed, url: `/?a=${encodeURIComponent(flip('b', bit))}` }
              : which === 'signature'
                ? withHeader(signed, 'authorization', header.slice(0, -64) + flip(header.slice(-64), bit))
                : withHeader(signed, which, flip(text, bit))
        expect(refusal(() => check(altered))).not.toBe('accepted')
      }),
      { numRuns: 1_000 },
    )
  })

  it('is refused for another secret, with the text of the service', async () => {
    const signed = await sign({ key: { ...KEY, secret: 'another' } })
    expect(refusal(() => check(signed))).toEqual({
      code: 'InvalidSignatureException',
      text: 'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    })
  })

  it('is refused for an unknown key id', async () => {
    const signed = await sign()
    expect(refusal(() => checkSignature(signed, parseAuthorization(signed), undefined, SCOPE, NOW))).toEqual({
      code: 'UnrecognizedClientException',
      text: 'The security token included in the request is invalid.',
    })
  })

  it('is refused when it is ten minutes old', async () => {
    const signed = await sign({ at: NOW - 600_000 })
    expect(refusal(() => check(signed))).toEqual({
      code: 'InvalidSignatureException',
      text: 'Signature expired: 20261124T115000Z is now earlier than 20261124T115500Z (20261124T120000Z - 5 min.)',
    })
  })

  it('is refused when it is ten minutes ahead', async () => {
    const signed = await sign({ at: NOW + 600_000 })
    expect(refusal(() => check(signed))).toEqual({
      code: 'InvalidSignatureException',
      text: 'Signature not yet current: 20261124T121000Z is still later than 20261124T120500Z (20261124T120000Z + 5 min.)',
    })
  })

  it.each([-300_000, 300_000])('is accepted %i ms away and refused a second further', async (skew) => {
    check(await sign({ at: NOW + skew }))
    const further = await sign({ at: NOW + skew + Math.sign(skew) * 1_000 })
    expect(refusal(() => check(further))).toMatchObject({ code: 'InvalidSignatureException' })
  })

  it('is refused for another region and for another service, with the texts of the service', async () => {
    const elsewhere = await sign({ region: 'ap-south-1' })
    expect(refusal(() => check(elsewhere))).toEqual({
      code: 'InvalidSignatureException',
      text: 'Credential should be scoped to a valid region. ',
    })
    const other = await sign({ service: 'ec2' })
    expect(refusal(() => check(other))).toEqual({
      code: 'InvalidSignatureException',
      text: "Credential should be scoped to correct service: 'ssm'. ",
    })
  })

  it('must cover host, date and target', async () => {
    for (const name of ['host', 'x-amz-target', 'x-amz-date']) {
      const signed = await sign()
      const header = signed.headers.authorization ?? ''
      const without = header.replace(
        /SignedHeaders=[^,]+/,
        (list) =>
          `SignedHeaders=${list
            .slice(14)
            .split(';')
            .filter((each) => each !== name)
            .join(';')}`,
      )
      expect(refusal(() => check(withHeader(signed, 'authorization', without)))).toEqual({
        code: 'InvalidSignatureException',
        text: `'${name}' must be a 'SignedHeader' in the AWS Authorization.`,
      })
    }
  })

  it('is refused when x-amz-content-sha256 is not the hash of the body that came', async () => {
    const signed = await sign({ headers: { 'x-amz-content-sha256': 'a'.repeat(64) } })
    expect(refusal(() => check(signed))).toMatchObject({
      code: 'InvalidSignatureException',
      text: expect.stringMatching(/^The request signature we calculated does not match/),
    })
  })

  it('is refused when the scope names another day', async () => {
    const signed = await sign()
    const header = (signed.headers.authorization ?? '').replace('/20261124/', '/20261123/')
    expect(refusal(() => check(withHeader(signed, 'authorization', header)))).toMatchObject({
      code: 'InvalidSignatureException',
      text: expect.stringContaining("'20261123' != '20261124'"),
    })
  })
})

describe('an Authorization header', () => {
  const parse = (authorization?: string, url = '/') =>
    refusal(() => void parseAuthorization({ headers: { authorization }, url }))
  const CREDENTIAL = 'Credential=AKIA/20261124/us-east-1/ssm/aws4_request'
  const SIGNATURE = `Signature=${'0'.repeat(64)}`

  it('that is absent is asked for', () => {
    expect(parse()).toEqual({ code: 'MissingAuthenticationTokenException', text: 'Missing Authentication Token' })
  })

  it('is wanted instead of a signature in the query string', () => {
    expect(parse(undefined, '/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=00')).toMatchObject({
      code: 'IncompleteSignatureException',
      text: expect.stringContaining('query string'),
    })
  })

  it('names each part that is missing', () => {
    expect(parse(`AWS4-HMAC-SHA256 ${CREDENTIAL}, ${SIGNATURE}`)).toEqual({
      code: 'IncompleteSignatureException',
      text: "Authorization header requires 'SignedHeaders' parameter.",
    })
    expect(parse('AWS4-HMAC-SHA256')).toEqual({
      code: 'IncompleteSignatureException',
      text: "Authorization header requires 'Credential' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires 'Signature' parameter.",
    })
  })

  it('may have its parts in any order', () => {
    const header = `AWS4-HMAC-SHA256 ${SIGNATURE},SignedHeaders=host;x-amz-date,${CREDENTIAL}`
    expect(parse(header)).toBe('accepted')
  })

  it.each([
    ['Bearer abc', 'IncompleteSignatureException'],
    [`AWS4-HMAC-SHA256 Credential=AKIA, SignedHeaders=host, ${SIGNATURE}`, 'IncompleteSignatureException'],
    [`AWS4-HMAC-SHA256 ${CREDENTIAL}, SignedHeaders=host, Signature=xyz`, 'IncompleteSignatureException'],
    [
      `AWS4-HMAC-SHA256 Credential=AKIA/20261124/us-east-1/ssm/aws3, SignedHeaders=host, ${SIGNATURE}`,
      'InvalidSignatureException',
    ],
  ])('%s is refused as %s', (header, code) => {
    expect(parse(header)).toMatchObject({ code })
  })

  it('never makes the parser throw anything else', () => {
    fc.assert(fc.property(fc.string(), (text) => void parse(`AWS4-HMAC-SHA256 ${text}`)))
  })
})
