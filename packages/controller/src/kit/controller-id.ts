import { randomBytes } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'

const ID = /^[0-9a-f]{16}$/

/** The name by which a controller finds again what it left in the store: made once a data folder. */
export async function ensureControllerId(data: string): Promise<string> {
  const path = join(data, 'controller-id')
  const known = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return ''
  })
  if (ID.test(known)) return known
  const id = randomBytes(8).toString('hex')
  const draft = `${path}.new`
  {
    await using file = await open(draft, 'w', 0o600)
    await file.writeFile(id)
    await file.sync()
  }
  await rename(draft, path)
  return id
}
