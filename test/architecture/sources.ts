import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')

/** One source file and what it imports, as the import lines say it. */
export interface Source {
  /** From the repository's root, with slashes. */
  readonly path: string
  readonly text: string
  readonly lines: number
  readonly imports: readonly Import[]
}

export interface Import {
  readonly from: string
  /** The file of this repository that it means; undefined for a library. */
  readonly target: string | undefined
}

const IMPORT = /^(?:import|export)\s(?:[^'"]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm

export function readSources(folder: string): readonly Source[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx)$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => !path.includes('node_modules/') && !path.includes('.generated.'))
    .sort()
    .map(readSource)
}

function readSource(path: string): Source {
  const text = readFileSync(join(root, path), 'utf8')
  const imports = [...text.matchAll(IMPORT)].map((match) => {
    const from = match[1] ?? match[2] ?? ''
    return { from, target: resolveImport(path, from) }
  })
  return { path, text, lines: text.trimEnd().split('\n').length, imports }
}

function resolveImport(path: string, from: string): string | undefined {
  if (from.startsWith('.')) return join(dirname(path), from).replaceAll('\\', '/')
  const [packages = '', name = ''] = path.split('/')
  if (from.startsWith('#')) return `${packages}/${name}/src/${from.slice(1)}`
  const sibling = /^@muster\/([a-z]+)\/(.+)$/.exec(from)
  return sibling ? `packages/${sibling[1]}/src/${sibling[2]}/index.ts` : undefined
}

export const isTest = (path: string): boolean => path.endsWith('.test.ts') || /\/testing\//.test(path)

/** `commands` for packages/controller/src/commands/operations/x.ts; the file's own name for files directly in src. */
export function folderOf(path: string): string {
  const [, , , first = ''] = path.split('/')
  return first
}

export const packageOf = (path: string): string => path.split('/')[1] ?? ''
