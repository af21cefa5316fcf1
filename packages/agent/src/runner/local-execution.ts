import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  createOnce,
  isInMemory,
  makeFolder,
  type Platform,
  removeAll,
  takeClaim,
  watchFolder,
  writePrivate,
} from '#platform/index.ts'
import { isCarried, readCarriers, readEnd, readExit, spoolSizes } from './attempt-files.ts'
import { type AttemptWaiterOptions, createAttemptWaiter } from './attempt-waiter.ts'
import type { Execution } from './execution.ts'
import { openMaskedSpools } from './masked-spools.ts'
import { createReadyWrappers, type ReadyWrappersOptions } from './ready-wrappers.ts'
import { windowsWrapper } from './windows-wrapper.ts'
import { CLAIM, FILES, HIDDEN, shellWrapper, TOKEN_VARIABLE, variablesText } from './wrapper.ts'

export interface LocalExecutionOptions extends AttemptWaiterOptions, Omit<ReadyWrappersOptions, 'wrapper'> {
  readonly platform: Platform
  /** Spools, exit status and scripts. */
  readonly attemptsFolder: string
  /** Claims; emptied when the host starts again. */
  readonly runFolder: string
  /** As `process.platform` names it; this host's when not given. */
  readonly system?: string
}

/** Runs attempts under wrappers outside the agent's process. */
export function createLocalExecution(options: LocalExecutionOptions): Execution {
  const { platform, attemptsFolder, runFolder, system = process.platform } = options
  const folderOf = (token: string) => join(attemptsFolder, token)
  const claimOf = (token: string) => join(runFolder, token, CLAIM)
  const rootOf = (token: string) => join(folderOf(token), FILES.workspace)
  const variablesFile = (token: string) => join(runFolder, token, HIDDEN.variables)
  const wrapper = system === 'win32' ? windowsWrapper : shellWrapper
  const wrappers = createReadyWrappers({ ...options, wrapper })

  return {
    async secretsProblem() {
      if (system === 'win32') return 'secrets are not given to scripts on Windows yet'
      await makeFolder(runFolder)
      if (await isInMemory(runFolder)) return undefined
      return `the agent's folder for them, ${runFolder}, is not in memory (tmpfs): start it with another --run-dir`
    },
    reserve: (withSecrets = false) => wrappers.reserve(withSecrets),
    release: () => wrappers.release(),
    start: (token) => wrappers.start(token),
    workspace: (token) => ({ root: rootOf(token), path: (name) => join(rootOf(token), name) }),
    spoolFile: (token, stream) => join(folderOf(token), FILES[stream]),
    async sizes(token) {
      const [stdout, stderr] = await spoolSizes(folderOf(token))
      return { stdout, stderr }
    },
    tokens: async () => (await readdir(attemptsFolder).catch(() => [])).filter((token) => !wrappers.isWaiting(token)),

    async prepare(token, spec, secrets) {
      const env = { ...platform.environment, ...spec.env, [TOKEN_VARIABLE]: token }
      if (secrets) {
        await writePrivate(join(runFolder, token, HIDDEN.values), JSON.stringify(Object.values(secrets)))
        await writePrivate(variablesFile(token), `${variablesText(secrets)}\n`)
      }
      const launch = { ...spec, env, ...(secrets && { variablesFile: variablesFile(token) }) }
      await Promise.all([
        writePrivate(join(folderOf(token), wrapper.launchFile), wrapper.launchText(launch)),
        ...Object.entries(spec.papers ?? {}).map(([name, content]) => writePrivate(join(rootOf(token), name), content)),
        ...Object.entries(spec.files).map(([name, content]) => writePrivate(join(rootOf(token), name), content, 0o700)),
      ])
    },

    async find(token, sameBoot) {
      const folder = folderOf(token)
      if (await readExit(folder)) return 'finished'
      const carriers = await readCarriers(folder)
      if (sameBoot && carriers && (await isCarried(token, carriers))) return 'running'
      const end = await readEnd(folder)
      if (end && (end.by !== 'exit' || end.code !== undefined)) return 'finished'
      if (!sameBoot) return 'gone'
      try {
        if (await takeClaim(claimOf(token))) return 'unclaimed'
      } catch {
        // The claim's folder is gone: nobody can say any more whether it ran.
        return 'gone'
      }
      return (await readExit(folder)) ? 'finished' : (await isCarried(token, undefined)) ? 'running' : 'gone'
    },

    async wait(token, signal, onOutput) {
      const place = { token, folder: folderOf(token), claim: claimOf(token) }
      const hidden = join(runFolder, token)
      await using masked = await openMaskedSpools(hidden, place.folder)
      if (!masked) return createAttemptWaiter(options, { ...place, spools: place.folder }).run(signal, onOutput)
      const unwatch = watchFolder(hidden, () => void masked.follow().then(onOutput, () => {}))
      try {
        const ended = await createAttemptWaiter(options, { ...place, spools: hidden }).run(signal, () => {})
        return ended.kind === 'never-started' ? ended : { ...ended, ...(await masked.finish(ended)) }
      } finally {
        unwatch()
      }
    },

    stop: (token, by) => createOnce(join(folderOf(token), FILES.end), `${by} .\n`),

    async remove(token) {
      await wrappers.dismiss(token)
      await platform.removeGroups(token)
      await removeAll(join(runFolder, token))
      await removeAll(folderOf(token))
    },
  }
}
