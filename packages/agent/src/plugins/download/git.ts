import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProgram, shellQuote } from '#platform/index.ts'
import { checkName, DownloadError } from './address.ts'

/** A repository as a step names it. */
export interface GitSource {
  readonly repository: string
  /** `branch:NAME` or `commitID:ID`; the default branch when not given. */
  readonly getOptions: string | undefined
  readonly privateSSHKey: string | undefined
  readonly skipHostKeyChecking: boolean
  readonly username: string | undefined
  readonly password: string | undefined
}

export interface Checkout {
  readonly branch?: string
  readonly commitId?: string
}

/** Reads what version of a repository is wanted. */
export function readGetOptions(options: string | undefined): Checkout {
  if (options === undefined || options === '') return {}
  const [, kind, value = ''] = /^\s*(branch|commitID)\s*:\s*(\S+)\s*$/.exec(options) ?? []
  if (kind === 'branch' && /^[^-~^:?*[\\\s][^~^:?*[\\\s]*$/.test(value)) return { branch: value }
  if (kind === 'commitID' && /^[0-9a-f]{4,64}$/i.test(value)) return { commitId: value }
  throw new DownloadError(`getOptions must be branch:NAME or commitID:ID, not "${options.slice(0, 200)}"`)
}

/** The commands that bring a repository into a folder. */
export function gitCommands(repository: string, { branch, commitId }: Checkout, folder: string): readonly string[][] {
  const base = ['git', '-c', 'core.hooksPath=/dev/null', '-c', 'protocol.ext.allow=never', '-c', 'credential.helper=']
  const where = ['--', repository, folder]
  if (commitId === undefined) {
    const version = branch === undefined ? [] : ['--branch', branch]
    return [[...base, 'clone', '--quiet', '--depth', '1', ...version, ...where]]
  }
  return [
    [...base, 'clone', '--quiet', '--no-checkout', ...where],
    [...base, '-C', folder, 'checkout', '--quiet', '--detach', commitId],
  ]
}

/** Brings the files of a repository, without its history, into a folder. */
export async function getGit(
  source: GitSource,
  folder: string,
  { workspace, allowLinkLocal }: { readonly workspace: string; readonly allowLinkLocal: boolean },
): Promise<void> {
  const checkout = readGetOptions(source.getOptions)
  const host = hostOf(source.repository)
  if (host !== undefined) await checkName(host, allowLinkLocal)
  // What is secret lies in memory, as far as the host has a file system there.
  await using secrets = await secretFolder()
  const env = await environmentOf(source, workspace, secrets.path)
  await mkdir(folder, { recursive: true })
  const fresh = await mkdtemp(join(folder, '.git-download-'))
  try {
    const copy = join(fresh, 'copy')
    for (const argv of gitCommands(source.repository, checkout, copy)) {
      const { code, stderr } = await runProgram(argv, { cwd: fresh, env })
      if (code !== 0) throw new DownloadError(`git ended with ${code}: ${stderr.trim()}`)
    }
    await rm(join(copy, '.git'), { recursive: true, force: true })
    for (const name of await readdir(copy)) {
      await rm(join(folder, name), { recursive: true, force: true })
      await rename(join(copy, name), join(folder, name))
    }
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}

async function environmentOf(source: GitSource, workspace: string, secrets: string): Promise<Record<string, string>> {
  const { privateSSHKey, username, password, skipHostKeyChecking } = source
  const env: Record<string, string> = { GIT_TERMINAL_PROMPT: '0', GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' }
  const ssh = ['ssh', '-o', 'BatchMode=yes', '-o', `StrictHostKeyChecking=${skipHostKeyChecking ? 'no' : 'yes'}`]
  if (skipHostKeyChecking) ssh.push('-o', 'UserKnownHostsFile=/dev/null')
  if (privateSSHKey !== undefined) {
    const key = join(secrets, 'key')
    await writeFile(key, `${privateSSHKey.trimEnd()}\n`, { mode: 0o600 })
    ssh.push('-i', key, '-o', 'IdentitiesOnly=yes')
  }
  env['GIT_SSH_COMMAND'] = ssh.map(shellQuote).join(' ')
  if (username !== undefined || password !== undefined) {
    // Git asks a program, so that neither stands in its arguments or in a file.
    const ask = join(workspace, 'git-ask')
    await writeFile(
      ask,
      '#!/bin/sh\ncase $1 in Username*) printf "%s\\n" "$MUSTER_GIT_USER" ;; *) printf "%s\\n" "$MUSTER_GIT_PASSWORD" ;; esac\n',
      { mode: 0o700 },
    )
    Object.assign(env, { GIT_ASKPASS: ask, MUSTER_GIT_USER: username ?? '', MUSTER_GIT_PASSWORD: password ?? '' })
  }
  return env
}

async function secretFolder(): Promise<{ readonly path: string } & AsyncDisposable> {
  const root = await stat('/dev/shm').then(
    () => '/dev/shm',
    () => tmpdir(),
  )
  const path = await mkdtemp(join(root, 'muster-git-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

/** The host of a repository's address: a URL, or `user@host:path`. */
export function hostOf(repository: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(repository))
    return URL.canParse(repository) ? new URL(repository).hostname || undefined : undefined
  return /^(?:[^@/]+@)?([^:/]+):/.exec(repository)?.[1]
}
