import {
  type CommandState,
  commandCounters,
  commandOutcome,
  type Envelope,
  encodeEnvelope,
  envelopeExpiresAt,
  type InvocationCounts,
  type InvocationState,
  invocationStates,
  parametersHash,
  parseRate,
} from '@muster/protocol/delivery'
import { MAX_FRAME_BYTES } from '@muster/protocol/link'
import { planRelease } from '#rollout/index.ts'
import type { CommandDocument, TargetNode } from './deps.ts'
import type { CommandOptions } from './options.ts'

/** How long after its first hand-over work is sent again while no receipt has come. */
export const FIRST_REPEAT_MS = 5_000
const LAST_REPEAT_MS = 300_000

// Work travels in one frame; the rest of it is ids and times.
const MAX_ENVELOPE_BYTES = MAX_FRAME_BYTES - 1024

/** When to send again after this many attempts: 5 s, growing to 5 minutes. */
export const repeatDelayMs = (attempts: number): number =>
  Math.min(LAST_REPEAT_MS, FIRST_REPEAT_MS * 2 ** Math.min(16, Math.max(0, attempts - 1)))

/** What is asked, with everything resolved that can be. */
export interface CommandRequest {
  readonly id: string
  readonly at: number
  readonly principal: { readonly id: string; readonly arn: string }
  readonly document: CommandDocument
  readonly given: Readonly<Record<string, readonly string[]>>
  /** Frozen, with the documents that they name. */
  readonly steps: Envelope['steps']
  readonly nodes: readonly TargetNode[]
  /** Nodes that the caller may not command: reason texts by node id. */
  readonly denied: ReadonlyMap<string, string>
  readonly isConnected: (nodeKey: number) => boolean
  /** Nodes whose link another controller holds: that one hands the command to them. */
  readonly elsewhere: ReadonlySet<number>
  /** Nodes that wait for an operator, not for their link. */
  readonly quarantined: ReadonlySet<number>
  /** After `isConnected` was asked: a link that is older than the release got the work itself. */
  readonly now: () => number
  readonly selector: string
  readonly comment: string
  readonly instanceIds: readonly string[]
  readonly targets: readonly { readonly Key?: string | undefined; readonly Values?: readonly string[] | undefined }[]
  readonly maxConcurrency: string
  readonly maxErrors: string
  readonly timeoutSeconds: number
  readonly options: CommandOptions
}

/** A reason that holds for the whole command. */
export interface CommandDecision {
  readonly code: string
  readonly result: 'Passed' | 'Blocked'
  readonly parameters: Readonly<Record<string, string>>
  readonly at: number
}

export interface PlannedInvocation {
  readonly nodeKey: number
  readonly state: InvocationState
  readonly reason?: string
  readonly reasonParameters?: Readonly<Record<string, string>>
  readonly released: boolean
}

/** A command as it is written: frozen, with its first release decided. */
export interface PlannedCommand {
  readonly request: CommandRequest
  readonly envelope: Uint8Array
  readonly steps: Envelope['steps']
  readonly deliverBy: number
  readonly expiresAt: number
  readonly concurrencyLimit: number
  readonly errorLimit: number
  readonly state: CommandState
  readonly counters: { readonly completed: number; readonly running: number }
  /** Sorted by node. */
  readonly invocations: readonly PlannedInvocation[]
  readonly released: readonly number[]
  readonly releasedAt: number
  readonly decisions: readonly CommandDecision[]
}

export type CommandPlan =
  | { readonly ok: true; readonly command: PlannedCommand }
  | {
      readonly ok: false
      readonly code: 'MaxDocumentSizeExceeded'
      readonly problem: string
    }

/** Freezes a request: the bytes that nodes get, the state of every target, and who gets them at once. */
export function planCommand(request: CommandRequest): CommandPlan {
  const command = plan(request, toEnvelope(request))
  const bytes = command.envelope.length
  if (bytes <= MAX_ENVELOPE_BYTES) return { ok: true, command }
  const problem = `With its parameters the document has ${bytes} bytes; at most ${MAX_ENVELOPE_BYTES} can be sent.`
  return { ok: false, code: 'MaxDocumentSizeExceeded', problem }
}

function plan(request: CommandRequest, envelope: Envelope): PlannedCommand {
  const nodes = [...request.nodes].sort((a, b) => a.key - b.key)
  const concurrencyLimit = parseRate(request.maxConcurrency, nodes.length, 'concurrency')
  const errorLimit = parseRate(request.maxErrors, nodes.length, 'errors')
  const refusals = new Map(nodes.flatMap((node) => refusalOf(request, node)))
  const ready = nodes.map(({ key }) => key).filter((key) => !refusals.has(key) && request.isConnected(key))
  const release = planRelease({
    ...{ workKey: 0, concurrencyLimit, errorLimit, errors: 0, running: 0, cancelled: false, offline: true },
    ready,
  })
  const released = release.kind === 'release' ? release.targets : []
  const releasedNow = new Set(released)
  const isReady = new Set(ready)
  const waitsForLink = (key: number): boolean =>
    !isReady.has(key) && !request.elsewhere.has(key) && !request.quarantined.has(key)
  const invocations = nodes.map(
    ({ key }): PlannedInvocation =>
      refusals.get(key) ?? {
        nodeKey: key,
        state: waitsForLink(key) ? 'Delayed' : 'Pending',
        released: releasedNow.has(key),
      },
  )
  const counts = countStates(invocations)
  const outcome = commandOutcome({ counts, maxErrors: errorLimit, cancelRequested: false })
  return {
    request,
    envelope: encodeEnvelope(envelope),
    steps: envelope.steps,
    deliverBy: envelope.deliverBy,
    expiresAt: envelopeExpiresAt(envelope),
    concurrencyLimit,
    errorLimit,
    state: released.length > 0 ? 'InProgress' : outcome,
    counters: { completed: commandCounters(counts).completed, running: released.length },
    invocations,
    released,
    releasedAt: Math.max(request.at, request.now()),
    decisions: [targetDecision(request)],
  }
}

function toEnvelope({ id, at, document, principal, given, steps, timeoutSeconds }: CommandRequest): Envelope {
  return {
    format: 1,
    commandId: id,
    documentName: document.name,
    documentVersion: document.version,
    documentHash: document.hash,
    schemaVersion: document.document.schemaVersion,
    parametersHash: parametersHash(given),
    principal: principal.arn,
    requestedAt: at,
    deliverBy: at + timeoutSeconds * 1000,
    steps,
  }
}

function refusalOf({ denied, document, principal }: CommandRequest, node: TargetNode): [number, PlannedInvocation][] {
  const refuse = (state: InvocationState, reasonParameters: Record<string, string>): [number, PlannedInvocation][] => [
    [node.key, { nodeKey: node.key, state, reason: state, reasonParameters, released: false }],
  ]
  if (denied.has(node.id)) {
    return refuse('AccessDenied', { principal: principal.arn, action: 'ssm:SendCommand', resource: node.id })
  }
  if (!document.platformTypes.includes(node.host.platformType)) {
    return refuse('InvalidPlatform', { documentName: document.name, platform: node.host.platformType })
  }
  return []
}

function targetDecision({ nodes, selector, at }: CommandRequest): CommandDecision {
  return nodes.length === 0
    ? { code: 'NoInstancesInTag', result: 'Blocked', parameters: { selector }, at }
    : { code: 'TargetMatched', result: 'Passed', parameters: { selector, count: String(nodes.length) }, at }
}

function countStates(invocations: readonly PlannedInvocation[]): InvocationCounts {
  const counts: Partial<Record<InvocationState, number>> = {}
  for (const { state } of invocations) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

export const isTerminal = (state: InvocationState): boolean => invocationStates[state].terminal

const INVOCATION_ID = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})-(m?i-[0-9a-z]{8,17})$/

/** Names one command on one node on the link; safe as a file name. */
export const invocationIdOf = (commandId: string, nodeId: string): string => `${commandId}-${nodeId}`

/** Reads an invocation id; whether the sender is that node is for the caller to check. */
export function parseInvocationId(id: string): { readonly commandId: string; readonly nodeId: string } | undefined {
  const [, commandId, nodeId] = INVOCATION_ID.exec(id) ?? []
  return commandId !== undefined && nodeId !== undefined ? { commandId, nodeId } : undefined
}
