import { join } from 'node:path'
import { DownloadError } from './address.ts'
import { readGetOptions } from './git.ts'
import { type GetOptions, httpGet } from './http-get.ts'
import { type Allowance, saveFile } from './save.ts'

/** What of GitHub a step names. */
export interface GitHubSource {
  readonly owner: string
  readonly repository: string
  /** A file, or a folder with all in it. */
  readonly path: string
  readonly getOptions: string | undefined
  readonly tokenInfo: string | undefined
}

const MAX_FILES = 5_000
const MAX_LIST_BYTES = 8 * 1024 * 1024

interface Reader {
  readonly source: GitHubSource
  readonly base: string
  readonly ref: string | undefined
  readonly options: Pick<GetOptions, 'allowInsecure' | 'allowLinkLocal'>
  readonly allowance: Allowance
  files: number
}

/** Brings a file or a folder of a repository, through the contents API; answers the paths that were written. */
export async function getGitHub(
  source: GitHubSource,
  base: string,
  options: Reader['options'],
  allowance: Allowance,
  place: { readonly folder: string; readonly fileFor: (name: string) => Promise<string> },
): Promise<readonly string[]> {
  const { branch, commitId } = readGetOptions(source.getOptions)
  const reader: Reader = { source, base, ref: commitId ?? branch, options, allowance, files: 0 }
  const path = source.path.replace(/^\/+|\/+$/g, '')
  const found = await read(reader, path)
  if (!Array.isArray(found)) return [await getFile(reader, path, await place.fileFor(nameOf(path)))]
  return getFolder(reader, found, place.folder)
}

async function getFolder(reader: Reader, entries: readonly unknown[], folder: string): Promise<readonly string[]> {
  const written: string[] = []
  for (const entry of entries) {
    const { type, path }: { type?: unknown; path?: unknown } = Object(entry)
    if (typeof path !== 'string') throw new DownloadError('the list of a folder has an unknown form')
    const target = join(folder, nameOf(path))
    if (type === 'file') written.push(await getFile(reader, path, target))
    else if (type === 'dir') {
      const inside = await read(reader, path)
      if (!Array.isArray(inside)) throw new DownloadError(`the folder ${path} is none`)
      written.push(...(await getFolder(reader, inside, target)))
    } else throw new DownloadError(`${path} is a ${String(type)}, which cannot be downloaded`)
  }
  return written
}

async function getFile(reader: Reader, path: string, file: string): Promise<string> {
  reader.files += 1
  if (reader.files > MAX_FILES) throw new DownloadError(`the folder has more than ${MAX_FILES} files`)
  await saveFile(file, await get(reader, path, 'application/vnd.github.raw'), reader.allowance)
  return file
}

async function read(reader: Reader, path: string): Promise<unknown> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of (await get(reader, path, 'application/vnd.github+json')) as AsyncIterable<Buffer>) {
    length += part.length
    if (length > MAX_LIST_BYTES) throw new DownloadError(`the list of ${path} has more than ${MAX_LIST_BYTES} bytes`)
    parts.push(part)
  }
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'))
  } catch {
    throw new DownloadError(`the answer about ${path} is no JSON`)
  }
}

function get({ source, base, ref, options }: Reader, path: string, accept: string) {
  const { owner, repository, tokenInfo } = source
  if (path.split('/').some((part) => part === '.' || part === '..'))
    throw new DownloadError(`"${path}" leads elsewhere`)
  const parts = ['repos', owner, repository, 'contents', ...path.split('/').filter((part) => part !== '')]
  const query = ref === undefined ? '' : `?ref=${encodeURIComponent(ref)}`
  const url = `${base.replace(/\/+$/, '')}/${parts.map(encodeURIComponent).join('/')}${query}`
  const token = tokenInfo === undefined ? {} : { authorization: `Bearer ${tokenInfo}` }
  return httpGet(url, { ...options, headers: { accept, ...token } })
}

/** The last part of a path, if it can be the name of a file here. */
function nameOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (name === '' || name === '.' || name === '..' || /[\\\0]/.test(name))
    throw new DownloadError(`"${path}" does not end with the name of a file`)
  return name
}
