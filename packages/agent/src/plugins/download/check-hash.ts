import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { DownloadError } from './address.ts'

/** Throws unless a file has this SHA-256, in lower-case hex. */
export async function checkHash(file: string, sha256: string): Promise<void> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer)
  const found = hash.digest('hex')
  if (found !== sha256) throw new DownloadError(`the file has the SHA-256 ${found}, and should have ${sha256}`)
}
