import type { EnvelopeStep, StepRecord } from '@muster/protocol/delivery'
import { concludeStep } from '@muster/protocol/documents'
import { appendRecord, type EntryOf, JournalFull, type LiveInvocation, type StepNote } from '#journal/index.ts'
import { sizeOf, syncFile } from '#platform/index.ts'
import type { RunnerDeps } from './deps.ts'
import type { Ended, SpoolSizes } from './execution.ts'
import { downloadsOf } from './plugin/downloads.ts'
import { planStep } from './plugin/plan-step.ts'
import type { Plugin } from './plugin/plugin.ts'
import { findPoison } from './poison.ts'
import { fetchSecrets } from './secrets.ts'
import { because, measureSpool, noteOf, type Reason, stepRecord, stepWithoutOutput } from './step-result.ts'
import { launchProblem } from './wrapper.ts'

export type FinishedStep = Pick<EntryOf<'finished'>, 'record' | 'token' | 'note' | 'exited'>

/** One step under way: what a cancel has to find. */
export interface StepRunDeps extends RunnerDeps {
  readonly signal: AbortSignal
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>
  readonly onOutput: () => void
  /** There is something new in the outbox. */
  readonly onReport: () => void
  /** Told which attempt a cancel would have to stop; undefined: none. */
  readonly onAttempt: (token: string | undefined) => Promise<void>
}

export const MAX_REBOOTS = 8
const REBOOT_WAIT_SECONDS = 600
const REBOOT_LOOK_MS = 1_000
// A step that is over by then is told by its result alone, which saves a sync.
const START_REPORT_MS = 100
// Beyond what a result carries itself, the spool must be on disk before its hash is signed.
const SYNC_FROM_BYTES = 32 * 1024
const OF_STEP: ReadonlySet<string> = new Set(['StepRefused', 'SecretUnavailable'])
const NO_SPACE: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS'])

/** Runs one step to its end, over crashes of the agent and over reboots that the step asks for. */
export class StepRun {
  readonly #deps: StepRunDeps
  readonly #invocation: LiveInvocation
  readonly #step: EnvelopeStep
  readonly #plugin: Plugin
  readonly #commandId: string
  #startedAt = 0

  constructor(deps: StepRunDeps, invocation: LiveInvocation, commandId: string, step: EnvelopeStep, plugin: Plugin) {
    this.#deps = deps
    this.#invocation = invocation
    this.#commandId = commandId
    this.#step = step
    this.#plugin = plugin
  }

  async run(): Promise<FinishedStep> {
    const { starting, rebootRequested, log } = this.#invocation
    if (starting?.step !== this.#step.index) return this.#enter(1)
    const first = log.find(({ entry }) => entry.kind === 'starting' && entry.step === this.#step.index)?.entry
    this.#startedAt = first?.kind === 'starting' ? first.at : starting.at
    if (this.#invocation.damaged) return this.#salvage(starting)
    return rebootRequested ? this.#afterReboot(starting, rebootRequested.uptimeMs) : this.#resume(starting)
  }

  /** The agent died in the middle of this attempt: find out what became of it. */
  async #resume(starting: EntryOf<'starting'>): Promise<FinishedStep> {
    const sameBoot = (await this.#deps.platform.bootId()) === starting.bootId
    switch (await this.#deps.execution.find(starting.token, sameBoot)) {
      case 'unclaimed':
        await this.#deps.failpoint('after-claim')
        return this.#isTooLate(starting) ? this.#tooLate() : this.#enter(starting.attempt)
      case 'running':
      case 'finished':
        return this.#follow(starting, sameBoot)
      case 'gone':
        return this.#interrupted(starting, !sameBoot)
    }
  }

  /** Records of this step may be lost: what is still there of the attempt is told, and nothing is entered again. */
  async #salvage(starting: EntryOf<'starting'>): Promise<FinishedStep> {
    const sameBoot = (await this.#deps.platform.bootId()) === starting.bootId
    const found = await this.#deps.execution.find(starting.token, sameBoot)
    return found === 'running' || found === 'finished'
      ? this.#follow(starting, sameBoot)
      : this.#unknown(starting, -1, undefined)
  }

  #unknown(starting: EntryOf<'starting'>, code: number, sizes: Sizes | undefined): Promise<FinishedStep> {
    const why = because('JournalDamaged', {})
    return this.#finish(starting, 'Failed', code, sizes, why, noteOf(why))
  }

  async #enter(attempt: number): Promise<FinishedStep> {
    const { execution, platform, controllerNow, failpoint } = this.#deps
    const { index: step, name } = this.#step
    await this.#deps.starts?.wait(this.#deps.signal)
    if (this.#deps.journal.runner.find(this.#invocation.invocationId)?.startRefused)
      return this.#refused(because('QuarantineDropped', {}), attempt - 1)
    if (this.#startedAt === 0) this.#startedAt = controllerNow()
    const secrets = await fetchSecrets(this.#deps, this.#step)
    if ('why' in secrets) return this.#refused(secrets.why, attempt - 1)
    const { values } = secrets
    const { invocationId } = this.#invocation
    const bootId = await platform.bootId()
    let token: string | undefined
    let starting: EntryOf<'starting'>
    try {
      token = await execution.reserve(values !== undefined)
      const plan = this.#plan(token, await this.#findDownloads())
      const problem = 'problem' in plan ? plan.problem : launchProblem(plan.process, values)
      if ('problem' in plan || problem !== undefined) {
        await execution.remove(token)
        return this.#refused(because('StepRefused', { step: name, problem: problem ?? '' }), attempt - 1)
      }
      const place = { invocationId, step, attempt, token, bootId, at: controllerNow() }
      starting = { kind: 'starting', ...place, uptimeMs: platform.uptimeMs() }
      await execution.prepare(token, plan.process, values)
      await appendRecord(this.#deps.journal, starting)
    } catch (error) {
      if (token !== undefined) await execution.remove(token)
      const storage = storageProblem(error)
      if (storage === undefined) throw error
      return this.#refused(because('AgentStorage', { problem: storage }), attempt - 1)
    }
    await failpoint('after-starting')
    await execution.start(token)
    await failpoint('after-launch')
    return this.#follow(starting, true)
  }

  /** What steps before this one have downloaded, if any of them has. */
  async #findDownloads(): Promise<string | undefined> {
    const folder = downloadsOf(this.#deps.tasks, this.#invocation.invocationId)
    return (await sizeOf(folder)) === undefined ? undefined : folder
  }

  #plan(token: string, downloads: string | undefined): ReturnType<typeof planStep> {
    const { name, inputs, env = {}, document } = this.#step
    const problem = findPoison(this.#deps.poison, this.#invocation.invocationId)
    if (problem !== undefined) return { problem }
    using _reading = this.#deps.poison.reading(this.#invocation.invocationId)
    const step = { commandId: this.#commandId, stepName: name, env, downloads, document }
    const place = {
      ...this.#deps.tasks,
      downloads: downloadsOf(this.#deps.tasks, this.#invocation.invocationId),
      depth: 0,
    }
    return planStep(this.#plugin, inputs, step, this.#deps.execution.workspace(token), place)
  }

  async #follow(starting: EntryOf<'starting'>, sameBoot: boolean): Promise<FinishedStep> {
    const { execution, platform, signal, onOutput, onAttempt, failpoint } = this.#deps
    const { token } = starting
    const elapsed = sameBoot ? platform.uptimeMs() - starting.uptimeMs : 0
    const timer = setTimeout(
      () => void execution.stop(token, 'timeout').catch(() => {}),
      Math.max(0, this.#step.timeoutSeconds * 1000 - elapsed),
    )
    const report = setTimeout(() => void this.#reportStart(starting), START_REPORT_MS)
    try {
      await onAttempt(token)
      const ended = await execution.wait(token, signal, onOutput)
      await failpoint('after-exit')
      return await this.#conclude(starting, ended)
    } finally {
      clearTimeout(timer)
      clearTimeout(report)
      await onAttempt(undefined)
    }
  }

  /** For the controller's eyes: nothing on this host depends on it. */
  async #reportStart({ invocationId, step, attempt, token, bootId, at }: EntryOf<'starting'>): Promise<void> {
    if (this.#invocation.started?.token === token) return
    try {
      await appendRecord(this.#deps.journal, { kind: 'started', invocationId, step, attempt, token, bootId, at })
      this.#deps.onReport()
      await this.#deps.failpoint('after-started')
    } catch (error) {
      // A journal that failed says so to the next entry, which somebody waits for.
      this.#deps.onTrouble?.({ invocationId, problem: 'a start could not be reported', error })
    }
  }

  async #conclude(starting: EntryOf<'starting'>, ended: Ended): Promise<FinishedStep> {
    const { name, timeoutSeconds } = this.#step
    if (ended.kind === 'never-started')
      return this.#refused(
        because('StepRefused', { step: name, problem: 'its process could not be started' }),
        starting.attempt,
      )
    if (ended.kind === 'lost' || (ended.by === 'exit' && ended.code === undefined))
      return this.#interrupted(starting, false, ended)
    if (ended.by === 'cancel')
      return this.#finish(starting, 'Cancelled', -1, ended, because('CancelledByOperator', {}), leftNote(ended))
    if (ended.by === 'timeout') {
      return this.#finish(
        starting,
        'TimedOut',
        -1,
        ended,
        because('ExecutionTimedOut', { step: name, seconds: String(timeoutSeconds) }),
        leftNote(ended),
      )
    }
    const code = ended.code ?? -1
    const outcome = this.#plugin.outcome(code)
    if (outcome.status === 'rebootThenResume') return this.#reboot(starting, ended, code)
    const end = { status: outcome.status === 'failed' ? 'Failed' : 'Success', exitCode: code, begun: true } as const
    const { status, exitCode, exits, note } = concludeStep(this.#step.inputs, end)
    // A failure that its step makes a success keeps the script's own code in the signed record.
    const isFailure = status === 'Failed' || exitCode !== code
    const why = isFailure ? this.#whyFailed(code, ended.oomKills) : undefined
    const spoken = why?.reason === 'OOMKilled' ? { ...noteOf(why), ...note } : note
    return this.#finish(starting, status, exitCode, ended, why, { ...leftNote(ended), ...spoken }, exits)
  }

  #whyFailed(code: number, oomKills: number): Reason {
    const facts = { step: this.#step.name, exitCode: String(code) }
    return oomKills > 0 ? because('OOMKilled', { ...facts, count: String(oomKills) }) : because('StepFailed', facts)
  }

  async #reboot(starting: EntryOf<'starting'>, sizes: Sizes, code: number): Promise<FinishedStep> {
    const { journal, platform, failpoint } = this.#deps
    const { invocationId, step, attempt, bootId } = starting
    // The reboot may have been, and the step entered again, in what the journal has lost.
    if (this.#invocation.damaged) return this.#unknown(starting, code, sizes)
    if (attempt > MAX_REBOOTS) {
      const why = because('RebootLimit', { step: this.#step.name, limit: String(MAX_REBOOTS) })
      return this.#finish(starting, 'Failed', code, sizes, why, noteOf(why))
    }
    const uptimeMs = platform.uptimeMs()
    await appendRecord(journal, { kind: 'reboot-requested', invocationId, step, attempt, bootId, uptimeMs })
    await failpoint('after-reboot-requested')
    return this.#afterReboot(starting, uptimeMs)
  }

  /** Sees to it that the host starts again; in its new life the same step is entered again. */
  async #afterReboot(starting: EntryOf<'starting'>, askedAtMs: number): Promise<FinishedStep> {
    const { platform, pause, signal, rebootWaitSeconds = REBOOT_WAIT_SECONDS } = this.#deps
    const hasRebooted = async () => (await platform.bootId()) !== starting.bootId
    if (!(await hasRebooted())) await platform.requestReboot().catch(() => {})
    while (!(await hasRebooted())) {
      if (platform.uptimeMs() - askedAtMs >= rebootWaitSeconds * 1000) {
        const why = because('RebootNotPerformed', { step: this.#step.name, seconds: String(rebootWaitSeconds) })
        return this.#finish(starting, 'Failed', 194, undefined, why, noteOf(why))
      }
      await pause(REBOOT_LOOK_MS, signal)
    }
    return this.#enter(starting.attempt + 1)
  }

  #interrupted(starting: EntryOf<'starting'>, rebooted: boolean, sizes?: Sizes): Promise<FinishedStep> {
    const why = because(rebooted ? 'HostRebooted' : 'StepInterrupted', { step: this.#step.name })
    return this.#finish(starting, 'Failed', -1, sizes, why, noteOf(why))
  }

  /** Nothing of the command has run, and by now nothing may. */
  #isTooLate({ step, attempt }: EntryOf<'starting'>): boolean {
    const { received, finished } = this.#invocation
    const isFirst = attempt === 1 && step === 0 && finished.length === 0
    return isFirst && received !== undefined && this.#deps.controllerNow() > received.deliverBy
  }

  #tooLate(): FinishedStep {
    const deadline = new Date(this.#invocation.received?.deliverBy ?? 0).toISOString()
    return this.#refused(because('DeadlinePassed', { deadline }), 0, 'TimedOut')
  }

  #refused(why: Reason, attempt: number, status: 'Failed' | 'TimedOut' = 'Failed'): FinishedStep {
    const facts = { attempt, startedAt: this.#startedAt, endedAt: this.#deps.controllerNow(), bootId: '' }
    // Only what the step itself is to blame for is the business of its onFailure.
    const inputs = OF_STEP.has(why.reason) ? this.#step.inputs : {}
    const concluded = concludeStep(inputs, { status, exitCode: -1, begun: true })
    const record = stepWithoutOutput(this.#step, concluded.status, facts, why)
    return {
      record: { ...record, exitCode: concluded.exitCode },
      token: undefined,
      note: { ...noteOf(why), ...concluded.note },
      exited: concluded.exits,
    }
  }

  async #finish(
    { attempt, token }: EntryOf<'starting'>,
    status: StepRecord['status'],
    exitCode: number,
    sizes: Sizes | undefined,
    why: Reason | undefined,
    note: StepNote,
    exited = false,
  ): Promise<FinishedStep> {
    const { execution, platform, controllerNow } = this.#deps
    const { stdout, stderr } = sizes ?? (await execution.sizes(token))
    const measured = async (stream: 'stdout' | 'stderr', size: SpoolSizes) => {
      const file = execution.spoolFile(token, stream)
      if (size.kept > SYNC_FROM_BYTES) await syncFile(file)
      return measureSpool(file, size)
    }
    const streams = { stdout: await measured('stdout', stdout), stderr: await measured('stderr', stderr) }
    const facts = { attempt, startedAt: this.#startedAt, endedAt: controllerNow(), bootId: await platform.bootId() }
    return { record: stepRecord(this.#step, status, exitCode, facts, streams, why), token, note, exited }
  }
}

type Sizes = { readonly stdout: SpoolSizes; readonly stderr: SpoolSizes }

function leftNote(ended: Ended): StepNote {
  const orphans = ended.kind === 'ended' ? ended.orphans : []
  return orphans.length === 0 ? {} : { stderrStart: `muster: orphan left: pid ${orphans.join(', ')}` }
}

/** Why something could not be stored, when that is what an error says. */
function storageProblem(error: unknown): string | undefined {
  if (error instanceof JournalFull) return error.message
  return error instanceof Error && 'code' in error && NO_SPACE.has(String(error.code)) ? error.message : undefined
}
