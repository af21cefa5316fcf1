import { createWriteStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

export { ArchiveRefused } from './names.ts'

import { ARCHIVE_LIMITS, type ArchiveLimits, ArchiveRefused, createNameGuard } from './names.ts'
import { readTar } from './read-tar.ts'
import { readZip } from './read-zip.ts'

export type ArchiveKind = 'zip' | 'tar' | 'tar.gz'

/** What kind of archive a file is by its name; undefined for none that is known here. */
export function archiveKind(name: string): ArchiveKind | undefined {
  if (/\.zip$/i.test(name)) return 'zip'
  if (/\.(?:tar\.gz|tgz)$/i.test(name)) return 'tar.gz'
  return /\.tar$/i.test(name) ? 'tar' : undefined
}

const READERS = {
  zip: readZip,
  tar: (file: string) => readTar(file, false),
  'tar.gz': (file: string) => readTar(file, true),
} as const

/**
 * Unpacks an archive into a folder that must not be there yet: all of it, or the folder is gone again and ArchiveRefused
 * says why. Nothing is written outside, whatever the archive says. Archives inside stay files.
 */
export async function extractArchive(
  file: string,
  kind: ArchiveKind,
  folder: string,
  {
    limits = ARCHIVE_LIMITS,
    isWindows = process.platform === 'win32',
  }: { limits?: ArchiveLimits; isWindows?: boolean } = {},
): Promise<{ readonly files: number; readonly bytes: number }> {
  await mkdir(folder, { mode: 0o700 })
  try {
    const most = Math.min(limits.bytes, limits.ratio * (await stat(file)).size)
    const admit = createNameGuard(limits, isWindows)
    let files = 0
    let bytes = 0
    const count = async function* (pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const piece of pieces) {
        bytes += piece.length
        if (bytes > most) throw new ArchiveRefused(tooLarge(limits, most))
        yield piece
      }
    }
    for await (const entry of READERS[kind](file)) {
      const parts = admit(entry)
      if (entry.kind === 'folder') {
        await mkdir(join(folder, ...parts), { recursive: true, mode: 0o755 })
        continue
      }
      await mkdir(join(folder, ...parts.slice(0, -1)), { recursive: true, mode: 0o755 })
      const mode = (entry.mode & 0o111) === 0 ? 0o644 : 0o755
      await pipeline(await entry.content(), count, createWriteStream(join(folder, ...parts), { flags: 'wx', mode }))
      files += 1
    }
    return { files, bytes }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    if (error instanceof ArchiveRefused) throw error
    // What a library says of bytes that are no archive; a full disk says so too.
    throw new ArchiveRefused(
      `the archive cannot be unpacked: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    )
  }
}

const tooLarge = (limits: ArchiveLimits, most: number): string =>
  most < limits.bytes
    ? `the archive unpacks to more than ${limits.ratio} times its size`
    : `the archive unpacks to more than ${limits.bytes} bytes`
