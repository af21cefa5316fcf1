import { mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'

/** One file of the journal: written at offsets, made durable by `sync`. */
export interface StorageFile {
  write(offset: number, bytes: Uint8Array): Promise<void>
  /** Data written before is on disk when it resolves. A rejection is final: the state of the file is unknown. */
  sync(): Promise<void>
  close(): Promise<void>
}

/** The little of a file system that the journal needs, so that tests can cut its power. */
export interface Storage {
  list(): Promise<string[]>
  /** A whole file, also where nothing can be written. */
  read(name: string): Promise<Uint8Array>
  create(name: string): Promise<StorageFile>
  open(name: string): Promise<StorageFile>
  rename(from: string, to: string): Promise<void>
  remove(name: string): Promise<void>
  /** Creations, renames and removals made before are on disk when it resolves. */
  syncFolder(): Promise<void>
}

const PROBE_NAME = 'probe.tmp'

/** Whether data can be made durable here now. */
export async function isWritable(storage: Storage): Promise<boolean> {
  try {
    const file = await storage.create(PROBE_NAME)
    try {
      await file.write(0, new Uint8Array(4096))
      await file.sync()
    } finally {
      await file.close()
    }
    await storage.remove(PROBE_NAME)
    await storage.syncFolder()
    return true
  } catch {
    return false
  }
}

/** The journal's files in a real folder (0700, files 0600). */
export async function openFolder(folder: string): Promise<Storage> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const openFile = async (name: string, flags: string): Promise<StorageFile> => {
    const handle = await open(join(folder, name), flags, 0o600)
    return {
      async write(offset, bytes) {
        for (let done = 0; done < bytes.length; ) {
          const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, offset + done)
          done += bytesWritten
        }
      },
      sync: () => handle.datasync(),
      close: () => handle.close(),
    }
  }
  return {
    list: () => readdir(folder),
    read: (name) => readFile(join(folder, name)),
    create: (name) => openFile(name, 'w+'),
    open: (name) => openFile(name, 'r+'),
    rename: (from, to) => rename(join(folder, from), join(folder, to)),
    remove: (name) => unlink(join(folder, name)),
    async syncFolder() {
      const handle = await open(folder, 'r')
      try {
        await handle.sync()
      } finally {
        await handle.close()
      }
    },
  }
}
