import { randomBytes } from 'node:crypto'
import { closeSync, constants, fstatSync, fsyncSync, linkSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { KEY_BYTES } from './cipher.ts'

/** The master key file cannot be used as it is. */
export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError'
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

const syncFolder = (folder: string): void => {
  if (process.platform === 'win32') return
  const handle = openSync(folder, constants.O_RDONLY)
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

// The whole file appears at once under its name, and never over another process's key.
const createKeyFile = (file: string): void => {
  const draft = `${file}.${process.pid}.${randomBytes(6).toString('hex')}.new`
  const handle = openSync(draft, 'wx', 0o400)
  try {
    writeSync(handle, randomBytes(KEY_BYTES))
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  try {
    linkSync(draft, file)
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  syncFolder(dirname(file))
}

const checkOwnership = (file: string, mode: number, uid: number): void => {
  if (process.platform === 'win32') return
  if ((mode & 0o077) !== 0) {
    const found = (mode & 0o777).toString(8).padStart(4, '0')
    throw new MasterKeyError(`The master key file ${file} has mode ${found}; it must be 0400: chmod 0400 ${file}`)
  }
  if (uid !== 0 && uid !== process.getuid?.()) {
    throw new MasterKeyError(
      `The master key file ${file} belongs to user ${uid}; it must belong to the user who runs Muster.`,
    )
  }
}

const readKeyFile = (file: string): Uint8Array => {
  const handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const stat = fstatSync(handle)
    if (!stat.isFile()) throw new MasterKeyError(`The master key ${file} is not a file.`)
    checkOwnership(file, stat.mode, stat.uid)
    const bytes = new Uint8Array(KEY_BYTES + 1)
    const read = readSync(handle, bytes, 0, bytes.length, 0)
    if (stat.size !== KEY_BYTES || read !== KEY_BYTES) {
      throw new MasterKeyError(`The master key file ${file} holds ${stat.size} bytes; a key has ${KEY_BYTES}.`)
    }
    return bytes.slice(0, KEY_BYTES)
  } finally {
    closeSync(handle)
  }
}

/** Reads the master key; with `create`, makes one when there is no file yet. */
export const loadMasterKey = (file: string, { create = false }: { create?: boolean } = {}): Uint8Array => {
  try {
    return readKeyFile(file)
  } catch (error) {
    if (error instanceof MasterKeyError) throw error
    if (codeOf(error) !== 'ENOENT')
      throw new MasterKeyError(`The master key file ${file} cannot be read: ${codeOf(error)}.`, { cause: error })
    if (!create)
      throw new MasterKeyError(
        `There is no master key file ${file}. Restore it: what this store has sealed opens with no other.`,
        { cause: error },
      )
  }
  try {
    createKeyFile(file)
  } catch (error) {
    throw new MasterKeyError(`The master key file ${file} cannot be made: ${codeOf(error)}.`, { cause: error })
  }
  return readKeyFile(file)
}
