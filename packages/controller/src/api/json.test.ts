import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJson } from './json.ts'

const read = (text: string) => readJson(Buffer.from(text))
const code = (text: string) => {
  const result = read(text)
  return result.ok ? 'ok' : result.code
}

describe('readJson', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 20 }), (text) => {
        const result = read(text)
        // Generated values may hold U+0000, which is refused on purpose.
        if (result.ok) expect(result.value).toEqual(JSON.parse(text))
        else expect(result.code).toBe('ValidationException')
      }),
    )
  })

  it('takes an empty body as an empty object', () => {
    expect(readJson(new Uint8Array(0))).toEqual({ ok: true, value: {} })
  })

  it.each(['{', 'null null', '{"a":1,}', "{'a':1}", 'NaN', '\ufeff{}', '{"a":"\u0001"}', '}{', '"', '"\\', ':'])(
    'refuses %j, which is not JSON',
    (text) => expect(code(text)).toBe('SerializationException'),
  )

  it.each([
    '{"a":1,"a":2}',
    '{"a":{"b":1,"b":1}}',
    '[{"a":1},{"b":{},"b":[]}]',
    '{"a":1,"\\u0061":2}',
    '{"__proto__":1,"__proto__":2}',
  ])('refuses %s, where a key is twice', (text) => expect(code(text)).toBe('SerializationException'))

  it.each(['{"a":{"a":1}}', '[{"a":1},{"a":2}]', '{"a":"b:c","d":"\\":"}', '{"__proto__":1}'])(
    'takes %s, where no key is twice in one object',
    (text) => expect(code(text)).toBe('ok'),
  )

  it('refuses nesting of 10,000 levels, and takes 64', () => {
    expect(code('['.repeat(10_000) + ']'.repeat(10_000))).toBe('SerializationException')
    expect(code(`${'{"a":'.repeat(65)}1${'}'.repeat(65)}`)).toBe('SerializationException')
    expect(code('['.repeat(64) + ']'.repeat(64))).toBe('ok')
  })

  it('refuses U+0000 in a value and in a key, and takes the text \\u0000', () => {
    expect(code('{"Name":"a\\u0000b"}')).toBe('ValidationException')
    expect(code('{"a\\u0000":1}')).toBe('ValidationException')
    expect(code('{"Name":"a\\\\u0000b"}')).toBe('ok')
  })

  it('refuses bytes that are not UTF-8', () => {
    expect(readJson(Buffer.from([0x22, 0xff, 0x22])).ok).toBe(false)
  })

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void readJson(bytes)),
      { numRuns: 2_000 },
    )
  })
})
