import { mkdtempDisposable, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runProgram } from '#platform/index.ts'
import { type ArchiveKind, archiveKind, extractArchive } from './extract.ts'
import { type ArchiveLimits, createNameGuard } from './names.ts'
import { makeTar, makeZip, type RawEntry } from './testing/make-archive.ts'

const KINDS = ['zip', 'tar', 'tar.gz'] as const
const LIMITS: ArchiveLimits = { bytes: 10_000, entries: 10, ratio: 100 }

const made = (kind: ArchiveKind, entries: readonly RawEntry[]): Buffer =>
  kind === 'zip' ? makeZip(entries) : makeTar(entries, kind === 'tar.gz')

/** Unpacks into a folder of its own and answers what came of it. */
async function unpack(kind: ArchiveKind, bytes: Uint8Array, limits = LIMITS, isWindows = false) {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'muster-archive-'))
  const file = join(folder.path, 'archive')
  const target = join(folder.path, 'target')
  await writeFile(file, bytes)
  const ended = await extractArchive(file, kind, target, { limits, isWindows }).catch((error: unknown) => String(error))
  if (typeof ended === 'string') return { refused: ended, left: await readdir(folder.path) }
  const found = (await readdir(target, { recursive: true })).sort()
  const contents: Record<string, string> = {}
  for (const name of found) {
    const path = join(target, name)
    const { mode } = await stat(path)
    contents[name] = (await stat(path)).isFile()
      ? `${(mode & 0o777).toString(8)} ${await readFile(path, 'utf8')}`
      : 'folder'
  }
  return { ...ended, contents }
}

test.each(KINDS)('unpacks the files and folders of a %s archive', async (kind) => {
  const entries = [
    { name: 'empty/', mode: 0o040755 },
    { name: './deep/er/run.sh', content: 'run', mode: 0o100700 },
    { name: 'größe.txt', content: 'x'.repeat(200) },
  ]
  expect(await unpack(kind, made(kind, entries))).toEqual({
    ...{ files: 2, bytes: 203 },
    contents: {
      ...{ deep: 'folder', 'deep/er': 'folder', 'deep/er/run.sh': '755 run', empty: 'folder' },
      'größe.txt': `644 ${'x'.repeat(200)}`,
    },
  })
})

const refusals: readonly [what: string, entries: readonly RawEntry[], text: string][] = [
  ['an absolute path', [{ name: '/etc/x' }], 'absolute path'],
  ['a path that leads out', [{ name: 'a/../../x' }], '../..'],
  ['a drive', [{ name: 'C:/x' }], ''],
  ['a stream of a file', [{ name: 'ab:y' }], 'has a colon'],
  ['a backslash', [{ name: '..\\x' }], ''],
  ['a control character', [{ name: 'a\nb' }], 'has a control character'],
  ['a symbolic link', [{ name: 'l', mode: 0o120777, link: '/etc' }], 'link'],
  ['a file below a link', [{ name: 'l', mode: 0o120777, link: '/tmp' }, { name: 'l/x' }], 'link'],
  ['a device', [{ name: 'd', mode: 0o020666 }], 'device'],
  ['a named pipe', [{ name: 'p', mode: 0o010644 }], ''],
  ['a file that runs as its owner', [{ name: 's', mode: 0o104755 }], 'would run as its owner or group'],
  ['a file that is there twice', [{ name: 'a' }, { name: 'b' }, { name: './a' }], 'is there twice'],
  [
    'names that differ by case alone',
    [{ name: 'Ab' }, { name: 'aB' }],
    'is the same name as "Ab" where case does not count',
  ],
  [
    'folders that differ by case alone',
    [{ name: 'D/x' }, { name: 'd/y' }],
    'is the same name as "D" where case does not count',
  ],
  ['names that differ by their form alone', [{ name: 'é' }, { name: 'e\u0301' }], 'is the same name as'],
  ['a file in a file', [{ name: 'a' }, { name: 'a/b' }], 'is a file and a folder'],
  ['a folder in place of a file', [{ name: 'a/b' }, { name: 'a' }], 'is a file and a folder'],
  ['too many entries', Array.from({ length: 11 }, (_, index) => ({ name: `f${index}` })), 'has more than 10 entries'],
]

test.each(KINDS.flatMap((kind) => refusals.map(([what, entries, text]) => [kind, what, entries, text] as const)))(
  'a %s archive with %s is refused, and nothing of it stays',
  async (kind, _what, entries, text) => {
    const ended = await unpack(kind, made(kind, [{ name: 'good', content: 'good' }, ...entries].slice(0, 11)))
    expect(ended).toEqual({ refused: expect.stringMatching(/^ArchiveRefused: /), left: ['archive'] })
    expect(ended.refused).toContain(text.replace('../..', ''))
  },
)

test('too many folders in one another are refused', async () => {
  expect(await unpack('zip', makeZip([{ name: 'a/'.repeat(65), mode: 0o040755 }]))).toMatchObject({
    refused: expect.stringContaining('is more than 64 folders deep'),
  })
})

test('a hard link is refused', async () => {
  expect(await unpack('tar', makeTar([{ name: 'l', mode: 0o644, link: '/etc/passwd' }]))).toMatchObject({
    left: ['archive'],
  })
})

test.each(KINDS)('a %s archive that unpacks to more than it may is refused', async (kind) => {
  const content = Buffer.from(Array.from({ length: 12_000 }, (_, index) => (index * 7919) % 251))
  expect(await unpack(kind, made(kind, [{ name: 'f', content }]))).toMatchObject({
    refused: 'ArchiveRefused: the archive unpacks to more than 10000 bytes',
    left: ['archive'],
  })
})

test.each(['zip', 'tar.gz'] as const)(
  'a %s archive that unpacks to more than 100 times its size is refused',
  async (kind) => {
    const limits = { ...LIMITS, bytes: 2 ** 30 }
    expect(await unpack(kind, made(kind, [{ name: 'f', content: Buffer.alloc(1_000_000) }]), limits)).toMatchObject({
      refused: 'ArchiveRefused: the archive unpacks to more than 100 times its size',
      left: ['archive'],
    })
  },
)

test.each(KINDS)('a %s archive that is cut short is refused', async (kind) => {
  const bytes = made(kind, [{ name: 'f', content: 'x'.repeat(3_000) }])
  const whole = kind === 'tar' ? 1_500 : bytes.length - 20
  expect(await unpack(kind, bytes.subarray(0, whole))).toMatchObject({ left: ['archive'] })
})

test.each(KINDS)('what is no %s archive is refused', async (kind) => {
  expect(await unpack(kind, Buffer.from('no archive at all, but some text of a few bytes'))).toMatchObject({
    left: ['archive'],
  })
})

test.each(['con', 'COM1.txt', 'nul', 'a.', 'a ', 'a?b'])('%j is refused on Windows and taken elsewhere', (name) => {
  const entry = { name, kind: 'file', mode: 0 } as const
  expect(() => createNameGuard(LIMITS, true)(entry)).toThrow('is no name on Windows')
  expect(createNameGuard(LIMITS, false)(entry)).toEqual([name])
})

test('unpacks what the programs of this system have packed', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'muster-packed-'))
  const cwd = folder.path
  await writeFile(join(cwd, 'a'.repeat(150)), 'long')
  expect(await runProgram(['tar', '-czf', 'p.tgz', 'a'.repeat(150)], { cwd })).toMatchObject({ code: 0 })
  const ended = await unpack('tar.gz', await readFile(join(cwd, 'p.tgz')))
  expect(ended).toMatchObject({ contents: { ['a'.repeat(150)]: '644 long' } })
})

test.each([
  ['p.ZIP', 'zip'],
  ['p.tar.gz', 'tar.gz'],
  ['p.tgz', 'tar.gz'],
  ['p.tar', 'tar'],
  ['p.rpm', undefined],
])('%s is of the kind %s', (name, kind) => {
  expect(archiveKind(name)).toBe(kind)
})
