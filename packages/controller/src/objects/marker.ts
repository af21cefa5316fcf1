import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

const NAME = 'muster-objects'

/** The name of a folder of objects, in a file that is made once: who sees the same name sees the same folder. */
export async function ensureMarker(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, NAME)
  const name = randomBytes(16).toString('hex')
  const draft = `${path}.${name}`
  {
    await using file = await open(draft, 'wx', 0o600)
    await file.writeFile(`${name}\n`)
    await file.sync()
  }
  try {
    // The whole file appears at once, and never over another one's.
    await link(draft, path)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    await rm(draft, { force: true })
  }
  return (await readFile(path, 'utf8')).trim()
}
