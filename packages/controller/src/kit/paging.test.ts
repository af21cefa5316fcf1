import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeToken, encodeToken, type JsonValue, type PageScope, pageQuery } from './paging.ts'
import { createSealer } from './seal.ts'

const sealer = createSealer(new Uint8Array(32).fill(1))
const SCOPE: PageScope = {
  principal: '123456789012',
  query: pageQuery('ListCommands', { Filters: [{ key: 'Status', value: 'Pending' }], MaxResults: 5 }),
}

describe('a page token', () => {
  it('brings back any position', () => {
    const position = fc.jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)))
    fc.assert(
      fc.property(position, (value) => {
        expect(decodeToken(sealer, SCOPE, encodeToken(sealer, SCOPE, value as JsonValue))).toEqual(value)
      }),
    )
  })

  it('is of no use to another principal, for another query, and under another key', () => {
    const token = encodeToken(sealer, SCOPE, ['a', 1])
    expect(decodeToken(sealer, SCOPE, token)).toEqual(['a', 1])
    expect(decodeToken(sealer, { ...SCOPE, principal: '999999999999' }, token)).toBeUndefined()
    expect(decodeToken(sealer, { ...SCOPE, query: pageQuery('ListCommands', {}) }, token)).toBeUndefined()
    expect(decodeToken(createSealer(new Uint8Array(32)), SCOPE, token)).toBeUndefined()
  })

  it('goes on when the page size changes or the keys come in another order', () => {
    const token = encodeToken(sealer, SCOPE, 'x')
    const query = pageQuery('ListCommands', {
      NextToken: token,
      MaxResults: 50,
      Filters: [{ value: 'Pending', key: 'Status' }],
      CommandId: undefined,
    })
    expect(decodeToken(sealer, { ...SCOPE, query }, token)).toBe('x')
  })

  it('is not accepted with any one character changed, nor as garbage (row 57)', () => {
    const token = encodeToken(sealer, SCOPE, { id: 'abc', at: 1 })
    const characters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_'
    for (let at = 0; at < token.length; at++)
      for (const character of characters) {
        const altered = token.slice(0, at) + character + token.slice(at + 1)
        const same = Buffer.from(altered, 'base64url').equals(Buffer.from(token, 'base64url'))
        if (!same) expect(decodeToken(sealer, SCOPE, altered)).toBeUndefined()
      }
    for (const garbage of ['', 'x', 'null', '====', '\u0000', 'a'.repeat(100_000), token.slice(0, 20), `${token}!`])
      expect(decodeToken(sealer, SCOPE, garbage)).toBeUndefined()
  })

  it('never makes the reader throw', () => {
    fc.assert(fc.property(fc.string(), (text) => void expect(decodeToken(sealer, SCOPE, text)).toBeUndefined()))
  })
})
