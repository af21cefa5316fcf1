import { execFile, spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A file system of its own and of a given size, in memory. */
export interface Volume extends AsyncDisposable {
  /** Makes a folder its place. */
  mount(folder: string): Promise<void>
  remount(mode: 'ro' | 'rw'): Promise<void>
  /** Takes all the space that is left. */
  fill(): Promise<void>
  /** Gives it back. */
  free(): Promise<void>
}

export function createVolume(size: string): Volume {
  let place: string | undefined
  const ballast = (): string => join(place ?? '', 'ballast')
  return {
    async mount(folder) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      await run('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0700`, 'muster-test', folder])
      place = folder
    },
    async remount(mode) {
      await run('mount', ['-o', `remount,${mode}`, place ?? ''])
    },
    async fill() {
      // Page by page to the very last, as many writers do.
      for (const bytes of [65_536, 4096, 1])
        await writeFile(ballast(), endless(bytes), { flag: 'a' }).catch((error: NodeJS.ErrnoException) => {
          if (error.code !== 'ENOSPC') throw error
        })
    },
    free: () => rm(ballast(), { force: true }),
    async [Symbol.asyncDispose]() {
      if (place !== undefined) await run('umount', ['--lazy', place])
    },
  }
}

function* endless(bytes: number): Generator<Uint8Array> {
  const piece = new Uint8Array(bytes)
  for (;;) yield piece
}

/** Why this machine lets nobody mount a volume, or undefined when it does; a reason is noted for the closing lines of the suites. */
export function noVolumes(suite: string): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'muster-mount-'))
  try {
    const { status, error, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'muster-test', folder])
    if (status === 0) spawnSync('umount', [folder])
    else return noteSkip(suite, `no file system can be mounted: ${error?.message ?? String(stderr).trim()}`)
    return undefined
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The same for a program that a test needs. */
export function noProgram(suite: string, program: string): string | undefined {
  return spawnSync(program, ['--version']).status === 0 ? undefined : noteSkip(suite, `not found: ${program}`)
}

function noteSkip(suite: string, reason: string): string {
  const file = process.env['MUSTER_TEST_SKIPS']
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ suite, reason })}\n`)
  return reason
}
