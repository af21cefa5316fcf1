import { closeSync, openSync, readSync, watch, writeSync } from 'node:fs'
import { access, chmod, constants, mkdir, open, readFile, rename, rm, stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'

const hasCode = (error: unknown, ...codes: string[]): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code)

/** Makes a folder, and those above it, that only the owner may enter. */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
}

/** Writes a file for the owner alone. */
export async function writePrivate(file: string, content: string, mode = 0o600): Promise<void> {
  const handle = await open(file, 'w', mode)
  try {
    await handle.writeFile(content)
  } finally {
    await handle.close()
  }
  // The mask of the process may have taken bits away that a script needs.
  await chmod(file, mode)
}

/** Leaves a file to its owner alone. */
export const setPrivate = (file: string): Promise<void> => chmod(file, 0o600)

/** Creates a file with this content; false when it is there already. Exactly one of several callers gets true. */
export async function createOnce(file: string, content: string, mode = 0o600): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', mode)
    try {
      if (content !== '') await handle.writeFile(content)
    } finally {
      await handle.close()
    }
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  }
}

const OURS = 0o400
const WRITABLE = 0o200

/**
 * Takes a claim for this program, unless a shell has it, which makes one by `set -C; >claim`: of both, exactly one makes
 * the file. Who did stands in its mode, which is there from the first moment, so that this program knows its own again in
 * its next life.
 */
export async function takeClaim(path: string): Promise<boolean> {
  if (await createOnce(path, '', OURS)) return true
  const found = await stat(path)
  return found.isFile() && (found.mode & WRITABLE) === 0
}

/** A few words in a file that outlive this process, though not a power cut; written at once. */
export interface Mark extends Disposable {
  readonly text: string
  write(text: string): void
}

const MARK_BYTES = 512

/** Opens a mark with what an earlier life left there. */
export function openMark(file: string): Mark {
  const handle = openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600)
  const bytes = Buffer.alloc(MARK_BYTES)
  const length = readSync(handle, bytes, 0, MARK_BYTES, 0)
  return {
    text: bytes.toString('utf8', 0, length).trim(),
    write: (text) => void writeSync(handle, text.padEnd(MARK_BYTES), 0),
    [Symbol.dispose]: () => closeSync(handle),
  }
}

/** Replaces a file in one step, on disk when it resolves. */
export async function replaceFile(file: string, content: string): Promise<void> {
  const temporary = `${file}.new`
  await writePrivate(temporary, content)
  await syncFile(temporary)
  await moveFile(temporary, file)
}

/** Gives a file another name in the same folder, whatever had that name before; on disk when it resolves. */
export async function moveFile(from: string, to: string): Promise<void> {
  await rename(from, to)
  await syncFile(dirname(to))
}

/** A file's text, or undefined when there is none. */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'ESRCH')) return undefined
    throw error
  }
}

/** Size in bytes, or undefined when there is no such file. */
export async function sizeOf(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).size
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined
    throw error
  }
}

/** Who owns a file and who else may write it. */
export async function ownerOf(file: string): Promise<{ uid: number; othersMayWrite: boolean }> {
  const { uid, mode } = await stat(file)
  return { uid, othersMayWrite: (mode & 0o022) !== 0 }
}

/** Up to `length` bytes from an offset; fewer at the end, none when the file is gone. */
export async function readPiece(file: string, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length)
  return bytes.subarray(0, await readInto(file, offset, bytes))
}

/** Fills a buffer from an offset; answers how many bytes there were, none when the file is gone. */
export async function readInto(file: string, offset: number, into: Uint8Array): Promise<number> {
  try {
    const handle = await open(file, 'r')
    try {
      return (await handle.read(into, 0, into.length, offset)).bytesRead
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return 0
    throw error
  }
}

const SCAN_BYTES = 64 * 1024

/** Shows the first `length` bytes of a file piece by piece; a piece is good only during the call. */
export async function scanFile(file: string, length: number, show: (piece: Uint8Array) => void): Promise<void> {
  const handle = await open(file, 'r')
  try {
    // One buffer for all of it: a new one a piece is memory that waits for the collector.
    const buffer = new Uint8Array(Math.min(length, SCAN_BYTES))
    for (let at = 0; at < length; ) {
      const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, length - at), at)
      if (bytesRead === 0) return
      show(buffer.subarray(0, bytesRead))
      at += bytesRead
    }
  } finally {
    await handle.close()
  }
}

/** Puts a file's data, or the names in a folder, on disk. */
export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r')
  try {
    await handle.datasync()
  } finally {
    await handle.close()
  }
}

/** Removes a file or a folder with all in it; missing ones are fine. */
export async function removeAll(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true })
}

/** Bytes that may still be written where a folder lies. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

// As the kernel names file systems that are nothing but memory: tmpfs and ramfs.
const MEMORY: ReadonlySet<number> = new Set([0x01021994, 0x858458f6])

/** Whether what is written in a folder stays in memory. */
export async function isInMemory(folder: string): Promise<boolean> {
  return process.platform === 'linux' && MEMORY.has((await statfs(folder)).type)
}

/** Bytes to add at a file's end. */
export interface Appender {
  /** How long the file is. */
  readonly size: number
  /** False when the disk is full: the file may hold a part of them, and `size` says how much. */
  append(bytes: Uint8Array): Promise<boolean>
  [Symbol.asyncDispose](): Promise<void>
}

const NO_SPACE = ['ENOSPC', 'EDQUOT'] as const

/** Opens a file that is for its owner alone, to write at its end. */
export async function openAppender(file: string): Promise<Appender> {
  const handle = await open(file, 'a', 0o600)
  let { size } = await handle.stat()
  return {
    get size() {
      return size
    },
    async append(bytes) {
      try {
        await handle.appendFile(bytes)
        size += bytes.length
        return true
      } catch (error) {
        if (!hasCode(error, ...NO_SPACE)) throw error
        size = (await handle.stat()).size
        return false
      }
    },
    [Symbol.asyncDispose]: () => handle.close(),
  }
}

const LOOK_AGAIN_MS = 1_000

/** Calls back with the name of what changes in a folder, and every second without one in case the kernel tells nothing. */
export function watchFolder(folder: string, onChange: (name: string | undefined) => void): () => void {
  const timer = setInterval(onChange, LOOK_AGAIN_MS, undefined)
  timer.unref()
  let close = () => {}
  try {
    const watcher = watch(folder, { persistent: false }, (_kind, name) => onChange(name ?? undefined))
    watcher.on('error', () => watcher.close())
    close = () => watcher.close()
  } catch {
    // Out of watches or no such folder: the timer still looks.
  }
  return () => {
    clearInterval(timer)
    close()
  }
}

const PROGRAM_FOLDERS = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']

/** Is there a program of this name that scripts would find? */
export async function hasProgram(name: string): Promise<boolean> {
  for (const folder of PROGRAM_FOLDERS) {
    const found = await access(`${folder}/${name}`, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (found) return true
  }
  return false
}
