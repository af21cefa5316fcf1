import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createMasker } from './index.ts'

const SECRET = `p@ss 'w"ö\\r/d`

function mask(secrets: readonly string[], pieces: readonly (string | Uint8Array)[]): string {
  const masker = createMasker(secrets)
  const told = pieces.map((piece) => masker.push(typeof piece === 'string' ? Buffer.from(piece) : piece))
  // A piece may be in a buffer that is used again, so each is copied at once.
  return Buffer.concat([...told.map((bytes) => Buffer.from(bytes)), masker.end()]).toString()
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const bytewise = (text: string): Uint8Array[] => [...Buffer.from(text)].map((byte) => Uint8Array.of(byte))

const FORMS: readonly (readonly [string, (secret: string) => string])[] = [
  ['as it is', (secret) => secret],
  ['as a URL has it', encodeURIComponent],
  [
    'as a URL has it, in small letters',
    (secret) => encodeURIComponent(secret).replaceAll(/%../g, (code) => code.toLowerCase()),
  ],
  ['as a form has it', (secret) => new URLSearchParams({ '': secret }).toString().slice(1)],
  ['in JSON', (secret) => JSON.stringify(secret).slice(1, -1)],
  [
    'in JSON of ASCII alone',
    (secret) =>
      JSON.stringify(secret)
        .slice(1, -1)
        .replaceAll(/[\u0080-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`),
  ],
]

test.each(FORMS)('masks a secret %s, whether it comes at once or byte by byte', (_name, form) => {
  const text = `before ${form(SECRET)} after ${form(SECRET)}!`
  expect(mask([SECRET], [text])).toBe('before **** after ****!')
  expect(mask([SECRET], bytewise(text))).toBe('before **** after ****!')
})

test.each([0, 1, 2, 3, 4, 5])('masks a secret in base64 behind %i other bytes', (count) => {
  const text = base64(`${'x'.repeat(count)}${SECRET}${'y'.repeat(7)}`)
  const [masked, cut] = [mask([SECRET], [text]), mask([SECRET], bytewise(text))]
  expect(masked).toBe(cut)
  expect(masked).toMatch(/^[A-Za-z0-9]{0,6}\*{4}[A-Za-z0-9=]{8,12}$/)
})

test('masks base64 whose lines were broken', () => {
  const long = createHash('sha512').update('long').digest('hex')
  const text = base64(`key: ${long}`).replaceAll(/.{76}/g, '$&\n')
  expect(mask([long], [text])).toBe('a2V5Oi****==')
})

test('masks each line of a secret that has several', () => {
  expect(mask(['first line\nsecond line\n'], ['> first line\n> second line\n'])).toBe('> ****\n> ****\n')
})

test('writes one mask for secrets that overlap or touch, however they come', () => {
  const secrets = ['abcdefgh', 'efghijkl']
  for (const text of ['<abcdefghijkl>', '<abcdefghabcdefgh>']) {
    expect(mask(secrets, [text])).toBe('<****>')
    expect(mask(secrets, bytewise(text))).toBe('<****>')
  }
})

test('leaves everything else as it was, bytes that are no text among it', () => {
  const bytes = Uint8Array.from({ length: 1024 }, (_, index) => index % 256)
  const masker = createMasker([SECRET])
  expect(Buffer.concat([masker.push(bytes), masker.end()]).equals(bytes)).toBe(true)
})

test('tells at once what cannot be the beginning of a secret', () => {
  const masker = createMasker([SECRET])
  expect(Buffer.from(masker.push(Buffer.from('a line\n'))).toString()).toBe('a line\n')
  expect(Buffer.from(masker.push(Buffer.from('p@ss'))).toString()).toBe('')
  expect(Buffer.from(masker.end()).toString()).toBe('p@ss')
})

test('masks values of six characters and none that are shorter', () => {
  expect(mask(['sixsix', 'five5'], ['sixsix five5'])).toBe('**** five5')
})

test('takes time in proportion to the stream where every byte begins a secret', () => {
  const stream = Buffer.alloc(2 * 1024 * 1024, 'a')
  expect(mask(['a'.repeat(4096)], [stream])).toBe('****')
})

test('leaks none of 10,000 secrets in any form, wherever the stream is cut', { timeout: 300_000 }, () => {
  const random = numbers(20_261_130)
  const leaks: string[] = []
  for (let round = 0; round < 10_000; round++) {
    const secret = aSecret(random)
    const [, form = (text: string) => text] = FORMS[random(FORMS.length + 1)] ?? [
      'base64',
      (text: string) => base64(`${'.'.repeat(random(3))}${text}`),
    ]
    const shown = form(secret)
    const text = `${aSecret(random).slice(0, random(9))} ${shown} ${aSecret(random)}`
    const bytes = Buffer.from(text)
    const cuts = [random(bytes.length), random(bytes.length)].sort((a, b) => a - b)
    const masked = mask(
      [secret],
      [bytes.subarray(0, cuts[0]), bytes.subarray(cuts[0], cuts[1]), bytes.subarray(cuts[1])],
    )
    // Of base64 the last two characters may belong to what is around it.
    if (masked.includes(shown.replace(/=+$/, '').slice(0, -2)) || masked !== mask([secret], [bytes])) leaks.push(text)
  }
  expect(leaks).toEqual([])
})

/** Numbers below a limit that are the same in every run (a linear congruence). */
function numbers(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
}

const ALPHABET = [...`abcXYZ0189!"#$%&'()*+,-./:;<=>?@[\\]^_\`{|}~ äöß€日😀\n\t`]

const aSecret = (random: (limit: number) => number): string =>
  Array.from({ length: 6 + random(40) }, () => ALPHABET[random(ALPHABET.length)]).join('')
