import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createObjects, ObjectMissing, type Objects } from './index.ts'

const aFolder = async () => {
  const path = await mkdtemp(join(tmpdir(), 'muster-objects-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

const bytes = (text: string) => new TextEncoder().encode(text)
const hashOf = (content: Uint8Array) => createHash('sha256').update(content).digest('hex')
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8)

test('gives back what was put, whole or in part, under its SHA-256', async () => {
  await using folder = await aFolder()
  const objects = createObjects({ folder: join(folder.path, 'objects') })
  const content = bytes('0123456789')
  const stored = await objects.put(content)
  expect(stored).toEqual({ key: hashOf(content), sha256: hashOf(content), length: 10 })
  expect(await objects.read(stored.key, 0, 100)).toEqual(content)
  expect(await objects.read(stored.key, 3, 4)).toEqual(bytes('3456'))
  expect(await objects.read(stored.key, 8, 4)).toEqual(bytes('89'))
  expect(await objects.read(stored.key, 10, 4)).toEqual(new Uint8Array())
  expect(await objects.read(stored.key, 1_000, 4)).toEqual(new Uint8Array())
  expect(await objects.lengthOf(stored.key)).toBe(10)
})

test('keeps one object of many parts', async () => {
  await using folder = await aFolder()
  const objects = createObjects({ folder: folder.path })
  const parts = Array.from({ length: 2_500 }, (_, index) => bytes(index % 3 === 0 ? '' : `${index},`))
  const content = Buffer.concat(parts)
  expect(await objects.put(...parts)).toEqual({ key: hashOf(content), sha256: hashOf(content), length: content.length })
  expect(Buffer.from(await objects.read(hashOf(content), 0, 100_000))).toEqual(content)
})

test('keeps bytes that come one after another, and nothing of what breaks off', async () => {
  await using folder = await aFolder()
  const objects = createObjects({ folder: folder.path })
  async function* chunks(breaks = false) {
    for (const text of ['one ', 'two ', 'three']) yield bytes(text)
    if (breaks) throw new Error('broken off')
  }
  const content = bytes('one two three')
  expect(await objects.putStream(chunks())).toEqual({ key: hashOf(content), sha256: hashOf(content), length: 13 })
  expect(await objects.read(hashOf(content), 0, 100)).toEqual(content)
  await objects.remove(hashOf(content))
  await expect(objects.putStream(chunks(true))).rejects.toThrow('broken off')
  expect(await objects.lengthOf(hashOf(content))).toBeUndefined()
  expect(await readdir(join(folder.path, 'drafts'))).toEqual([])
})

test('keeps nothing and an object of no bytes apart', async () => {
  await using folder = await aFolder()
  const objects = createObjects({ folder: folder.path })
  const { key } = await objects.put(new Uint8Array())
  expect(await objects.lengthOf(key)).toBe(0)
  expect(await objects.read(key, 0, 1)).toEqual(new Uint8Array())
  expect(await objects.lengthOf('0'.repeat(64))).toBeUndefined()
})

test('keeps the same bytes once, also when many put them at the same moment, and is found again later', async () => {
  await using folder = await aFolder()
  const objects = createObjects({ folder: folder.path })
  const content = new Uint8Array(300_000).fill(7)
  const all = await Promise.all(Array.from({ length: 10 }, () => objects.put(content)))
  expect(new Set(all.map(({ key }) => key)).size).toBe(1)
  const again = createObjects({ folder: folder.path })
  expect(hashOf(await again.read(all[0]!.key, 0, 300_000))).toBe(all[0]!.key)
  expect(await readdir(join(folder.path, 'drafts'))).toEqual([])
})

test('lies in two levels of folders, all for their owner alone', async () => {
  await using folder = await aFolder()
  const root = join(folder.path, 'objects')
  const objects = createObjects({ folder: root })
  const { key } = await objects.put(bytes('private'))
  const levels = [root, join(root, 'drafts'), join(root, key.slice(0, 2)), join(root, key.slice(0, 2), key.slice(2, 4))]
  for (const level of levels) expect(await modeOf(level)).toBe('700')
  expect(await modeOf(join(root, key.slice(0, 2), key.slice(2, 4), key))).toBe('600')
})

test('forgets an object, twice without an error', async () => {
  await using folder = await aFolder()
  const objects = createObjects({ folder: folder.path })
  const { key } = await objects.put(bytes('short-lived'))
  await objects.remove(key)
  await objects.remove(key)
  await expect(objects.read(key, 0, 1)).rejects.toThrow(ObjectMissing)
  expect(await objects.lengthOf(key)).toBeUndefined()
})

test.each([
  '../secret',
  '/etc/passwd',
  '',
  '..',
  'a'.repeat(63),
  'A'.repeat(64),
  `${'a'.repeat(63)}/`,
  `${'a'.repeat(64)}\n`,
])('never makes a path of the key %j', async (key) => {
  await using folder = await aFolder()
  await writeFile(join(folder.path, 'secret'), 'keep out')
  const objects = createObjects({ folder: join(folder.path, 'objects') })
  await expect(objects.read(key, 0, 10)).rejects.toThrow(ObjectMissing)
  expect(await objects.lengthOf(key)).toBeUndefined()
  await objects.remove(key)
  expect(await readdir(folder.path)).toEqual(['objects', 'secret'])
})

test('refuses ranges that make no sense or ask for too much at once', async () => {
  await using folder = await aFolder()
  const objects = createObjects({ folder: folder.path })
  const { key } = await objects.put(bytes('x'))
  for (const [offset, length] of [
    [-1, 1],
    [0.5, 1],
    [0, -1],
    [0, Number.NaN],
    [0, 17 * 1024 * 1024],
  ] as const) {
    await expect(objects.read(key, offset, length)).rejects.toThrow(RangeError)
  }
})

test('clears away at its start what a crash left half written, and writes a cut file anew', async () => {
  await using folder = await aFolder()
  const objects = createObjects({ folder: folder.path })
  const content = bytes('whole')
  const { key } = await objects.put(content)
  const place = join(folder.path, key.slice(0, 2), key.slice(2, 4), key)
  await writeFile(place, 'who')
  await writeFile(join(folder.path, 'drafts', 'half'), 'wh')
  const again = createObjects({ folder: folder.path })
  expect(await readdir(join(folder.path, 'drafts'))).toEqual([])
  await again.put(content)
  expect(await again.read(key, 0, 10)).toEqual(content)
})

test('leaves no draft behind when a write fails', async () => {
  await using folder = await aFolder()
  const objects = createObjects({ folder: folder.path })
  const content = bytes('no room')
  const key = hashOf(content)
  // A folder where the file must be: this fails for root too, unlike a mode.
  await mkdir(join(folder.path, key.slice(0, 2), key.slice(2, 4), key, 'x'), { recursive: true })
  await expect(objects.put(content)).rejects.toThrow()
  expect(await readdir(join(folder.path, 'drafts'))).toEqual([])
})

const keysPutBefore = async (objects: Objects, time: number) => {
  const all: string[] = []
  for await (const keys of objects.putBefore(time)) all.push(...keys)
  return all
}

test('tells which objects were last put before a time', async () => {
  await using folder = await aFolder()
  const objects = createObjects({ folder: folder.path })
  const old = await objects.put(bytes('old'))
  const again = await objects.put(bytes('put again'))
  for (const { key } of [old, again]) await age(folder.path, key)
  await objects.put(bytes('put again'))
  await objects.put(bytes('young'))
  expect(await keysPutBefore(objects, 5_000)).toEqual([old.key])
  expect(await keysPutBefore(objects, Date.now() + 60_000)).toHaveLength(3)
})

test('removes an object that was not put again, and none that was', async () => {
  await using folder = await aFolder()
  const objects = createObjects({ folder: folder.path })
  const { key: old } = await objects.put(bytes('old'))
  const { key: again } = await objects.put(bytes('put again'))
  for (const key of [old, again]) await age(folder.path, key)
  // Another controller has other drafts on the same objects.
  await createObjects({ folder: folder.path, owner: 'b' }).put(bytes('put again'))
  for (const key of [old, again, '0'.repeat(64)]) await objects.removePutBefore(key, 5_000)
  expect(await objects.lengthOf(old)).toBeUndefined()
  expect(await objects.read(again, 0, 100)).toEqual(bytes('put again'))
  expect(await keysPutBefore(objects, 5_000)).toEqual([])
})

test('keeps what is put while it is being removed', async () => {
  await using folder = await aFolder()
  const objects = createObjects({ folder: folder.path })
  for (let round = 0; round < 100; round++) {
    const { key } = await objects.put(bytes('same'))
    await age(folder.path, key)
    await Promise.all([objects.removePutBefore(key, 5_000), objects.put(bytes('same'))])
    expect(await objects.read(key, 0, 10)).toEqual(bytes('same'))
  }
})

/** As if it had been put a second after the epoch. */
const age = (root: string, key: string) => utimes(join(root, key.slice(0, 2), key.slice(2, 4), key), 1, 1)
