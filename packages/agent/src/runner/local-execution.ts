import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import {
  createOnce,
  findProcess,
  freeBytes,
  KILL_TIMES,
  type KillTimes,
  killTree,
  listProcesses,
  makeFolder,
  mentions,
  type Platform,
  type ProcessTree,
  removeAll,
  removeGroup,
  takeClaim,
  watchFolder,
  writePrivate,
} from '#platform/index.ts'
import { type Carriers, readCarriers, readEnd, readExit, spoolSizes } from './attempt-files.ts'
import type { Ended, Execution } from './execution.ts'
import { CLAIM, FILES, launchText, WRAPPER } from './wrapper.ts'

export interface LocalExecutionOptions {
  readonly platform: Platform
  /** Spools, exit status and scripts. */
  readonly attemptsFolder: string
  /** Claims; emptied when the host starts again. */
  readonly runFolder: string
  /** Most bytes kept of one stream. */
  readonly outputCapBytes: number
  readonly killTimes?: KillTimes
  /** How long a child that outlives the script may hold its output open. */
  readonly drainMs?: number
  /** How long a started wrapper may take to show itself. */
  readonly appearMs?: number
}

const FREE_SHARE = 10
const TOKEN_VARIABLE = 'MUSTER_ATTEMPT'

/** Runs attempts as shell wrappers outside the agent's process. */
export function createLocalExecution(options: LocalExecutionOptions): Execution {
  const { platform, attemptsFolder, runFolder, outputCapBytes } = options
  const folderOf = (token: string) => join(attemptsFolder, token)
  const claimOf = (token: string) => join(runFolder, token, CLAIM)
  const rootOf = (token: string) => join(folderOf(token), FILES.workspace)

  return {
    workspace: (token) => ({ root: rootOf(token), path: (name) => join(rootOf(token), name) }),
    spoolFile: (token, stream) => join(folderOf(token), FILES[stream]),
    async sizes(token) {
      const [stdout, stderr] = await spoolSizes(folderOf(token))
      return { stdout, stderr }
    },
    tokens: () => readdir(attemptsFolder).catch(() => []),

    async prepare(token, spec) {
      await makeFolder(rootOf(token))
      await makeFolder(join(runFolder, token))
      const env = { ...platform.environment, ...spec.env, [TOKEN_VARIABLE]: token }
      await writePrivate(join(folderOf(token), FILES.wrapper), WRAPPER)
      await writePrivate(join(folderOf(token), FILES.launch), launchText({ ...spec, env }))
      for (const [name, content] of Object.entries(spec.files))
        await writePrivate(join(rootOf(token), name), content, 0o700)
    },

    async start(token) {
      const folder = folderOf(token)
      const cap = Math.min(outputCapBytes, Math.floor((await freeBytes(folder)) / FREE_SHARE))
      const group = (await platform.prepareGroup(token)) ?? ''
      await platform.launch({
        name: token,
        argv: ['/bin/sh', join(folder, FILES.wrapper), join(runFolder, token), folder, String(cap), group],
      })
    },

    async find(token, sameBoot) {
      const folder = folderOf(token)
      if (await readExit(folder)) return 'finished'
      if (sameBoot && (await isCarried(token, await readCarriers(folder)))) return 'running'
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
      new Waiter(options, token, folderOf(token), claimOf(token)).run(signal, onOutput),

    stop: (token, by) => createOnce(join(folderOf(token), FILES.end), `${by} .\n`),

    async remove(token) {
      const group = await platform.findGroup(token)
      if (group !== undefined) await removeGroup(group)
      await removeAll(join(runFolder, token))
      await removeAll(folderOf(token))
    },
  }
}

/** Whether a wrapper is alive: by number and start time, or before it has written those, by its arguments. */
async function isCarried(token: string, carriers: Carriers | undefined): Promise<boolean> {
  if (carriers) return (await findProcess(carriers.wrapper))?.startTime === carriers.startTime
  for (const { pid } of await listProcesses()) if (pid !== process.pid && (await mentions(pid, token))) return true
  return false
}

/** Follows one attempt to its end, and brings that end about when someone decided it. */
class Waiter {
  readonly #options: LocalExecutionOptions
  readonly #token: string
  readonly #folder: string
  readonly #claim: string
  readonly #began = performance.now()
  #drainFrom: number | undefined
  #killing: Promise<void> | undefined
  #orphans: readonly number[] = []

  constructor(options: LocalExecutionOptions, token: string, folder: string, claim: string) {
    this.#options = options
    this.#token = token
    this.#folder = folder
    this.#claim = claim
  }

  run(signal: AbortSignal, onOutput: () => void): Promise<Ended> {
    return new Promise((resolve, reject) => {
      let looking = false
      let again = false
      let timer: NodeJS.Timeout | undefined
      const close = () => {
        unwatch()
        clearTimeout(timer)
        signal.removeEventListener('abort', abort)
      }
      const abort = () => {
        close()
        reject(signal.reason)
      }
      const look = async () => {
        if (looking) {
          again = true
          return
        }
        looking = true
        try {
          do {
            again = false
            const ended = await this.#look()
            if (signal.aborted) return
            if (ended) {
              close()
              // The wrapper itself may be ending just now; nobody needs to wait for that.
              void this.#removeGroup()
              resolve(ended)
              return
            }
          } while (again)
          if (this.#drainFrom !== undefined) {
            clearTimeout(timer)
            timer = setTimeout(() => void look(), LOOK_AGAIN_MS)
          }
        } catch (error) {
          close()
          reject(error)
        } finally {
          looking = false
        }
      }
      const unwatch = watchFolder(this.#folder, () => {
        onOutput()
        void look()
      })
      signal.addEventListener('abort', abort)
      if (signal.aborted) abort()
      else void look()
    })
  }

  async #look(): Promise<Ended | undefined> {
    const exit = await readExit(this.#folder)
    const end = await readEnd(this.#folder)
    if (exit) {
      await this.#killRest()
      const by = end?.by ?? 'exit'
      return {
        kind: 'ended',
        by,
        code: by === 'exit' ? exit.code : undefined,
        stdout: exit.stdout,
        stderr: exit.stderr,
        orphans: this.#orphans,
      }
    }
    const carriers = await readCarriers(this.#folder)
    if (carriers === undefined && performance.now() - this.#began < (this.#options.appearMs ?? APPEAR_MS))
      return undefined
    if (!(await isCarried(this.#token, carriers))) return this.#lost()
    if (end === undefined) return undefined
    this.#drainFrom ??= performance.now()
    if (end.by !== 'exit' || performance.now() - this.#drainFrom >= (this.#options.drainMs ?? DRAIN_MS)) this.#kill()
    if (this.#orphans.length > 0) {
      const [stdout, stderr] = await spoolSizes(this.#folder)
      return { kind: 'ended', by: end.by, code: end.code, stdout, stderr, orphans: this.#orphans }
    }
    return undefined
  }

  /** The wrapper is gone. It may have written its last word in the meantime. */
  async #lost(): Promise<Ended | undefined> {
    if (await readExit(this.#folder)) return this.#look()
    await this.#killRest()
    const [stdout, stderr] = await spoolSizes(this.#folder)
    const end = await readEnd(this.#folder)
    if (end && (end.by !== 'exit' || end.code !== undefined))
      return { kind: 'ended', by: end.by, code: end.code, stdout, stderr, orphans: this.#orphans }
    const began = await takeClaim(this.#claim).catch(() => false)
    return began ? { kind: 'never-started' } : { kind: 'lost', stdout, stderr }
  }

  async #removeGroup(): Promise<void> {
    const group = await this.#options.platform.findGroup(this.#token)
    if (group !== undefined) await removeGroup(group)
  }

  #kill(): void {
    this.#killing ??= this.#killRest().finally(() => {
      this.#killing = undefined
    })
    // Its failure shows as orphans; the next look tries again.
    this.#killing.catch(() => {})
  }

  async #killRest(): Promise<void> {
    this.#orphans = await killTree(await this.#tree(), this.#options.killTimes ?? KILL_TIMES)
  }

  async #tree(): Promise<ProcessTree> {
    const group = await this.#options.platform.findGroup(this.#token)
    const carriers = await readCarriers(this.#folder)
    return {
      group,
      token: `${TOKEN_VARIABLE}=${this.#token}`,
      session: carriers?.wrapper,
      keep: carriers ? [carriers.wrapper, ...carriers.sinks] : [],
    }
  }
}

const LOOK_AGAIN_MS = 50
const DRAIN_MS = 5_000
const APPEAR_MS = 10_000
