import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutUtf8Chars, replaceInvalid } from './text.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)

test('cuts to characters and keeps whole what is shorter', () => {
  expect(cutUtf8Chars(bytesOf('héllo'), 3)).toBe('hél')
  expect(cutUtf8Chars(bytesOf('héllo'), 5)).toBe('héllo')
})

test('counts an emoji as one character and never halves it', () => {
  expect(cutUtf8Chars(bytesOf('😀😀😀'), 2)).toBe('😀😀')
})

test('shows invalid bytes and NUL as U+FFFD and keeps a byte order mark', () => {
  expect(cutUtf8Chars(Uint8Array.of(0x61, 0xff, 0x00, 0x62), 10)).toBe('a\uFFFD\uFFFDb')
  expect(cutUtf8Chars(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61), 10)).toBe('\uFEFFa')
})

test('any bytes give at most N characters of well-formed text without NUL', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(60), (bytes, maxChars) => {
      const text = cutUtf8Chars(bytes, maxChars)
      expect([...text].length).toBeLessThanOrEqual(maxChars)
      expect(text.isWellFormed() && !text.includes('\0')).toBe(true)
    }),
  )
})

test('the cut of any text is its first characters, wherever the byte window ends', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.nat(30), (text, maxChars) => {
      const expected = [...replaceInvalid(text)].slice(0, maxChars).join('')
      expect(cutUtf8Chars(bytesOf(text), maxChars)).toBe(expected)
    }),
  )
})

test('replaces lone surrogates and NUL in text', () => {
  expect(replaceInvalid('a\ud800b\0c')).toBe('a\uFFFDb\uFFFDc')
})
