import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createOnce, findProcess, makeFolder, readIfThere, removeAll, replaceFile } from '#platform/index.ts'

/** What is known of a package on this host. */
export interface PackageState {
  readonly name: string
  /** The version whose files are in use. */
  readonly installed?: string
  /** Something was begun and its end is not known: where this stands at a start, it was interrupted. */
  readonly underWay?: { readonly what: 'Install' | 'Uninstall' | 'Update'; readonly version: string }
}

/** The place of one package. */
export interface PackageStore {
  read(): Promise<PackageState>
  write(state: PackageState): Promise<void>
  /** Where the files of a version lie. */
  folder(version: string): string
  /** A folder that is there and empty, for what comes in. */
  incoming(): Promise<string>
  /** Makes an unpacked folder the files of a version, in place of earlier ones. */
  adopt(unpacked: string, version: string): Promise<void>
  /** Removes the files of every version but these. */
  keepOnly(versions: readonly string[]): Promise<void>
}

const safe = (text: string): string => encodeURIComponent(text).replaceAll('.', '%2E').replaceAll('*', '%2A')

/** Opens the place of a package below the agent's data folder. */
export async function openPackageStore(data: string, name: string): Promise<PackageStore> {
  const root = join(data, 'packages', safe(name))
  const versions = join(root, 'versions')
  await makeFolder(versions)
  const file = join(root, 'state.json')
  const folder = (version: string): string => join(versions, safe(version))
  return {
    folder,
    async read() {
      const text = await readIfThere(file)
      // Written by this program alone, in one step.
      return text === undefined ? { name } : (JSON.parse(text) as PackageState)
    },
    write: (state) => replaceFile(file, `${JSON.stringify(state)}\n`),
    async incoming() {
      const path = join(root, 'incoming')
      await removeAll(path)
      await mkdir(path, { mode: 0o700 })
      return path
    },
    async adopt(unpacked, version) {
      await removeAll(folder(version))
      await rename(unpacked, folder(version))
    },
    async keepOnly(kept) {
      const names = new Set(kept.map(safe))
      for (const each of await readdir(versions))
        if (!names.has(each)) await rm(join(versions, each), { recursive: true })
      await removeAll(join(root, 'incoming'))
    },
  }
}

/** One change of a package at a time; undefined while another process is at it. */
export async function lockPackage(data: string, name: string): Promise<AsyncDisposable | undefined> {
  const folder = join(data, 'packages')
  await makeFolder(folder)
  const path = join(folder, `${safe(name)}.lock`)
  const self = await findProcess(process.pid)
  const own = `${process.pid} ${self?.startTime ?? 0}`
  for (let tries = 0; tries < 2; tries++) {
    if (await createOnce(path, own)) return { [Symbol.asyncDispose]: () => removeAll(path) }
    const [pid, startTime] = ((await readIfThere(path)) ?? '').split(' ').map(Number)
    const holder = pid === undefined || pid === 0 ? undefined : await findProcess(pid)
    if (holder !== undefined && holder.startTime === startTime) return undefined
    // Its holder is gone, with the host or without.
    await removeAll(path)
  }
  return undefined
}
