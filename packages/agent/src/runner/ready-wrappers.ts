import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { freeBytes, type Held, makeFolder, type Platform, removeAll, writePrivate } from '#platform/index.ts'
import { FILES, GO, type Wrapper } from './wrapper.ts'

export interface ReadyWrappersOptions {
  readonly platform: Pick<Platform, 'hold' | 'launch' | 'prepareGroups' | 'removeGroups'>
  readonly wrapper: Wrapper
  readonly attemptsFolder: string
  readonly runFolder: string
  /** Most bytes kept of one stream. */
  readonly outputCapBytes: number
}

/** Wrappers that have everything ready and wait for the word: an attempt that takes one starts without starting a process. */
export interface ReadyWrappers {
  /** Names an attempt whose folders are there. */
  reserve(withSecrets: boolean): Promise<string>
  /** Lets the wrapper of an attempt go on, or starts one; while commands come the next one is made ready. */
  start(token: string): Promise<void>
  /** Whether an attempt's wrapper only waits: nothing of it has been journaled. */
  isWaiting(token: string): boolean
  /** The wrapper of an attempt that will not start after all ends. */
  dismiss(token: string): Promise<void>
  /** Nothing waits any more. */
  release(): Promise<void>
}

interface Ready {
  readonly token: string
  readonly held: Held | undefined
  readonly cap: number
  /** It spools in the run folder. */
  readonly isSecret: boolean
}

const FREE_SHARE = 10
// After that long without a command none is kept ready.
const IDLE_MS = 60_000

/** Keeps one ready, and only while commands come. */
export function createReadyWrappers(options: ReadyWrappersOptions): ReadyWrappers {
  const { platform, wrapper, attemptsFolder, runFolder, outputCapBytes } = options
  const reserved = new Map<string, Ready>()
  const waiting = new Set<string>()
  let next: Promise<Ready | undefined> | undefined
  let idle: NodeJS.Timeout | undefined

  const capNow = async (isSecret: boolean) => {
    const free = [await freeBytes(attemptsFolder), isSecret ? await freeBytes(runFolder) : Number.POSITIVE_INFINITY]
    return Math.min(outputCapBytes, Math.floor(Math.min(...free) / FREE_SHARE))
  }
  const argvOf = (token: string, cap: number, groups: readonly string[], ...more: string[]) =>
    [
      ...wrapper.program,
      join(attemptsFolder, token, wrapper.file),
      join(runFolder, token),
      join(attemptsFolder, token),
      String(cap),
      groups.join(' '),
      ...more,
    ] as const

  async function make(isSecret: boolean): Promise<Ready> {
    const token = randomBytes(16).toString('hex')
    const folder = join(attemptsFolder, token)
    await Promise.all([makeFolder(join(folder, FILES.workspace)), makeFolder(join(runFolder, token))])
    await writePrivate(join(folder, wrapper.file), wrapper.text)
    return { token, cap: await capNow(isSecret), held: undefined, isSecret }
  }

  async function makeSpare(): Promise<Ready | undefined> {
    const { token, cap } = await make(false)
    waiting.add(token)
    const held = await platform.hold({ name: token, argv: argvOf(token, cap, await platform.prepareGroups(token)) })
    const spare = { token, cap, held, isSecret: false }
    if (held !== undefined) return spare
    await discard(spare)
    return undefined
  }

  async function discard({ token, held }: Ready): Promise<void> {
    await held?.dismiss()
    waiting.delete(token)
    await platform.removeGroups(token)
    await removeAll(join(runFolder, token))
    await removeAll(join(attemptsFolder, token))
  }

  async function release(): Promise<void> {
    clearTimeout(idle)
    const spare = next
    next = undefined
    const ready = await spare
    if (ready) await discard(ready)
  }

  return {
    async reserve(withSecrets) {
      // One that waits has its spools on the disk already.
      const spare = withSecrets ? undefined : next
      if (!withSecrets) next = undefined
      const ready = (await spare) ?? (await make(withSecrets))
      waiting.delete(ready.token)
      reserved.set(ready.token, ready)
      return ready.token
    },

    async start(token) {
      const ready = reserved.get(token)
      reserved.delete(token)
      const cap = await capNow(ready?.isSecret ?? false)
      // The disk may have filled up since that one was made ready.
      const isGood = ready?.held !== undefined && ready.cap <= cap
      if (ready?.held && !isGood) await ready.held.dismiss()
      if (!(isGood && ready.held?.say(GO)))
        await platform.launch({ name: token, argv: argvOf(token, cap, await platform.prepareGroups(token), GO) })
      clearTimeout(idle)
      idle = setTimeout(() => void release().catch(() => {}), IDLE_MS).unref()
      // One waits at a time.
      if (![...reserved.values()].some(({ held }) => held !== undefined)) next ??= makeSpare().catch(() => undefined)
    },

    async dismiss(token) {
      const ready = reserved.get(token)
      reserved.delete(token)
      await ready?.held?.dismiss()
    },

    isWaiting: (token) => waiting.has(token),
    release,
  }
}
