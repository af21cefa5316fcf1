import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createOnce, type Platform, removeAll, takeClaim, writePrivate } from '#platform/index.ts'
import { isCarried, readCarriers, readEnd, readExit, spoolSizes } from './attempt-files.ts'
import { type AttemptWaiterOptions, createAttemptWaiter } from './attempt-waiter.ts'
import type { Execution } from './execution.ts'
import { createReadyWrappers, type ReadyWrappersOptions } from './ready-wrappers.ts'
import { windowsWrapper } from './windows-wrapper.ts'
import { CLAIM, FILES, shellWrapper, TOKEN_VARIABLE } from './wrapper.ts'

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
  const wrapper = system === 'win32' ? windowsWrapper : shellWrapper
  const wrappers = createReadyWrappers({ ...options, wrapper })

  return {
    reserve: () => wrappers.reserve(),
    release: () => wrappers.release(),
    start: (token) => wrappers.start(token),
    workspace: (token) => ({ root: rootOf(token), path: (name) => join(rootOf(token), name) }),
    spoolFile: (token, stream) => join(folderOf(token), FILES[stream]),
    async sizes(token) {
      const [stdout, stderr] = await spoolSizes(folderOf(token))
      return { stdout, stderr }
    },
    tokens: async () => (await readdir(attemptsFolder).catch(() => [])).filter((token) => !wrappers.isWaiting(token)),

    async prepare(token, spec) {
      const env = { ...platform.environment, ...spec.env, [TOKEN_VARIABLE]: token }
      await Promise.all([
        writePrivate(join(folderOf(token), wrapper.launchFile), wrapper.launchText({ ...spec, env })),
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

    wait: (token, signal, onOutput) =>
      createAttemptWaiter(options, { token, folder: folderOf(token), claim: claimOf(token) }).run(signal, onOutput),

    stop: (token, by) => createOnce(join(folderOf(token), FILES.end), `${by} .\n`),

    async remove(token) {
      await wrappers.dismiss(token)
      await platform.removeGroups(token)
      await removeAll(join(runFolder, token))
      await removeAll(folderOf(token))
    },
  }
}
