import { createHash, randomBytes } from 'node:crypto'
import { type FileHandle, link, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { isAbsent, openDrafts, syncFolder, writeDurably, writeNamed } from './durable.ts'
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

/** Shows that an object is in use from now on; false when it is gone. */
const touch = async (place: string): Promise<boolean> => {
  const now = new Date()
  try {
    await utimes(place, now, now)
    // It may have been moved aside in this moment.
    await stat(place)
    return true
  } catch (error) {
    if (isAbsent(error)) return false
    throw error
  }
}

/** When an object was last put, ms; never when it is gone. */
const putAt = async (place: string): Promise<number> => {
  try {
    return (await stat(place)).mtimeMs
  } catch (error) {
    if (isAbsent(error)) return Number.POSITIVE_INFINITY
    throw error
  }
}

const restore = async (aside: string, place: string): Promise<void> => {
  try {
    await link(aside, place)
    await syncFolder(dirname(place))
  } catch (error) {
    // It was written again meanwhile.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
}

/** Folders so many levels below one, as far as their names are the beginnings of keys. */
const foldersIn = async (folder: string, levels: number): Promise<string[]> => {
  if (levels === 0) return [folder]
  const found: string[] = []
  for (const entry of await readdir(folder, { withFileTypes: true }))
    if (entry.isDirectory() && /^[0-9a-f]{2}$/.test(entry.name))
      found.push(...(await foldersIn(join(folder, entry.name), levels - 1)))
  return found
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
      if ((await lengthOf(sha256)) !== length || !(await touch(place)))
        await writeDurably({ root, drafts, place }, (handle) => writeParts(handle, parts))
      await syncFolder(dirname(place))
      return { key: sha256, sha256, length }
    },

    async putStream(chunks) {
      const hash = createHash('sha256')
      let length = 0
      let sha256 = ''
      const write = async (handle: FileHandle): Promise<void> => {
        for await (const chunk of chunks) {
          hash.update(chunk)
          length += chunk.length
          await handle.writeFile(chunk)
        }
        sha256 = hash.digest('hex')
      }
      await writeNamed({ root, drafts }, write, () => placeOf(sha256))
      await syncFolder(dirname(placeOf(sha256)))
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

    async *putBefore(time) {
      for (const folder of await foldersIn(root, 2)) {
        const keys: string[] = []
        for (const key of await readdir(folder)) {
          if (isKey(key) && (await putAt(join(folder, key))) < time) keys.push(key)
        }
        if (keys.length > 0) yield keys
      }
    },

    async removePutBefore(key, time) {
      const place = placeOf(key)
      if ((await putAt(place)) >= time) return
      const aside = join(drafts, `${key}.${randomBytes(6).toString('hex')}`)
      try {
        // Whoever puts the same bytes now finds no file, and writes one.
        await rename(place, aside)
        // Whoever found it before has touched it: it is wanted again.
        if ((await putAt(aside)) >= time) await restore(aside, place)
      } catch (error) {
        if (!isAbsent(error)) throw error
      } finally {
        await rm(aside, { force: true })
      }
    },
  }
}
