import { stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { TaskOrder } from '#runner/index.ts'

/** The folder that a step puts several files into. */
export const folderFor = ({ downloads }: TaskOrder, destinationPath: string | undefined): string =>
  resolve(downloads, destinationPath ?? '.')

/** The file that a step writes: a destination that is a folder, or ends as one does, holds it under its own name. */
export async function fileFor(order: TaskOrder, destinationPath: string | undefined, name: string): Promise<string> {
  const path = folderFor(order, destinationPath)
  const isFolder = destinationPath === undefined || /[\\/]$/.test(destinationPath) || (await isDirectory(path))
  return isFolder ? join(path, name) : path
}

/** The last part of an address as the name of a file; one that is none is `download`. */
export function nameIn(pathname: string): string {
  let name = basename(pathname)
  try {
    name = decodeURIComponent(name)
  } catch {
    // As it stands, then.
  }
  return /^[^/\\\0]+$/.test(name) && name !== '.' && name !== '..' ? name : 'download'
}

async function isDirectory(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}
