import { rmSync } from 'node:fs'
import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'

/** How the administrator on this machine reaches the running controller: written at start (0600), removed at stop. */
export interface LocalAccess {
  readonly url: string
  /** A bearer token of root, good until the controller stops. */
  readonly token: string
  /** The CA of an https address that the system does not know. */
  readonly caPem?: string
  readonly pid: number
}

const path = (data: string): string => join(data, 'local-access.json')

/** The listener that this machine's administrator uses: plain where there is one, else by an address in the own certificate. */
export function localUrl(urls: readonly string[]): string {
  const [url = ''] = [...urls].sort((a, b) => Number(a.startsWith('https:')) - Number(b.startsWith('https:')))
  return url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:')
}

export async function writeLocalAccess(data: string, access: LocalAccess): Promise<void> {
  const fresh = `${path(data)}.${process.pid}`
  const file = await open(fresh, 'w', 0o600)
  await file.writeFile(JSON.stringify(access))
  await file.close()
  await rename(fresh, path(data))
}

export const removeLocalAccess = (data: string): void => rmSync(path(data), { force: true })

/** Undefined when no controller runs on this data folder. */
export async function readLocalAccess(data: string): Promise<LocalAccess | undefined> {
  try {
    const access = JSON.parse(await readFile(path(data), 'utf8')) as LocalAccess
    process.kill(access.pid, 0)
    return access
  } catch {
    return undefined
  }
}
