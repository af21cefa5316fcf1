import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { closeSync, constants, fstatSync, fsyncSync, linkSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** The master key file cannot be used as it is. */
export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError'
}

/** What is sealed was altered, belongs to another place, or was sealed with another key. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken'
}

export interface Sealer {
  /** Encrypts for one place: `aad` names it (table, row, version), and only the same name opens it. */
  seal(plain: Uint8Array, aad: string): Uint8Array
  open(sealed: Uint8Array, aad: string): Uint8Array
  /** A keyed hash of the parts, kept apart from the hashes of every other domain. */
  mac(domain: string, ...parts: (string | Uint8Array)[]): Uint8Array
}

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const FORMAT = 1
const CIPHER = 'aes-256-gcm'

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

/** Seals and hashes with keys derived from the master key, one for each purpose. */
export const createSealer = (masterKey: Uint8Array): Sealer => {
  if (masterKey.length !== KEY_BYTES)
    throw new MasterKeyError(`A master key has ${KEY_BYTES} bytes, not ${masterKey.length}.`)
  const derive = (purpose: string) =>
    new Uint8Array(hkdfSync('sha256', masterKey, new Uint8Array(0), `muster ${purpose}`, KEY_BYTES))
  const sealKey = derive('seal v1')
  const macKeys = new Map<string, Uint8Array>()

  // Domains are names in the code, so their number is small.
  const macKey = (domain: string): Uint8Array => {
    const known = macKeys.get(domain)
    if (known !== undefined) return known
    const key = derive(`mac v1 ${domain}`)
    macKeys.set(domain, key)
    return key
  }

  return {
    seal(plain, aad) {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(CIPHER, sealKey, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(aad))
      const body = Buffer.concat([cipher.update(plain), cipher.final()])
      return new Uint8Array(Buffer.concat([Uint8Array.of(FORMAT), nonce, body, cipher.getAuthTag()]))
    },

    open(sealed, aad) {
      if (sealed.length < 1 + NONCE_BYTES + TAG_BYTES || sealed[0] !== FORMAT)
        throw new SealBroken('These bytes were not sealed by Muster.')
      const decipher = createDecipheriv(CIPHER, sealKey, sealed.subarray(1, 1 + NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      })
      decipher.setAAD(Buffer.from(aad)).setAuthTag(sealed.subarray(-TAG_BYTES))
      try {
        const start = decipher.update(sealed.subarray(1 + NONCE_BYTES, -TAG_BYTES))
        return new Uint8Array(Buffer.concat([start, decipher.final()]))
      } catch (error) {
        throw new SealBroken(`The sealed bytes do not open as ${aad}.`, { cause: error })
      }
    },

    mac(domain, ...parts) {
      const hmac = createHmac('sha256', macKey(domain))
      const length = Buffer.alloc(8)
      // Each part is preceded by its length: ('ab', 'c') is not ('a', 'bc').
      for (const part of parts) {
        const bytes = typeof part === 'string' ? Buffer.from(part) : part
        length.writeBigUInt64BE(BigInt(bytes.length))
        hmac.update(length).update(bytes)
      }
      return new Uint8Array(hmac.digest())
    },
  }
}
