import { readdirSync, readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Looks for secrets in bytes, in every form in which one could lie there. */
export interface Finder {
  /** Names of the secrets that are in these bytes. */
  findIn(bytes: Buffer): readonly string[]
}

export function createFinder(secrets: ReadonlyMap<string, string>): Finder {
  const forms = [...secrets].map(([name, secret]) => [name, formsOf(secret)] as const)
  return {
    findIn: (bytes) => forms.filter(([, all]) => all.some((form) => bytes.includes(form))).map(([name]) => name),
  }
}

/** As it is, as JSON has it, as an URL has it, in hexadecimal digits, and in base64 wherever it begins there. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  const base64 = [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    // The first and the last sign also hold bits of what stands beside.
    const inner = text.slice(before === 0 ? 0 : before + 1, -1)
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')]
  })
  const json = JSON.stringify(secret).slice(1, -1)
  return [secret, json, encodeURIComponent(secret), bytes.toString('hex'), ...base64]
}

/** All files below a folder, with their bytes. */
export async function filesBelow(folder: string): Promise<readonly (readonly [string, Buffer])[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  // One that is gone meanwhile held nothing for long.
  const read = async (file: string) => [file, await readFile(file).catch(() => Buffer.alloc(0))] as const
  return Promise.all(files.map(read))
}

/** The command lines of every process of this machine at this moment. */
export function commandLines(): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, 'latin1')]
      } catch {
        return []
      }
    })
}
