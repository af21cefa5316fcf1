import type { Command, CommandInvocation, CommandPlugin, GetCommandInvocationResult } from '@muster/protocol/api'
import {
  type CommandState,
  commandStates,
  type InvocationState,
  invocationStates,
  isReasonCode,
  refusalLine,
  type StepState,
  stepStates,
} from '@muster/protocol/delivery'
import { fromJson } from '#db/index.ts'
import type { Sealer } from '#kit/seal.ts'
import type { NodeLabel } from './deps.ts'
import type { ListedCommand, ListedInvocation, ListedStep } from './list-store.ts'
import { openOptions, toOptionMembers, toOutputMembers } from './options.ts'
import { pluginOutput } from './plugin-output.ts'
import { openParameters } from './store.ts'
import type { Upload } from './upload/store.ts'
import { urlsOf } from './upload/urls.ts'

/** Milliseconds as the API's timestamps. */
const toTimestamp = (at: number): number => at / 1000

/** A command in SSM's words. */
export function toCommand(sealer: Sealer, row: ListedCommand): Command {
  const { status, statusDetails } = commandStates[row.state as CommandState]
  return {
    CommandId: row.id,
    DocumentName: row.document_name,
    DocumentVersion: row.document_version,
    Comment: row.comment,
    ExpiresAfter: toTimestamp(row.expires_at),
    Parameters: openParameters(sealer, row.id, row.parameters_sealed),
    InstanceIds: fromJson<string[]>(row.instance_ids),
    Targets: fromJson<NonNullable<Command['Targets']>>(row.targets),
    RequestedDateTime: toTimestamp(row.requested_at),
    Status: status,
    StatusDetails: statusDetails,
    MaxConcurrency: row.max_concurrency,
    MaxErrors: row.max_errors,
    TargetCount: row.target_count,
    CompletedCount: row.completed_count,
    ErrorCount: row.error_count,
    DeliveryTimedOutCount: row.delivery_timed_out_count,
    TimeoutSeconds: row.timeout_seconds,
    ...toOptionMembers(openOptions(row.options)),
  }
}

/** What of an invocation stands in rows of its own. */
export interface InvocationParts {
  readonly steps: readonly ListedStep[]
  readonly uploads: readonly Upload[]
}

/** An invocation in SSM's words; its plugins are shown when details were asked for. */
export function toInvocation(
  row: ListedInvocation,
  label: NodeLabel | undefined,
  parts: InvocationParts,
  showPlugins: boolean,
): CommandInvocation {
  const { status, statusDetails } = invocationStates[row.state as InvocationState]
  const { serviceRole = '', notification, cloudWatch } = openOptions(row.options)
  return {
    CommandId: row.id,
    InstanceId: label?.id ?? '',
    InstanceName: label?.name ?? '',
    Comment: row.comment,
    DocumentName: row.document_name,
    DocumentVersion: row.document_version,
    RequestedDateTime: toTimestamp(row.requested_at),
    Status: status,
    StatusDetails: statusDetails,
    // As in the service: of the only step, where there is one.
    ...urlsOf(parts.uploads, parts.steps.length === 1 ? parts.steps[0]?.step : undefined),
    CommandPlugins: showPlugins ? parts.steps.map((step) => toPlugin(row, step, parts.uploads)) : [],
    ServiceRole: serviceRole,
    ...(notification && { NotificationConfig: notification }),
    ...(cloudWatch && { CloudWatchOutputConfig: cloudWatch }),
  }
}

function toPlugin(row: ListedInvocation, step: ListedStep, uploads: readonly Upload[]): CommandPlugin {
  const { status, statusDetails } = stepWords(row, step)
  return {
    Name: step.name,
    Status: status,
    StatusDetails: statusDetails,
    ResponseCode: codeOf(step),
    ...(step.started_at !== null && { ResponseStartDateTime: toTimestamp(step.started_at) }),
    ...(step.ended_at !== null && { ResponseFinishDateTime: toTimestamp(step.ended_at) }),
    Output: pluginOutput(step.stdout_head, stderrOf(row, step)),
    ...urlsOf(uploads, step.step),
    ...toOutputMembers(openOptions(row.options)),
  }
}

type PluginStatus = NonNullable<CommandPlugin['Status']>

// A step that never ran ends as its invocation does.
function stepWords(row: ListedInvocation, step: ListedStep): { status: PluginStatus; statusDetails: string } {
  const state = step.state as StepState
  if (row.terminal === 0 || (state !== 'Pending' && state !== 'InProgress')) return stepStates[state]
  const { status, statusDetails } = invocationStates[row.state as InvocationState]
  return { status: status === 'Delayed' ? 'Pending' : status === 'Cancelling' ? 'InProgress' : status, statusDetails }
}

// What SSM has no word for is said in the first line of standard error.
function stderrOf(row: ListedInvocation, step: ListedStep): string {
  const isSilent = step.step === 0 && step.stderr_head === '' && step.ended_at === null && row.state === 'Failed'
  if (!isSilent || row.reason === null || !isReasonCode(row.reason)) return step.stderr_head
  return refusalLine(row.reason, fromJson<never>(row.reason_parameters ?? '{}'))
}

/** One step of an invocation, or the whole of it when several steps were not told apart. */
export function toInvocationView(
  row: ListedInvocation,
  nodeId: string,
  { steps, uploads }: InvocationParts,
  chosen: ListedStep | undefined,
): GetCommandInvocationResult {
  const isWhole = chosen === undefined || steps.length === 1
  const words = isWhole ? invocationStates[row.state as InvocationState] : stepWords(row, chosen)
  return {
    CommandId: row.id,
    InstanceId: nodeId,
    Comment: row.comment,
    DocumentName: row.document_name,
    DocumentVersion: row.document_version,
    ...(chosen && { PluginName: chosen.name }),
    ResponseCode: chosen === undefined ? wholeCode(row, steps) : codeOf(chosen),
    ...toTimes(chosen ?? { started_at: row.started_at, ended_at: row.terminal === 0 ? null : row.ended_at }),
    Status: words.status,
    StatusDetails: words.statusDetails,
    StandardOutputContent: chosen?.stdout_head ?? '',
    StandardErrorContent: chosen === undefined ? '' : stderrOf(row, chosen),
    ...urlsOf(uploads, chosen?.step),
    CloudWatchOutputConfig: openOptions(row.options).cloudWatch ?? { CloudWatchOutputEnabled: false },
  }
}

// A skipped step is a success, so it has a success's code.
const codeOf = ({ state, code }: ListedStep): number => (state === 'Skipped' ? 0 : code)

// The code of the step that decided: the first that failed, else that of all.
const wholeCode = (row: ListedInvocation, steps: readonly ListedStep[]): number =>
  row.terminal === 0 ? -1 : (steps.map(codeOf).find((code) => code !== 0) ?? 0)

function toTimes({ started_at, ended_at }: { readonly started_at: number | null; readonly ended_at: number | null }) {
  // Nothing has run: SSM answers with empty texts.
  if (started_at === null) return { ExecutionStartDateTime: '', ExecutionElapsedTime: '', ExecutionEndDateTime: '' }
  const ExecutionStartDateTime = new Date(started_at).toISOString()
  if (ended_at === null) return { ExecutionStartDateTime, ExecutionElapsedTime: '', ExecutionEndDateTime: '' }
  return {
    ExecutionStartDateTime,
    ExecutionElapsedTime: toDuration(Math.max(0, ended_at - started_at)),
    ExecutionEndDateTime: new Date(ended_at).toISOString(),
  }
}

/** Milliseconds as an ISO 8601 duration: `PT1H2M3.4S`. */
export function toDuration(ms: number): string {
  const hours = Math.floor(ms / 3_600_000)
  const minutes = Math.floor((ms % 3_600_000) / 60_000)
  const seconds = (ms % 60_000) / 1000
  const parts = [hours > 0 ? `${hours}H` : '', minutes > 0 ? `${minutes}M` : '', seconds > 0 ? `${seconds}S` : '']
  return `PT${parts.join('') || '0S'}`
}
