/** An archive was refused; the text says which rule it breaks. */
export class ArchiveRefused extends Error {
  override readonly name = 'ArchiveRefused'
}

/** What an archive says of one of its entries. */
export interface ArchiveEntry {
  readonly name: string
  /** Whatever is neither is named by what it is: a link, a device. */
  readonly kind: 'file' | 'folder' | { readonly other: string }
  /** Unix permissions; 0 where the archive has none. */
  readonly mode: number
}

/** One entry as a reader meets it. The content must be read, or left alone, before the next one comes. */
export interface EntryContent extends ArchiveEntry {
  readonly content: () => Promise<AsyncIterable<Uint8Array>>
}

export interface ArchiveLimits {
  readonly bytes: number
  readonly entries: number
  /** Most bytes of content for one byte of the archive. */
  readonly ratio: number
}

export const ARCHIVE_LIMITS: ArchiveLimits = { bytes: 2 * 1024 ** 3, entries: 100_000, ratio: 100 }

const MAX_PATH_BYTES = 1_024
const MAX_PART_BYTES = 255
const MAX_PARTS = 64
const SET_ID = 0o6000
// Windows opens these as devices, whatever follows a dot.
const DEVICE_NAME = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

/** Lets names of an archive through, one after the other: all lie below one folder, and no two are the same file on any host. */
export function createNameGuard(limits: ArchiveLimits, isWindows: boolean): (entry: ArchiveEntry) => readonly string[] {
  let entries = 0
  // How each name is written, by what hosts that do not tell case apart take it for.
  const seen = new Map<string, { readonly written: string; readonly isFile: boolean }>()

  const claim = (parts: readonly string[], isFile: boolean, isWhole: boolean): void => {
    const written = parts.join('/')
    const key = written.normalize('NFC').toLowerCase().normalize('NFC')
    const before = seen.get(key)
    if (before === undefined) return void seen.set(key, { written, isFile })
    if (before.written !== written)
      throw refuse(written, `is the same name as ${show(before.written)} where case does not count`)
    if (before.isFile || isFile)
      throw refuse(written, isWhole && before.isFile === isFile ? 'is there twice' : 'is a file and a folder')
  }

  return ({ name, kind, mode }) => {
    entries += 1
    if (entries > limits.entries) throw new ArchiveRefused(`the archive has more than ${limits.entries} entries`)
    if (typeof kind === 'object') throw refuse(name, `is a ${kind.other}; only files and folders are taken`)
    if ((mode & SET_ID) !== 0) throw refuse(name, 'would run as its owner or group (setuid, setgid)')
    const parts = readParts(name, isWindows)
    if (parts.length === 0 && kind === 'file') throw refuse(name, 'is no name of a file')
    for (let depth = 1; depth < parts.length; depth++) claim(parts.slice(0, depth), false, false)
    if (parts.length > 0) claim(parts, kind === 'file', true)
    return parts
  }
}

function readParts(name: string, isWindows: boolean): readonly string[] {
  if (Buffer.byteLength(name) > MAX_PATH_BYTES) throw refuse(name, `has more than ${MAX_PATH_BYTES} bytes`)
  if (/[\u0000-\u001f\u007f]/.test(name)) throw refuse(name, 'has a control character')
  if (name.includes('\uFFFD') || !name.isWellFormed()) throw refuse(name, 'is not UTF-8')
  if (name.startsWith('/')) throw refuse(name, 'is an absolute path')
  if (name.includes('\\')) throw refuse(name, 'has a backslash')
  if (name.includes(':')) throw refuse(name, 'has a colon (a drive or a stream)')
  const parts = name.split('/').filter((part) => part !== '' && part !== '.')
  if (parts.length > MAX_PARTS) throw refuse(name, `is more than ${MAX_PARTS} folders deep`)
  for (const part of parts) {
    if (part === '..') throw refuse(name, 'leads out by ..')
    if (Buffer.byteLength(part) > MAX_PART_BYTES) throw refuse(name, `has a part of more than ${MAX_PART_BYTES} bytes`)
    if (isWindows && (/[. ]$/.test(part) || DEVICE_NAME.test(part) || /[<>"|?*]/.test(part)))
      throw refuse(name, 'is no name on Windows')
  }
  return parts
}

const refuse = (name: string, why: string): ArchiveRefused => new ArchiveRefused(`${show(name)} ${why}`)
const show = (name: string): string => JSON.stringify(name.length > 100 ? `${name.slice(0, 100)}…` : name)
