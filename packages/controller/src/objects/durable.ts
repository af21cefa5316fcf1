import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

export const isAbsent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** Makes the names in a folder durable. */
export const syncFolder = async (folder: string): Promise<void> => {
  // Windows cannot open a folder, and keeps renames by itself.
  if (process.platform === 'win32') return
  await using handle = await open(folder, 'r')
  await handle.sync()
}

/** Makes an empty folder for drafts; what a crash left half written there has no name yet and is nobody's. */
export const openDrafts = (drafts: string): void => {
  mkdirSync(drafts, { recursive: true, mode: 0o700 })
  for (const name of readdirSync(drafts)) rmSync(join(drafts, name), { force: true, recursive: true })
}

const ensureFolder = async (root: string, folder: string): Promise<void> => {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 })
  if (first === undefined) return
  // Each new folder is durable in the one above it.
  for (let at = folder; at !== root && at.startsWith(root); at = dirname(at)) await syncFolder(dirname(at))
}

export interface DurableFile {
  /** The topmost folder, which is there already. */
  readonly root: string
  readonly drafts: string
  readonly place: string
}

/** Writes a file that is whole under its name or not there; its name is durable after `syncFolder` of its folder. */
export const writeDurably = async (
  { root, drafts, place }: DurableFile,
  write: (handle: FileHandle) => Promise<void>,
): Promise<void> => writeNamed({ root, drafts }, write, () => place)

/** The same for a file whose place is known once it is written. */
export const writeNamed = async (
  { root, drafts }: Omit<DurableFile, 'place'>,
  write: (handle: FileHandle) => Promise<void>,
  placeOf: () => string,
): Promise<void> => {
  const draft = join(drafts, randomBytes(12).toString('hex'))
  try {
    {
      await using handle = await open(draft, 'wx', 0o600)
      await write(handle)
      await handle.sync()
    }
    const place = placeOf()
    await ensureFolder(root, dirname(place))
    await rename(draft, place)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}
