import { setTimeout as pauseFor } from 'node:timers/promises'
import { appendRecord, isSafeId, JournalFailed, type LiveInvocation } from '#journal/index.ts'
import { createGate, createGathering, createNews, type Gate, type News } from '#kit/index.ts'
import type { RunnerDeps } from './deps.ts'
import { runInvocation } from './invocation-run.ts'
import { clearAway, tokensOf } from './left-behind.ts'
import { createOutputs, type OutputFollower } from './outputs.ts'
import { keepDownloads } from './plugin/downloads.ts'
import { decodeResult, type RunResult } from './result.ts'

/** One invocation as it arrives. */
export interface Work {
  readonly invocationId: string
  readonly commandId: string
  readonly envelope: Uint8Array
  /** Milliseconds by the controller's clock. */
  readonly deliverBy: number
  readonly expiresAt: number
}

export interface StartedReport {
  readonly step: number
  readonly attempt: number
  /** Milliseconds by the controller's clock. */
  readonly at: number
  readonly bootId: string
}

/** One thing the controller has to hear; it is repeated until its number is receipted. */
export interface OutboxEntry {
  readonly journalId: string
  readonly number: number
  readonly invocationId: string
  readonly fact:
    | { readonly kind: 'started'; readonly started: StartedReport }
    | { readonly kind: 'result'; readonly result: RunResult }
}

/** Work that no agent can take: its id is not one. */
export class InvalidWork extends Error {
  override readonly name = 'InvalidWork'
}

/** Runs invocations, and keeps what came of them until the controller has it. */
export interface Runner extends AsyncDisposable {
  /** Durable when it resolves: the RECEIVED entry is synced. Known ids resolve without effect. */
  accept(work: Work): Promise<'accepted' | 'known'>
  /** Durable when it resolves. An invocation that is over, or not known, is left alone. */
  cancel(invocationId: string): Promise<void>
  /** Journaled and not yet receipted, lowest number first. */
  pending(after: number, limit: number): OutboxEntry[]
  /** Resolves when there may be more in `pending`; at once when there is since the last call. */
  news(signal?: AbortSignal): Promise<void>
  /** Everything up to this number is committed at the controller. */
  receipted(number: number): Promise<void>
  readonly outputs: OutputFollower
  /** Invocations received whose results are not receipted. */
  holding(): string[]
  readonly running: number
  readonly waiting: number
  /** Of all that is here now nothing more starts, in this life or a later one; durable when it resolves. */
  refuseStarts(): Promise<void>
  /** Takes up what the journal knows; call it once, before the first `accept`. */
  recover(): Promise<void>
}

const DEFAULT_CONCURRENCY = 20
/** The kernel tells of each write; the link need not hear of all of them. */
const GROWTH_MS = 10
const RETRY_MS = 1_000
const MAX_RETRY_MS = 60_000

/** Makes the runner; nothing runs before `recover` and `accept`. Disposing of it leaves scripts running. */
export function createRunner(deps: RunnerDeps): Runner {
  return new QueueRunner(deps)
}

interface Active {
  /** The attempt that a cancel has to stop. */
  token: string | undefined
  cancelled: boolean
}

class QueueRunner implements Runner {
  readonly outputs: OutputFollower
  readonly #deps: RunnerDeps
  readonly #gate: Gate
  readonly #news: News = createNews()
  readonly #growth: News = createNews()
  readonly #tidy: () => Promise<void>
  readonly #stop = new AbortController()
  readonly #active = new Map<string, Active>()
  readonly #accepting = new Map<string, Promise<unknown>>()
  readonly #tasks = new Set<Promise<void>>()
  readonly #grew = createGathering(GROWTH_MS, () => this.#growth.announce())

  constructor(deps: RunnerDeps) {
    this.#deps = deps
    this.#gate = createGate(deps.concurrency ?? DEFAULT_CONCURRENCY)
    const outputs = createOutputs(deps.journal, deps.execution, this.#growth)
    this.outputs = outputs
    this.#tidy = outputs.tidy
  }

  get running(): number {
    return this.#gate.running
  }

  get waiting(): number {
    return this.#gate.waiting
  }

  async recover(): Promise<void> {
    const { journal, execution } = this.#deps
    const unfinished = journal.runner.unfinished()
    const ended = journal.outbox.withSpools()
    const kept = new Set([
      ...unfinished.flatMap(tokensOf),
      ...ended.flatMap(({ spools }) => spools.map(({ token }) => token)),
    ])
    for (const token of await execution.tokens()) {
      if (kept.has(token)) continue
      if ((await execution.find(token, true)) === 'running') this.#awaitOrphan(token)
      else await execution.remove(token)
    }
    await keepDownloads(this.#deps.tasks, new Set(unfinished.map(({ invocationId }) => invocationId)))
    // Those that may be running come first: they hold their places already.
    const begun = (invocation: LiveInvocation) => invocation.starting !== undefined
    for (const invocation of [...unfinished.filter(begun), ...unfinished.filter((item) => !begun(item))])
      this.#schedule(invocation.invocationId, invocation.cancelRequested)
    this.#news.announce()
    await this.#tidy()
  }

  async accept(work: Work): Promise<'accepted' | 'known'> {
    const { journal } = this.#deps
    const { invocationId } = work
    if (!isSafeId(invocationId))
      throw new InvalidWork(`${JSON.stringify(invocationId.slice(0, 200))} is not an invocation id`)
    const underWay = this.#accepting.get(invocationId)
    if (underWay) {
      await underWay
      return 'known'
    }
    if (journal.inbox.isKnown(invocationId)) return 'known'
    // Known from here on: a cancel that comes next must find it.
    const taking = this.#take(work)
    this.#accepting.set(invocationId, taking)
    try {
      await taking
    } finally {
      this.#accepting.delete(invocationId)
    }
    return 'accepted'
  }

  async #take({ invocationId, commandId, deliverBy, expiresAt, envelope: bytes }: Work): Promise<void> {
    const { journal, failpoint } = this.#deps
    await failpoint('after-receive')
    await appendRecord(journal, { kind: 'received', invocationId, commandId, deliverBy, expiresAt, bytes })
    await failpoint('after-received')
    this.#schedule(invocationId, false)
  }

  async cancel(invocationId: string): Promise<void> {
    const { journal, execution } = this.#deps
    await this.#accepting.get(invocationId)
    const active = this.#active.get(invocationId)
    if (active === undefined || active.cancelled || journal.runner.find(invocationId) === undefined) return
    active.cancelled = true
    try {
      await appendRecord(journal, { kind: 'cancel-requested', invocationId })
    } finally {
      // A full disk is no reason to let it run on.
      if (active.token !== undefined) await execution.stop(active.token, 'cancel')
    }
  }

  async refuseStarts(): Promise<void> {
    const { journal } = this.#deps
    const open = journal.runner.unfinished().filter(({ startRefused }) => !startRefused)
    await Promise.all(open.map(({ invocationId }) => appendRecord(journal, { kind: 'start-refused', invocationId })))
  }

  pending(after: number, limit: number): OutboxEntry[] {
    const { journal } = this.#deps
    return journal.outbox.unreceipted(after, limit).map(({ number, entry }): OutboxEntry => {
      const { invocationId } = entry
      const common = { journalId: journal.journalId, number, invocationId }
      if (entry.kind === 'result') return { ...common, fact: { kind: 'result', result: decodeResult(entry.bytes) } }
      const { step, attempt, at, bootId } = entry
      return {
        ...common,
        fact: { kind: 'started', started: { step, attempt, at: Math.max(0, Math.round(at)), bootId } },
      }
    })
  }

  news(signal?: AbortSignal): Promise<void> {
    return this.#news.wait(signal)
  }

  async receipted(number: number): Promise<void> {
    const { journal, failpoint } = this.#deps
    if (number <= journal.receiptedTo) return
    await failpoint('after-receipt')
    await appendRecord(journal, { kind: 'receipted', upTo: number })
    await this.#tidy()
  }

  holding(): string[] {
    return this.#deps.journal.runner.holding()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new Stopped('the runner stops'))
    this.#grew[Symbol.dispose]()
    await Promise.all(this.#tasks)
    await this.#deps.execution.release()
  }

  #schedule(invocationId: string, cancelled: boolean): void {
    const active: Active = { token: undefined, cancelled }
    this.#active.set(invocationId, active)
    const task = this.#gate
      .run(() => this.#runToEnd(invocationId, active))
      .finally(() => {
        this.#active.delete(invocationId)
        this.#tasks.delete(task)
      })
    this.#tasks.add(task)
  }

  /** A script that a damaged journal does not know any more keeps its files until it has ended. */
  #awaitOrphan(token: string): void {
    const { execution, onTrouble } = this.#deps
    const task = clearAway(execution, token, this.#stop.signal)
      .catch((error: unknown) => {
        if (error instanceof Stopped) return
        onTrouble?.({ invocationId: undefined, problem: `an attempt without a record is left: ${token}`, error })
      })
      .finally(() => this.#tasks.delete(task))
    this.#tasks.add(task)
  }

  /** Comes back to an invocation as long as it takes: only a failed journal or the agent's end leave it unfinished. */
  async #runToEnd(invocationId: string, active: Active): Promise<void> {
    const { journal, onTrouble, pause = pauseUntil } = this.#deps
    for (let retryMs = RETRY_MS; !this.#stop.signal.aborted; retryMs = Math.min(2 * retryMs, MAX_RETRY_MS)) {
      const invocation = journal.runner.find(invocationId)
      if (invocation === undefined) return
      try {
        return await this.#runOnce(invocation, active)
      } catch (error) {
        if (error instanceof Stopped) return
        onTrouble?.({ invocationId, problem: 'an invocation could not be carried on', error })
        if (error instanceof JournalFailed) return
        await pause(retryMs, this.#stop.signal).catch(() => {})
      } finally {
        // Also after a failure: the result may be journaled by then.
        this.#news.announce()
        this.#growth.announce()
      }
    }
  }

  #runOnce(invocation: LiveInvocation, active: Active): Promise<void> {
    const { execution } = this.#deps
    return runInvocation(
      {
        ...this.#deps,
        signal: this.#stop.signal,
        pause: this.#deps.pause ?? pauseUntil,
        onOutput: () => this.#grew.call(),
        onReport: () => this.#news.announce(),
        onAttempt: async (token) => {
          active.token = token
          if (token !== undefined && active.cancelled) await execution.stop(token, 'cancel')
        },
      },
      invocation,
      () => active.cancelled,
    )
  }
}

/** The runner is being disposed of: what is under way stays as it is. */
class Stopped extends Error {
  override readonly name = 'Stopped'
}

async function pauseUntil(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await pauseFor(ms, undefined, { signal })
  } catch {
    throw signal.reason
  }
}
