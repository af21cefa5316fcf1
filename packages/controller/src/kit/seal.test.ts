import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SealBroken } from './cipher.ts'
import { loadMasterKey, MasterKeyError } from './master-key.ts'
import { createSealer } from './seal.ts'

const aFolder = () => {
  const path = mkdtempSync(join(tmpdir(), 'muster-seal-'))
  return {
    path,
    file: join(path, 'master.key'),
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  }
}

const aKey = (fill = 7) => new Uint8Array(32).fill(fill)
const bytes = (text: string) => new TextEncoder().encode(text)

describe('the master key file', () => {
  test('is made once, whole and for its owner’s reading only', () => {
    using folder = aFolder()
    const key = loadMasterKey(folder.file, { create: true })
    expect(key).toHaveLength(32)
    expect(statSync(folder.file).mode & 0o777).toBe(0o400)
    expect(new Uint8Array(readFileSync(folder.file))).toEqual(key)
    expect(loadMasterKey(folder.file, { create: true })).toEqual(key)
    expect(loadMasterKey(folder.file)).toEqual(key)
    expect(readdirSync(folder.path)).toEqual(['master.key'])
  })

  test('is not made unless asked for', () => {
    using folder = aFolder()
    expect(() => loadMasterKey(folder.file)).toThrow(`There is no master key file ${folder.file}.`)
    expect(readdirSync(folder.path)).toEqual([])
  })

  test('is refused when others may read it', () => {
    using folder = aFolder()
    loadMasterKey(folder.file, { create: true })
    for (const mode of [0o440, 0o404, 0o600 | 0o040, 0o777]) {
      chmodSync(folder.file, mode)
      const text = `The master key file ${folder.file} has mode 0${mode.toString(8)}; it must be 0400: chmod 0400 ${folder.file}`
      expect(() => loadMasterKey(folder.file, { create: true })).toThrow(new MasterKeyError(text))
    }
  })

  test.each([0, 31, 33, 64, 100_000])('is refused with %i bytes', (length) => {
    using folder = aFolder()
    writeFileSync(folder.file, new Uint8Array(length), { mode: 0o400 })
    expect(() => loadMasterKey(folder.file, { create: true })).toThrow(`holds ${length} bytes; a key has 32`)
  })

  test('is refused when it is a folder or lies where none can be made', () => {
    using folder = aFolder()
    expect(() => loadMasterKey(folder.path)).toThrow(MasterKeyError)
    expect(() => loadMasterKey(join(folder.path, 'absent', 'key'), { create: true })).toThrow(/cannot be made: ENOENT/)
  })

  test('may be reached by a link', () => {
    using folder = aFolder()
    const key = loadMasterKey(folder.file, { create: true })
    symlinkSync(folder.file, join(folder.path, 'link'))
    expect(loadMasterKey(join(folder.path, 'link'))).toEqual(key)
  })
})

describe('a sealer', () => {
  test('opens what it sealed, for the same place only', () => {
    const { seal, open } = createSealer(aKey())
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), fc.string(), (plain, place, other) => {
        const sealed = seal(plain, place)
        expect(open(sealed, place)).toEqual(plain)
        if (other !== place) expect(() => open(sealed, other)).toThrow(SealBroken)
      }),
    )
  })

  test('opens nothing that was changed, cut or made with another key', () => {
    const { seal, open } = createSealer(aKey())
    const sealed = seal(bytes('the secret'), 'row 1')
    for (let at = 0; at < sealed.length; at++) {
      const changed = sealed.slice()
      changed[at]! ^= 1
      expect(() => open(changed, 'row 1')).toThrow(SealBroken)
      expect(() => open(sealed.slice(0, at), 'row 1')).toThrow(SealBroken)
    }
    expect(() => createSealer(aKey(8)).open(sealed, 'row 1')).toThrow(SealBroken)
  })

  test('never makes the same bytes twice, nor shows the plain ones', () => {
    const { seal } = createSealer(aKey())
    const all = Array.from({ length: 100 }, () => Buffer.from(seal(bytes('password'), 'x')).toString('latin1'))
    expect(new Set(all).size).toBe(100)
    expect(all.filter((text) => text.includes('password'))).toEqual([])
  })

  test('hashes alike for the same key, domain and parts, and differently for any other', () => {
    const { mac } = createSealer(aKey())
    const text = (domain: string, ...parts: (string | Uint8Array)[]) =>
      Buffer.from(mac(domain, ...parts)).toString('hex')
    expect(text('activation', 'a', 'b')).toBe(text('activation', 'a', bytes('b')))
    const all = [
      text('activation', 'a', 'b'),
      text('answer', 'a', 'b'),
      text('activation', 'ab'),
      text('activation', 'ab', ''),
      text('activation', '', 'ab'),
      text('activation'),
      text('activation', ''),
      Buffer.from(createSealer(aKey(8)).mac('activation', 'a', 'b')).toString('hex'),
    ]
    expect(new Set(all).size).toBe(all.length)
    expect(mac('activation', 'a')).toHaveLength(32)
  })

  test('stays able to open what was sealed by format 1', () => {
    const sealed = Buffer.from('AclxeAdTdPpnhl3hpawtJH+hQcDjPN5hZSti2/Sb7RXvY3aSW5LOzVFd', 'base64')
    expect(Buffer.from(createSealer(aKey()).open(sealed, 'golden')).toString()).toBe('kept for ever')
    expect(Buffer.from(createSealer(aKey()).mac('golden', 'x')).toString('hex')).toBe(
      'c68549155732caa1cf1366485a8ab8a05b7fbe1422ce7178621defc3bec0764b',
    )
  })

  test('refuses a key of another length', () => {
    expect(() => createSealer(new Uint8Array(16))).toThrow(MasterKeyError)
  })
})
