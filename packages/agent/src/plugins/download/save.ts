import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { DownloadError } from './address.ts'

/** The most that one step may bring to the host. */
export const MAX_DOWNLOAD_BYTES = 2 * 1024 ** 3

/** How much may still come. */
export interface Allowance {
  left: number
}

export const createAllowance = (): Allowance => ({ left: MAX_DOWNLOAD_BYTES })

/** Writes a file whole or not at all: under its name it is complete. */
export async function saveFile(
  file: string,
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  allowance: Allowance,
): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const partial = `${file}.${randomBytes(6).toString('hex')}.part`
  try {
    await pipeline(
      Readable.from(content),
      (pieces: AsyncIterable<Uint8Array>) => limit(pieces, allowance),
      createWriteStream(partial, { flags: 'wx', mode: 0o600 }),
    )
    await rename(partial, file)
  } catch (error) {
    await rm(partial, { force: true })
    if (error instanceof DownloadError) throw error
    throw new DownloadError(`${file} could not be written: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}

async function* limit(pieces: AsyncIterable<Uint8Array>, allowance: Allowance): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    allowance.left -= piece.length
    if (allowance.left < 0) throw new DownloadError(`more than ${MAX_DOWNLOAD_BYTES} bytes`)
    yield piece
  }
}
