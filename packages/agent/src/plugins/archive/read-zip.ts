import { type ArchiveEntry, ArchiveRefused, type EntryContent } from './names.ts'

const TYPE_BITS = 0o170000
const TYPES = new Map([
  [0o120000, 'symbolic link'],
  [0o020000, 'device'],
  [0o060000, 'device'],
  [0o010000, 'named pipe'],
  [0o140000, 'socket'],
])
const REGULAR = 0o100000
const FOLDER = 0o040000

/** The entries of a ZIP archive, by its directory. */
export async function* readZip(file: string): AsyncGenerator<EntryContent> {
  // Loaded when it is needed: the agent itself never is the one.
  const { openPromise } = await import('yauzl')
  const zip = await openPromise(file, { autoClose: false, strictFileNames: true, validateEntrySizes: true })
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.isEncrypted()) throw new ArchiveRefused(`${JSON.stringify(entry.fileName)} is encrypted`)
      // The upper half is Unix's own, where the archive was made on such a host.
      const mode = entry.externalFileAttributes >>> 16
      yield { ...kindOf(entry.fileName, mode), name: entry.fileName, content: () => zip.openReadStreamPromise(entry) }
    }
  } finally {
    zip.close()
  }
}

function kindOf(name: string, mode: number): Pick<ArchiveEntry, 'kind' | 'mode'> {
  const type = mode & TYPE_BITS
  const isFolder = name.endsWith('/')
  const bits = mode & 0o7777
  if (type !== 0 && type !== (isFolder ? FOLDER : REGULAR))
    return { kind: { other: TYPES.get(type) ?? 'thing of an unknown type' }, mode: bits }
  return { kind: isFolder ? 'folder' : 'file', mode: bits }
}
