import type { ExplainDecision, ExplainResult } from '@muster/protocol/api'
import {
  type CommandState,
  commandStates,
  explain,
  type InvocationState,
  invocationStates,
  type ReasonCode,
  type RunRecord,
  reasonKind,
} from '@muster/protocol/delivery'
import { fromJson } from '#db/index.ts'
import type { CommandDecision } from './command.ts'
import type { ListedCommand, ListedInvocation } from './list-store.ts'
import { openOptions } from './options.ts'
import type { Upload } from './upload/store.ts'

type Decision = ExplainDecision
type Parameters = Readonly<Record<string, string>>

const decide = (
  Result: Decision['Result'],
  Code: ReasonCode | (string & {}),
  parameters: Parameters = {},
  at?: number | null,
): Decision => ({
  Kind: reasonKind(Code),
  Result,
  Code,
  Parameters: { ...parameters },
  ...(at != null && { At: at / 1000 }),
})

const toTime = (at: number): string => new Date(at).toISOString()

/** What was decided about a command as a whole, and the sentence that says where it stands. */
export function explainCommand(command: ListedCommand, until: number): ExplainResult {
  const stored = fromJson<CommandDecision[]>(command.decisions).map(({ code, result, parameters, at }) =>
    decide(result, code, parameters, at),
  )
  const state = command.state as CommandState
  if (state === 'NoInstancesInTag') return conclude(stored, until)
  if (command.terminal !== 0) {
    const finished = decide('Passed', 'CommandFinished', toCounts(command), command.ended_at)
    // What stopped it says more than that it is over.
    return conclude([...stored, finished], until, (decision) => decision.Result === 'Blocked')
  }
  if (command.cancel_requested_at !== null) return conclude(stored, until)
  return conclude([...stored, decide('Passed', 'CommandRunning', toCounts(command))], until)
}

const toCounts = (command: ListedCommand): Parameters => ({
  status: commandStates[command.state as CommandState].statusDetails,
  completed: String(command.completed_count),
  targets: String(command.target_count),
  errors: String(command.error_count),
  running: String(command.running_count),
  waiting: String(command.target_count - command.completed_count - command.running_count),
  concurrency: String(command.concurrency_limit),
})

/** What the rows of an invocation do not say, and the moment that is asked about. */
interface InvocationMoment {
  readonly isConnected: boolean
  /** What the node's agent says is wrong there. */
  readonly trouble: string
  /** Why the node is in quarantine. */
  readonly quarantine: string | undefined
  readonly uploads: readonly Upload[]
  /** What the node reported when the invocation was over. */
  readonly late: Pick<RunRecord, 'status' | 'endedAt'> | undefined
  readonly until: number
}

/** What was decided about one invocation, in the order of its way to the node. */
export function explainInvocation(
  command: ListedCommand,
  row: ListedInvocation,
  { isConnected, trouble, quarantine, uploads, late, until }: InvocationMoment,
): ExplainResult {
  const selector = selectorOf(command)
  const selected = decide('Passed', 'NodeSelected', { selector }, row.requested_at)
  const why = (): Parameters => fromJson<Parameters>(row.reason_parameters ?? '{}')
  if (row.terminal !== 0 && row.released_at === null) {
    const ended = decide('Blocked', row.reason ?? row.state, why(), row.ended_at)
    return conclude([selected, ended, ...notReached(['Released', 'Received', 'Started'])], until)
  }
  if (row.released_at === null) return conclude([selected, ...waiting(command, isConnected, quarantine)], until)

  const concurrency = String(command.concurrency_limit)
  const way = [
    selected,
    decide('Passed', 'Released', { concurrency }, row.released_at),
    row.received_at === null
      ? isConnected
        ? decide('Blocked', 'Delivered', {}, row.released_at)
        : absent(command, quarantine)
      : decide('Passed', 'Received', {}, row.received_at),
    ...(trouble === '' || row.terminal !== 0 || row.started_at !== null
      ? []
      : [decide('Blocked', 'NodeDegraded', { problem: trouble })]),
    ...(row.started_at === null
      ? notReached(['Started'])
      : [decide('Passed', 'Started', { step: '0', attempt: '1' }, row.started_at)]),
    ...(row.cancel_requested_at === null ? [] : [cancelDecision(command, row.cancel_requested_at)]),
  ]
  if (row.terminal === 0) return conclude(way, until)
  const status = invocationStates[row.state as InvocationState].statusDetails
  const end =
    row.reason === null
      ? decide('Passed', 'Finished', { status }, row.ended_at)
      : decide('Blocked', row.reason, why(), row.ended_at)
  // Output that is not where it should be is news only where all else went well.
  const upload = explainUploads(command, uploads)
  const isNews = row.state === 'Success' && upload?.Result === 'Blocked'
  const lateWord = lateDecision(late, row.late_at)
  const matters = (decision: Decision): boolean => decision === (isNews ? upload : (lateWord ?? end))
  return conclude([...way, end, ...(lateWord ? [lateWord] : []), ...(upload ? [upload] : [])], until, matters)
}

function explainUploads(command: ListedCommand, uploads: readonly Upload[]): Decision | undefined {
  const { bucket = '' } = openOptions(command.options).output ?? {}
  if (uploads.length === 0) return undefined
  const open = uploads.filter(({ doneAt }) => doneAt === null)
  const [failed] = open.filter(({ problem }) => problem !== null)
  if (failed !== undefined) {
    const { problem, nextAttemptAt } = failed
    const why = { bucket, problem: problem ?? '' }
    return nextAttemptAt === null
      ? decide('Blocked', 'OutputUploadGivenUp', why)
      : decide('Blocked', 'OutputUploadFailed', { ...why, next: toTime(nextAttemptAt) })
  }
  if (open.length > 0) return decide('NotReached', 'OutputUploading', { bucket, count: String(open.length) })
  const doneAt = Math.max(...uploads.map((upload) => upload.doneAt ?? 0))
  return decide('Passed', 'OutputUploaded', { bucket, count: String(uploads.length) }, doneAt)
}

const lateDecision = (late: InvocationMoment['late'], at: number | null): Decision | undefined =>
  late && decide('Passed', 'LateResult', { status: late.status, ended: toTime(late.endedAt) }, at)

const absent = (command: ListedCommand, quarantine: string | undefined): Decision =>
  quarantine === undefined
    ? decide('Blocked', 'NodeOffline', { until: toTime(command.deliver_by) })
    : decide('Blocked', 'NodeQuarantined', { cause: quarantine })

function waiting(command: ListedCommand, isConnected: boolean, quarantine: string | undefined): Decision[] {
  const now = !isConnected
    ? absent(command, quarantine)
    : decide('Blocked', 'WaitingForSlot', { concurrency: String(command.concurrency_limit) })
  return [now, ...notReached(['Released', 'Received', 'Started'])]
}

const notReached = (codes: readonly ReasonCode[]): Decision[] => codes.map((code) => decide('NotReached', code))

const cancelDecision = (command: ListedCommand, at: number): Decision => {
  const asked = fromJson<CommandDecision[]>(command.decisions).find(({ code }) => code === 'CancelRequested')
  return decide('Blocked', 'CancelRequested', asked?.parameters ?? { principal: 'An operator' }, at)
}

const selectorOf = (command: ListedCommand): string =>
  fromJson<CommandDecision[]>(command.decisions)[0]?.parameters['selector'] ?? 'InstanceIds'

/** Leaves out what was decided later, and says the last decision that was reached, or the one that matters most. */
function conclude(
  decisions: readonly Decision[],
  until: number,
  matters: (decision: Decision) => boolean = () => false,
): ExplainResult {
  const known = decisions.filter(({ At }) => At === undefined || At * 1000 <= until)
  const last = known.findLast(matters) ?? known.findLast(({ Result }) => Result !== 'NotReached') ?? known[0]
  return { Sentence: last ? explain(last.Code, last.Parameters) : '', Decisions: [...known] }
}
