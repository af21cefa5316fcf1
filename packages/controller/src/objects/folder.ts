import { createHash } from 'node:crypto'
import { type FileHandle, open, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { isAbsent, openDrafts, syncFolder, writeDurably } from './durable.ts'
import { isKey, ObjectMissing, type Objects } from './objects.ts'

const MOST_READ = 16 * 1024 * 1024
/** What POSIX systems take at once. */
const MOST_PARTS = 1024

const readFully = async (handle: FileHandle, offset: number, length: number): Promise<Uint8Array> => {
  const { size } = await handle.stat()
  const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)))
  let filled = 0
  while (filled < bytes.length) {
    const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, offset + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}

/** In one call as a rule: each call waits for its turn in the pool of threads. */
const writeParts = async (handle: FileHandle, parts: readonly Uint8Array[]): Promise<void> => {
  for (let rest = parts.filter(({ length }) => length > 0); rest.length > 0; ) {
    const { bytesWritten } = await handle.writev(rest.slice(0, MOST_PARTS))
    rest = afterBytes(rest, bytesWritten)
  }
}

const afterBytes = (parts: readonly Uint8Array[], bytes: number): Uint8Array[] => {
  let left = bytes
  return parts.flatMap((part) => {
    const rest = part.subarray(left)
    left = Math.max(0, left - part.length)
    return rest.length > 0 ? [rest] : []
  })
}

const checkRange = (offset: number, length: number): void => {
  if (!Number.isSafeInteger(offset) || offset < 0) throw new RangeError(`An object cannot be read from ${offset}.`)
  if (!Number.isSafeInteger(length) || length < 0 || length > MOST_READ) {
    throw new RangeError(`${length} bytes cannot be read at once; the most is ${MOST_READ}.`)
  }
}

/** Objects as files in two levels of folders, `ab/cd/abcd…`, for their owner alone. */
export const createFolderObjects = (path: string, owner = ''): Objects => {
  const root = resolve(path)
  const drafts = join(root, 'drafts', owner)
  openDrafts(drafts)

  const placeOf = (key: string): string => {
    if (!isKey(key)) throw new ObjectMissing(key.slice(0, 80))
    return join(root, key.slice(0, 2), key.slice(2, 4), key)
  }

  const lengthOf = async (key: string): Promise<number | undefined> => {
    if (!isKey(key)) return undefined
    try {
      return (await stat(placeOf(key))).size
    } catch (error) {
      if (isAbsent(error)) return undefined
      throw error
    }
  }

  return {
    async put(...parts) {
      const hash = createHash('sha256')
      for (const part of parts) hash.update(part)
      const sha256 = hash.digest('hex')
      const length = parts.reduce((sum, part) => sum + part.length, 0)
      const place = placeOf(sha256)
      // A file under its name is whole: it was synced before it got the name. The name itself may not be, after a crash.
      if ((await lengthOf(sha256)) !== length)
        await writeDurably({ root, drafts, place }, (handle) => writeParts(handle, parts))
      await syncFolder(dirname(place))
      return { key: sha256, sha256, length }
    },

    async read(key, offset, length) {
      checkRange(offset, length)
      try {
        await using handle = await open(placeOf(key), 'r')
        return await readFully(handle, offset, length)
      } catch (error) {
        throw isAbsent(error) ? new ObjectMissing(key) : error
      }
    },

    lengthOf,

    async remove(key) {
      if (isKey(key)) await rm(placeOf(key), { force: true })
    },
  }
}
