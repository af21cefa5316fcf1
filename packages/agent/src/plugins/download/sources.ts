import { homedir } from 'node:os'
import { join } from 'node:path'
import { readIfThere } from '#platform/index.ts'
import { flag, type Input, map, oneOf, optional, type TaskOrder, text } from '#runner/index.ts'
import { DownloadError } from './address.ts'
import { fileFor, folderFor, nameIn } from './destination.ts'
import { getGit } from './git.ts'
import { getGitHub } from './github.ts'
import { httpGet } from './http-get.ts'
import { getS3, readS3Url, readSharedCredentials } from './s3.ts'
import { type Allowance, saveFile } from './save.ts'

/** What a step asks for besides its source. */
export interface Download {
  readonly order: TaskOrder
  readonly destinationPath: string | undefined
  readonly allowance: Allowance
}

/** Reads the sourceInfo of a step, or throws InvalidInput; what comes back does the download and answers the paths written. */
type Source = (info: unknown) => (download: Download) => Promise<readonly string[]>

const source =
  <T>(read: Input<T>, get: (wanted: T, download: Download) => Promise<readonly string[]>): Source =>
  (info) => {
    const wanted = read(info, 'sourceInfo')
    return (download) => get(wanted, download)
  }

const http = source(
  map({
    url: text,
    allowInsecureDownload: optional(flag),
    authMethod: optional(oneOf('None', 'Basic', 'Digest')),
    username: optional(text),
    password: optional(text),
  }),
  async ({ url, allowInsecureDownload = false, authMethod = 'None', username, password }, download) => {
    const { order, destinationPath, allowance } = download
    const answer = await httpGet(url, {
      ...{ authMethod, credentials: { username: username ?? '', password: password ?? '' } },
      ...{ allowInsecure: allowInsecureDownload, allowLinkLocal: order.settings.allowLinkLocal },
    })
    const file = await fileFor(order, destinationPath, nameIn(new URL(url).pathname))
    await saveFile(file, answer, allowance)
    return [file]
  },
)

const git = source(
  map({
    repository: text,
    getOptions: optional(text),
    privateSSHKey: optional(text),
    skipHostKeyChecking: optional(flag),
    username: optional(text),
    password: optional(text),
  }),
  async ({ skipHostKeyChecking = false, ...wanted }, { order, destinationPath }) => {
    const folder = folderFor(order, destinationPath)
    const { allowLinkLocal } = order.settings
    await getGit({ ...wanted, skipHostKeyChecking }, folder, { workspace: order.workspace, allowLinkLocal })
    return [folder]
  },
)

const gitHub = source(
  map({
    owner: text,
    repository: text,
    path: optional(text),
    getOptions: optional(text),
    tokenInfo: optional(text),
  }),
  ({ path = '', ...wanted }, download) => {
    const { githubUrl, allowLinkLocal } = download.order.settings
    const options = { allowInsecure: githubUrl.startsWith('http:'), allowLinkLocal }
    return getGitHub({ ...wanted, path }, githubUrl, options, download.allowance, placeOf(download))
  },
)

const s3 = source(map({ path: text }), async ({ path }, download) => {
  const { s3Endpoint: endpoint, allowLinkLocal } = download.order.settings
  const keys = readSharedCredentials((await readIfThere(join(homedir(), '.aws', 'credentials'))) ?? '')
  const options = { allowLinkLocal, keys, now: () => new Date() }
  return getS3(readS3Url(path, endpoint), options, download.allowance, placeOf(download))
})

const EXTENSIONS = { JSON: 'json', YAML: 'yaml', TEXT: 'txt' } as const

const ssmDocument = source(map({ name: text }), async (_wanted, { order, destinationPath, allowance }) => {
  const { document } = order
  if (document?.kind !== 'content')
    throw new DownloadError(
      document?.kind === 'problem'
        ? document.problem
        : 'A document of the controller can only be named by documents of the controller: its version is settled when the command is accepted',
    )
  const file = await fileFor(order, destinationPath, `${document.name}.${EXTENSIONS[document.format]}`)
  await saveFile(file, [Buffer.from(document.content, 'utf8')], allowance)
  return [file]
})

/** Where content may come from. */
export const sources = { HTTP: http, Git: git, GitHub: gitHub, S3: s3, SSMDocument: ssmDocument } as const

const placeOf = ({ order, destinationPath }: Download) => ({
  folder: folderFor(order, destinationPath),
  fileFor: (name: string) => fileFor(order, destinationPath, name),
})
