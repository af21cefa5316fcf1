import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { type ArchiveKind, ArchiveRefused, extractArchive } from '#plugins/archive/extract.ts'
import { makeTar, makeZip, type RawEntry } from './make-archive.ts'

export interface CorpusResult {
  readonly archives: number
  readonly unpacked: number
  readonly refused: number
}

const LIMITS = { bytes: 4_096, entries: 8, ratio: 100 }
const PARTS = ['a', 'A', 'b', '..', '.', '', 'é', 'e\u0301', 'con', 'c:', 'x\\y', 'target', '...', ' ', '~', '-rf']
const LINKS = ['..', '/', '/etc/passwd', '../../canary', 'a', '.']
const MODES = [0o100644, 0o100755, 0o104755, 0o102755, 0o040755, 0o120777, 0o020666, 0o060660, 0o010644, 0, 0o140777]
const KINDS: readonly ArchiveKind[] = ['zip', 'tar', 'tar.gz']

/**
 * Makes archives by chance, most of them hostile, and unpacks each beside files that must stay as they are. Throws at the
 * first that writes anywhere else, leaves something behind when it is refused, or unpacks to more than its limits.
 */
export async function tryArchives({ archives, seed }: { archives: number; seed: number }): Promise<CorpusResult> {
  const random = createRandom(seed)
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  const root = await mkdtemp(join(tmpdir(), 'muster-archives-'))
  try {
    await writeFile(join(root, 'canary'), 'canary')
    await mkdir(join(root, 'beside'))
    await writeFile(join(root, 'beside', 'canary'), 'canary')
    const before = await listAll(root)
    let unpacked = 0
    for (let index = 0; index < archives; index++) {
      const kind = pick(KINDS)
      const entries = Array.from({ length: 1 + Math.floor(random() * 9) }, () => anEntry(random, pick))
      const place = join(root, 'place')
      await mkdir(place)
      const file = join(place, 'archive')
      await writeFile(file, mutate(kind === 'zip' ? makeZip(entries) : makeTar(entries, kind === 'tar.gz'), random))
      const target = join(place, 'target')
      const what = `archive ${index} of seed ${seed} (${kind}: ${JSON.stringify(entries.map(({ name, mode, link }) => [name, mode, link]))})`
      const ended = await extractArchive(file, kind, target, { limits: LIMITS }).catch((error: unknown) => {
        if (error instanceof ArchiveRefused) return undefined
        throw new Error(`${what} ended with another error`, { cause: error })
      })
      if (ended !== undefined) unpacked += 1
      const inPlace = await readdir(place)
      if (inPlace.some((name) => name !== 'archive' && (name !== 'target' || ended === undefined)))
        throw new Error(`${what} left ${inPlace.join(', ')}`)
      if (ended !== undefined) await checkTarget(target, ended.bytes, what)
      await rm(place, { recursive: true })
      if (JSON.stringify(await listAll(root)) !== JSON.stringify(before)) throw new Error(`${what} wrote outside`)
    }
    return { archives, unpacked, refused: archives - unpacked }
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

async function checkTarget(target: string, bytes: number, what: string): Promise<void> {
  if (bytes > LIMITS.bytes) throw new Error(`${what} unpacked to ${bytes} bytes`)
  for (const entry of await readdir(target, { withFileTypes: true, recursive: true }))
    if (!entry.isFile() && !entry.isDirectory()) throw new Error(`${what} made a thing that is no file: ${entry.name}`)
}

function anEntry(random: () => number, pick: <T>(items: readonly T[]) => T): RawEntry {
  const parts = Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(PARTS))
  // Most of them mean no harm, so that what comes after a good one is met too.
  const isGood = random() < 0.75
  const name = isGood
    ? `f${Math.floor(random() * 1000)}`
    : `${random() < 0.1 ? '/' : ''}${parts.join('/')}${random() < 0.2 ? '/' : ''}`
  return {
    name,
    mode: isGood ? 0o100644 : pick(MODES),
    content: 'x'.repeat(Math.floor(random() * (random() < 0.1 ? 8_000 : 100))),
    ...(!isGood && random() < 0.3 && { link: pick(LINKS) }),
    ...(random() < 0.03 && { size: Math.floor(random() * 2 ** 33) % 0xffff_ffff }),
  }
}

/** Changes a few bytes of some of them. */
function mutate(bytes: Buffer, random: () => number): Buffer {
  if (random() < 0.7) return bytes
  for (let times = 1 + Math.floor(random() * 4); times > 0; times--)
    bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256)
  return random() < 0.3 ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes
}

async function listAll(root: string): Promise<readonly string[]> {
  const found: string[] = []
  for (const entry of await readdir(root, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    found.push(`${relative(root, path)} ${entry.isFile() ? await readFile(path, 'utf8') : 'folder'}`)
  }
  return found.sort()
}

/** mulberry32: the same numbers for the same seed. */
function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
