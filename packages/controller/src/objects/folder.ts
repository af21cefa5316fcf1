import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { isKey, ObjectMissing, type Objects } from './objects.ts'

const MOST_READ = 16 * 1024 * 1024

const isAbsent = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

const syncFolder = async (folder: string): Promise<void> => {
  // Windows cannot open a folder, and keeps renames by itself.
  if (process.platform === 'win32') return
  await using handle = await open(folder, 'r')
  await handle.sync()
}

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
  mkdirSync(drafts, { recursive: true, mode: 0o700 })
  // What a crash left half written has no name yet and is nobody's.
  for (const name of readdirSync(drafts)) rmSync(join(drafts, name), { force: true, recursive: true })

  const placeOf = (key: string): string => {
    if (!isKey(key)) throw new ObjectMissing(key.slice(0, 80))
    return join(root, key.slice(0, 2), key.slice(2, 4), key)
  }

  const ensureFolder = async (folder: string): Promise<void> => {
    const first = await mkdir(folder, { recursive: true, mode: 0o700 })
    if (first === undefined) return
    // Each new folder is durable in the one above it.
    for (let at = folder; at !== root && at.startsWith(root); at = dirname(at)) await syncFolder(dirname(at))
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

  const write = async (place: string, bytes: Uint8Array): Promise<void> => {
    const draft = join(drafts, randomBytes(12).toString('hex'))
    try {
      await ensureFolder(dirname(place))
      {
        await using handle = await open(draft, 'wx', 0o600)
        await handle.writeFile(bytes)
        await handle.sync()
      }
      await rename(draft, place)
    } catch (error) {
      await rm(draft, { force: true })
      throw error
    }
  }

  return {
    async put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const place = placeOf(sha256)
      // A file under its name is whole: it was synced before it got the name. The name itself may not be, after a crash.
      if ((await lengthOf(sha256)) !== bytes.length) await write(place, bytes)
      await syncFolder(dirname(place))
      return { key: sha256, sha256, length: bytes.length }
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
