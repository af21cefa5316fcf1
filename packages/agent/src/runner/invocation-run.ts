import {
  decodeEnvelope,
  type Envelope,
  type EnvelopeStep,
  envelopeHash,
  type RunRecord,
  type StepRecord,
} from '@muster/protocol/delivery'
import { actionPlatforms, concludeStep, decideStep, knownActions } from '@muster/protocol/documents'
import { appendRecord, type EntryOf, type LiveInvocation, type SpoolPlace } from '#journal/index.ts'
import { clearAway, tokensOf } from './left-behind.ts'
import { removeDownloads } from './plugin/downloads.ts'
import { findPoison } from './poison.ts'
import { findForbiddingRule, type Policy } from './policy.ts'
import { encodeResult, readHeads, runStatus, type StepHead, signRecord } from './result.ts'
import { because, noteOf, type Reason, stepWithoutOutput } from './step-result.ts'
import { type FinishedStep, StepRun, type StepRunDeps } from './step-run.ts'

/** After these the rest of the document is not run: what the step left behind is not known. */
const HALTING: ReadonlySet<string> = new Set([
  'StepInterrupted',
  'HostRebooted',
  'JournalDamaged',
  'AgentStorage',
  'RebootLimit',
  'RebootNotPerformed',
  'DeadlinePassed',
  'QuarantineDropped',
])
const REMEMBER_MS = 7 * 24 * 3_600_000

/** Takes one invocation from what the journal knows of it to its result, which is in the journal when this resolves. */
export async function runInvocation(
  deps: StepRunDeps,
  invocation: LiveInvocation,
  isCancelled: () => boolean,
): Promise<void> {
  const { received } = invocation
  if (received === undefined) return forget(deps, invocation)
  const run = new InvocationRun(deps, invocation, received, isCancelled)
  await run.run()
}

/** Its RECEIVED entry is lost, so there is nothing to run and nothing to sign; its id stays known. */
async function forget(
  { journal, execution, signal, controllerNow, onTrouble }: StepRunDeps,
  { invocationId, log }: LiveInvocation,
): Promise<void> {
  onTrouble?.({ invocationId, problem: 'the journal has lost what this invocation was' })
  await appendRecord(journal, { kind: 'known', invocationId, forgetAt: controllerNow() + REMEMBER_MS })
  for (const token of tokensOf({ log })) await clearAway(execution, token, signal)
}

/** Nothing of it is run. */
interface Refusal {
  readonly steps: readonly EnvelopeStep[]
  readonly status: RunRecord['status']
  readonly why: Reason
}

class InvocationRun {
  readonly #deps: StepRunDeps
  readonly #invocation: LiveInvocation
  readonly #received: EntryOf<'received'>
  readonly #isCancelled: () => boolean
  readonly #finished: FinishedStep[] = []
  #startedAt: number

  constructor(
    deps: StepRunDeps,
    invocation: LiveInvocation,
    received: EntryOf<'received'>,
    isCancelled: () => boolean,
  ) {
    this.#deps = deps
    this.#invocation = invocation
    this.#received = received
    this.#isCancelled = isCancelled
    this.#startedAt = invocation.finished[0]?.record.startedAt ?? invocation.starting?.at ?? deps.controllerNow()
  }

  async run(): Promise<void> {
    const isNew = this.#invocation.starting === undefined && this.#invocation.finished.length === 0
    if (isNew) await this.#deps.starts?.wait(this.#deps.signal)
    const read = await this.#read(isNew)
    if ('why' in read) return this.#refuse(read.steps, read.status, read.why)
    await this.#runSteps(read.envelope)
    await this.#conclude('Failed', undefined)
  }

  async #read(isNew: boolean): Promise<Refusal | { readonly envelope: Envelope }> {
    const { poison, failpoint } = this.#deps
    const { invocationId } = this.#invocation
    const policy = await this.#deps.policy()
    const refuse = (why: Reason): Refusal => ({ steps: [], status: 'Failed', why })
    const problem = isNew ? findPoison(poison, invocationId) : undefined
    if (problem !== undefined) return refuse(because('EnvelopeRefused', { problem }))
    using _reading = poison.reading(invocationId)
    // Only a test waits here.
    const stopped = failpoint('while-reading')
    if (stopped) await stopped
    const decoded = decodeEnvelope(this.#received.bytes)
    if (!decoded.ok) return refuse(because('EnvelopeRefused', { problem: decoded.reason }))
    const { value: envelope } = decoded
    return (isNew && this.#refusal(envelope, policy)) || { envelope }
  }

  /** Why this work must not start, or undefined. */
  #refusal(envelope: Envelope, policy: Policy): Refusal | undefined {
    const { commandId, deliverBy } = this.#received
    const { steps } = envelope
    const failed = (why: Reason): Refusal => ({ steps, status: 'Failed', why })
    if (envelope.commandId !== commandId)
      return failed(because('EnvelopeRefused', { problem: `it is of the command ${envelope.commandId}` }))
    if (this.#isCancelled()) return { steps, status: 'Cancelled', why: because('CancelledByOperator', {}) }
    if (this.#isRefused()) return failed(because('QuarantineDropped', {}))
    const rule = findForbiddingRule(policy, envelope)
    if (rule !== undefined) return failed(because('PolicyRefused', { rule }))
    const deadline = Math.min(deliverBy, envelope.deliverBy)
    if (this.#deps.controllerNow() <= deadline) return undefined
    return { steps, status: 'TimedOut', why: because('DeadlinePassed', { deadline: new Date(deadline).toISOString() }) }
  }

  async #runSteps(envelope: Envelope): Promise<void> {
    const done = new Map(this.#invocation.finished.map((entry) => [entry.record.index, entry]))
    for (const step of envelope.steps) {
      const before = done.get(step.index)
      this.#finished.push(before ?? (await this.#runStep(envelope, step)))
    }
  }

  async #runStep(envelope: Envelope, step: EnvelopeStep): Promise<FinishedStep> {
    const underWay = this.#invocation.starting?.step === step.index
    if (!underWay) {
      await this.#deps.starts?.wait(this.#deps.signal)
      const decided = this.#withoutRunning(envelope, step)
      if (decided) return decided
      // Its start may be among what is lost.
      if (this.#invocation.damaged) return this.#unrun(step, 'Failed', because('JournalDamaged', {}))
    }
    const plugin = this.#deps.plugins.find(({ action }) => action === step.action)
    // decideStep lets only supported actions through; a step under way may be of an agent that had more of them.
    if (plugin === undefined) return this.#unrun(step, 'Failed', because('StepInterrupted', { step: step.name }))
    const finished = await new StepRun(this.#deps, this.#invocation, envelope.commandId, step, plugin).run()
    // The last step's end is in the result, which follows at once.
    if (step.index === envelope.steps.length - 1) return finished
    const { invocationId } = this.#invocation
    await appendRecord(this.#deps.journal, { kind: 'finished', invocationId, ...finished })
    await this.#deps.failpoint('after-finished')
    return finished
  }

  /** The end of a step that is not going to be started, if that is so. */
  #withoutRunning(envelope: Envelope, step: EnvelopeStep): FinishedStep | undefined {
    const { plugins, tasks } = this.#deps
    const { platformType } = tasks
    if (this.#isCancelled()) return this.#unrun(step, 'Cancelled', because('CancelledByOperator', {}))
    const halting = this.#finished.find(({ record }) => record.reason !== undefined && HALTING.has(record.reason))
    if (!halting && this.#isRefused()) return this.#unrun(step, 'Failed', because('QuarantineDropped', {}))
    if (halting)
      return this.#unrun(
        step,
        'Skipped',
        because('StepSkipped', { step: step.name, cause: `step ${halting.record.name} did not end as it should` }),
      )
    const decision = decideStep({
      step,
      schemaVersion: envelope.schemaVersion,
      platform: platformType,
      knownActions,
      supportedActions: new Set(plugins.map(({ action }) => action)),
      // What one plugin of schema 1.2 is asked to do is done to its end.
      exited: this.#finished.some(({ exited, record }) => exited && record.name !== step.name),
      isLast: envelope.steps.at(-1)?.name === step.name,
    })
    if ('run' in decision) return undefined
    if ('skip' in decision) {
      const why = because('StepSkipped', { step: step.name, cause: decision.skip })
      return { ...this.#unrun(step, 'Skipped', why), note: { stdoutEnd: decision.skip } }
    }
    const isElsewhere = knownActions.has(step.action) && !actionPlatforms(step.action).includes(platformType)
    const why =
      isElsewhere || plugins.some(({ action }) => action === step.action)
        ? because('StepRefused', { step: step.name, problem: decision.fail })
        : because('ActionUnknown', { action: step.action, step: step.name })
    const { exits } = concludeStep(step.inputs, { status: 'Failed', exitCode: -1, begun: false })
    return { ...this.#unrun(step, 'Failed', why), note: { stderrStart: decision.fail }, exited: exits }
  }

  #isRefused(): boolean {
    return this.#deps.journal.runner.find(this.#invocation.invocationId)?.startRefused === true
  }

  #unrun(step: EnvelopeStep, status: StepRecord['status'], why: Reason): FinishedStep {
    const now = this.#deps.controllerNow()
    const record = stepWithoutOutput(step, status, { attempt: 0, startedAt: now, endedAt: now, bootId: '' }, why)
    return {
      record,
      token: undefined,
      note: status === 'Failed' || status === 'TimedOut' ? noteOf(why) : {},
      exited: false,
    }
  }

  async #refuse(steps: readonly EnvelopeStep[], status: RunRecord['status'], why: Reason): Promise<void> {
    for (const step of steps) this.#finished.push(this.#unrun(step, status, why))
    await this.#conclude(status, why)
  }

  async #conclude(refused: RunRecord['status'], why: Reason | undefined): Promise<void> {
    const { journal, execution, platform, nodeId, signingKey, controllerNow, failpoint } = this.#deps
    const { invocationId } = this.#invocation
    const { commandId, bytes, expiresAt } = this.#received
    const bootId = await platform.bootId()
    const steps = this.#finished.map(({ record }) => (record.bootId === '' ? { ...record, bootId } : record))
    const named = why ?? firstReason(steps)
    const startedAt = Math.max(0, Math.round(this.#startedAt))
    const record: RunRecord = {
      format: 1,
      nodeId,
      commandId,
      envelopeHash: envelopeHash(bytes),
      attempt: steps.reduce((most, { attempt }) => Math.max(most, attempt), 0),
      bootId,
      status: runStatus(steps, refused),
      ...(named && { reason: named.reason, reasonParameters: named.reasonParameters }),
      startedAt,
      endedAt: Math.max(startedAt, Math.round(controllerNow())),
      steps,
    }
    const finished = this.#finished.map((entry) => ({ ...entry, kind: 'finished' as const, invocationId }))
    const heads = await readHeads(finished, execution.spoolFile, journal.low)
    const spools = finished.flatMap((entry) =>
      spoolPlace(
        entry,
        heads.find(({ step }) => step === entry.record.index),
      ),
    )
    const body = encodeResult({ ...signRecord(record, signingKey()), heads })
    const log = journal.runner.find(invocationId)?.log ?? []
    const forgetAt = Math.max(expiresAt, controllerNow()) + REMEMBER_MS
    await appendRecord(journal, { kind: 'result', invocationId, forgetAt, spools, bytes: body })
    await failpoint('after-result')
    await this.#removeAttempts(log, spools)
  }

  /** What no one will ask for any more goes at once. */
  async #removeAttempts(log: LiveInvocation['log'], spools: readonly SpoolPlace[]): Promise<void> {
    const kept = new Set(spools.map(({ token }) => token))
    const before = log.flatMap(({ entry }) => (entry.kind === 'starting' ? [entry.token] : []))
    const now = this.#finished.flatMap(({ token }) => token ?? [])
    for (const token of new Set([...before, ...now])) if (!kept.has(token)) await this.#deps.execution.remove(token)
    await removeDownloads(this.#deps.tasks, this.#invocation.invocationId)
  }
}

function firstReason(steps: readonly StepRecord[]): Pick<Reason, 'reason' | 'reasonParameters'> | undefined {
  const { reason, reasonParameters = {} } =
    steps.find(({ reason, status }) => reason !== undefined && status !== 'Skipped' && status !== 'Success') ?? {}
  return reason === undefined ? undefined : { reason, reasonParameters }
}

function spoolPlace({ record, token }: EntryOf<'finished'>, head: StepHead | undefined): SpoolPlace[] {
  if (token === undefined) return []
  const stream = (name: 'stdout' | 'stderr') => {
    const { kept, dropped } = record[name]
    return { kept, dropped, whole: kept === 0 || head?.[name].whole !== undefined }
  }
  const [stdout, stderr] = [stream('stdout'), stream('stderr')]
  return stdout.whole && stderr.whole ? [] : [{ step: record.index, attempt: record.attempt, token, stdout, stderr }]
}
