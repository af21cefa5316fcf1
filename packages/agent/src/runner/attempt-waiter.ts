import {
  KILL_TIMES,
  type KillTimes,
  killTree,
  type Platform,
  type ProcessTree,
  takeClaim,
  watchFolder,
} from '#platform/index.ts'
import { type Carriers, isCarried, readCarriers, readEnd, readExit, spoolSizes } from './attempt-files.ts'
import type { Ended } from './execution.ts'
import { FILES, TOKEN_VARIABLE } from './wrapper.ts'

export interface AttemptWaiterOptions {
  readonly platform: Pick<Platform, 'findGroup' | 'removeGroups'>
  readonly killTimes?: KillTimes
  /** How long a child that outlives the script may hold its output open. */
  readonly drainMs?: number
  /** How long a started wrapper may take to show itself. */
  readonly appearMs?: number
  /** What becomes of processes that outlive the script; 'kill' when not given. */
  readonly backgroundChildren?: 'kill' | 'leave'
}

export interface AttemptPlace {
  readonly token: string
  readonly folder: string
  readonly claim: string
  /** Where the script's output is spooled. */
  readonly spools: string
}

const DRAIN_MS = 5_000
const APPEAR_MS = 10_000
const SPOOLS: ReadonlySet<string> = new Set([FILES.stdout, FILES.stderr])
const ENDS: ReadonlySet<string> = new Set([FILES.end, FILES.exit])

/** Follows one attempt to its end, and brings that end about when someone decided it. */
export function createAttemptWaiter(
  options: AttemptWaiterOptions,
  place: AttemptPlace,
): { run(signal: AbortSignal, onOutput: () => void): Promise<Ended> } {
  return new AttemptWaiter(options, place)
}

class AttemptWaiter {
  readonly #options: AttemptWaiterOptions
  readonly #token: string
  readonly #folder: string
  readonly #claim: string
  readonly #spools: string
  readonly #began = performance.now()
  readonly #done = Promise.withResolvers<Ended>()
  #looking = false
  #again = false
  #over = false
  #drainFrom: number | undefined
  #drainTimer: NodeJS.Timeout | undefined
  #killing: Promise<void> | undefined
  #orphans: readonly number[] = []

  constructor(options: AttemptWaiterOptions, { token, folder, claim, spools }: AttemptPlace) {
    this.#options = options
    this.#token = token
    this.#folder = folder
    this.#claim = claim
    this.#spools = spools
  }

  async run(signal: AbortSignal, onOutput: () => void): Promise<Ended> {
    signal.throwIfAborted()
    const unwatch = watchFolder(this.#folder, (name) => {
      if (name === undefined || SPOOLS.has(name)) onOutput()
      if (name === undefined || ENDS.has(name)) void this.#lookAgain()
    })
    const abort = () => this.#done.reject(signal.reason)
    signal.addEventListener('abort', abort)
    void this.#lookAgain()
    try {
      const ended = await this.#done.promise
      // The groups are empty, or hold what could not be killed; nobody needs to wait for that.
      void this.#options.platform.removeGroups(this.#token)
      return ended
    } finally {
      this.#over = true
      unwatch()
      clearTimeout(this.#drainTimer)
      signal.removeEventListener('abort', abort)
    }
  }

  /** One look at a time; what changes meanwhile has another one follow. */
  async #lookAgain(): Promise<void> {
    this.#again = true
    if (this.#looking) return
    this.#looking = true
    try {
      while (this.#again && !this.#over) {
        this.#again = false
        const ended = await this.#look()
        if (ended) return this.#done.resolve(ended)
      }
    } catch (error) {
      this.#done.reject(error)
    } finally {
      this.#looking = false
    }
  }

  async #look(): Promise<Ended | undefined> {
    const { appearMs = APPEAR_MS, drainMs = DRAIN_MS, backgroundChildren: children = 'kill' } = this.#options
    const exit = await readExit(this.#folder, this.#spools)
    const end = await readEnd(this.#folder)
    if (exit) {
      const by = end?.by ?? 'exit'
      if (by !== 'exit' || children === 'kill') await this.#killRest()
      const { code, stdout, stderr, oomKills } = exit
      const sizes = { stdout, stderr, oomKills }
      return { kind: 'ended', by, code: by === 'exit' ? code : undefined, ...sizes, orphans: this.#orphans }
    }
    const carriers = await readCarriers(this.#folder)
    if (carriers === undefined && performance.now() - this.#began < appearMs) return undefined
    if (!(await isCarried(this.#token, carriers))) return this.#lost()
    if (end === undefined) return undefined
    const isDrained = this.#drainTime(drainMs) <= 0
    const isLeft = end.by === 'exit' && isDrained && children === 'leave'
    if (!isLeft && (end.by !== 'exit' || isDrained)) this.#kill()
    if (!isLeft && this.#orphans.length === 0) return undefined
    const [stdout, stderr] = await spoolSizes(this.#spools)
    return { kind: 'ended', by: end.by, code: end.code, stdout, stderr, oomKills: 0, orphans: this.#orphans }
  }

  /** How long whatever outlives the script may still hold its output; has it looked at again then. */
  #drainTime(drainMs: number): number {
    const now = performance.now()
    this.#drainFrom ??= now
    const left = this.#drainFrom + drainMs - now
    if (left > 0) this.#drainTimer ??= setTimeout(() => void this.#lookAgain(), left + 1)
    return left
  }

  /** The wrapper is gone. It may have written its last word in the meantime. */
  async #lost(): Promise<Ended | undefined> {
    if (await readExit(this.#folder, this.#spools)) return this.#look()
    await this.#killRest()
    const [stdout, stderr] = await spoolSizes(this.#spools)
    const end = await readEnd(this.#folder)
    if (end && (end.by !== 'exit' || end.code !== undefined))
      return { kind: 'ended', by: end.by, code: end.code, stdout, stderr, oomKills: 0, orphans: this.#orphans }
    const began = await takeClaim(this.#claim).catch(() => false)
    return began ? { kind: 'never-started' } : { kind: 'lost', stdout, stderr }
  }

  #kill(): void {
    this.#killing ??= this.#killRest()
      // Its failure shows as orphans; the next look tries again.
      .catch(() => {})
      .finally(() => {
        this.#killing = undefined
        void this.#lookAgain()
      })
  }

  async #killRest(): Promise<void> {
    this.#orphans = await killTree(await this.#tree(), this.#options.killTimes ?? KILL_TIMES)
  }

  async #tree(): Promise<ProcessTree> {
    const carriers = await readCarriers(this.#folder)
    return {
      group: carriers?.joined === false ? undefined : await this.#options.platform.findGroup(this.#token),
      token: `${TOKEN_VARIABLE}=${this.#token}`,
      session: carriers?.wrapper,
      keep: keptOf(carriers),
    }
  }
}

const keptOf = (carriers: Carriers | undefined): readonly number[] =>
  carriers ? [carriers.wrapper, ...carriers.sinks] : []
