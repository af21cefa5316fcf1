import {
  checkInput,
  checkOutput,
  errorBody,
  type OperationModel,
  type OperationName,
  statusOf,
} from '@muster/protocol/api'
import type { Conditions } from '@muster/protocol/iam'
import { isConflict, type Reader, type Tx } from '#db/index.ts'
import type { Caller } from '#kit/identity.ts'
import { ApiError } from './api-error.ts'
import { requestConditions, TAG_PREFIXES, withConditions, withTags } from './conditions.ts'
import { type Allowance, createDeadlines, RequestEnded } from './deadline.ts'
import type { AuditEvent, Decision, Judge, PipelineDeps } from './deps.ts'
import { createFirstAnswers } from './first-answer.ts'
import { readJson } from './json.ts'
import type { Counted } from './limits/index.ts'
import type { Operation, OperationContext } from './operation.ts'
import { parametersMac } from './parameters-mac.ts'

/** One request of a caller who is known. */
export interface Call {
  readonly caller: Caller
  /** What the request asks for; undefined when no model has it. */
  readonly model: OperationModel | undefined
  readonly body: Uint8Array
  readonly requestId: string
  /** `amz-sdk-invocation-id`: equal for all attempts of one call. */
  readonly invocationId?: string | undefined
  /** Gives the pipeline's way to end the call to whoever learns that the client went away. */
  readonly onGone?: (end: () => void) => void
}

export interface Answer {
  readonly status: number
  readonly body: string
}

export interface Pipeline {
  /** Never throws: what goes wrong is an answer. */
  run(call: Call): Promise<Answer>
  /** Ends what is under way. */
  close(): void
}

/** A call whose input has the model's shape. */
interface Checked extends Call {
  readonly model: OperationModel
  readonly operation: Operation
  readonly input: unknown
  readonly resources: readonly string[]
  readonly conditions: Conditions
  readonly judge: Judge
  readonly at: number
}

const DEADLINE_MS = 25_000
const MAX_INVOCATION_ID = 128

/** Makes the one way every request goes: find, check shape, authorise, handle in a transaction, answer. */
export function createPipeline(deps: PipelineDeps): Pipeline {
  const { db, audit, clock, sealer, log } = deps
  const operations = indexOperations(deps.operations)
  const deadlines = createDeadlines(deps.deadlineMs ?? DEADLINE_MS)
  const answers = createFirstAnswers({ db, sealer })
  const calls = deps.metrics.counter('muster_api_calls_total', 'API calls by operation and code.', [
    'operation',
    'code',
  ])
  const durations = deps.metrics.durations('muster_api_call_seconds', 'Duration of API calls.', ['operation'])

  async function perform(call: Call): Promise<string> {
    const counted = countedAs(call, call.model && operations.get(call.model.name))
    deps.limits.enter(counted)
    try {
      const checked = await check(call, operations, clock.now(), deps)
      await authorise(checked)
      return await deadlines.run(call.onGone ?? (() => {}), (allowance) =>
        checked.operation.kind === 'read' ? read(checked, allowance) : write(checked, allowance),
      )
    } finally {
      deps.limits.leave(counted)
    }
  }

  async function authorise(call: Checked): Promise<void> {
    const decided = await decideAll(call, call.operation.access.action, call.resources, db.read, deps)
    for (const { allowed, reason, why = reason } of decided.values()) {
      if (allowed) continue
      await noteDenied(call, why)
      throw new ApiError('AccessDeniedException', reason)
    }
  }

  const noteDenied = (call: Checked, why: string | undefined, action = call.operation.access.action): Promise<void> =>
    audit.note({ ...eventOf(call, 'Denied', 'AccessDeniedException'), action, ...(why === undefined ? {} : { why }) })

  /** A refusal for what was resolved takes its transaction's rows with it, so it is written down by itself. */
  async function notingDenial<T>(call: Checked, scope: () => Scope, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof ApiError && error.code === 'AccessDeniedException') {
        const { denied, deniedAction, deniedWhy, resolved } = scope()
        const resources = denied.length > 0 ? denied : onWhat(call, resolved)
        await noteDenied({ ...call, resources }, deniedWhy ?? error.message, deniedAction)
      }
      throw error
    }
  }

  async function read(call: Checked, allowance: Allowance): Promise<string> {
    const scope = createScope(call, allowance, db.read, deps)
    const output = await notingDenial(
      call,
      () => scope,
      () => call.operation.handle(db.read, call.input, scope.context),
    )
    const body = finish(call, output, scope)
    if (call.operation.secret?.(call.input, output)) {
      const mac = parametersMac(sealer, call.model, call.input)
      const resources = onWhat(call, scope.resolved)
      await audit.note({ ...eventOf({ ...call, resources }, 'Allowed', 'OK'), parametersMac: mac })
    }
    scope.publish()
    return body
  }

  async function write(call: Checked, allowance: Allowance): Promise<string> {
    const mac = parametersMac(sealer, call.model, call.input)
    const { invocationId } = call
    const key = isInvocationId(invocationId)
      ? { principalId: call.caller.id, invocationId, operation: call.operation.name, bodyMac: mac }
      : undefined
    return answers.once(key, async () => {
      let scope = createScope(call, allowance, db.read, deps)
      const handle = async (tx: Tx, gathered: unknown): Promise<string> => {
        // A transaction that runs again starts with nothing of the run before.
        scope = createScope(call, allowance, tx, deps)
        const output = await call.operation.handle(tx, call.input, scope.context, gathered)
        const text = finish(call, output, scope)
        if (allowance.ended?.why === 'deadline') throw allowance.ended
        const resources = onWhat(call, scope.resolved)
        await audit.write(tx, { ...eventOf({ ...call, resources }, 'Allowed', 'OK'), parametersMac: mac })
        if (key) await answers.keep(tx, key, text, call.at)
        return text
      }
      const body = await notingDenial(
        call,
        () => scope,
        async () => {
          const gathered = await call.operation.gather?.(db.read, call.input, scope.context)
          return db.write((tx) => handle(tx, gathered))
        },
      )
      scope.publish()
      return body
    })
  }

  function finish(call: Checked, output: unknown, scope: Scope): string {
    if (call.operation.access.resolves && !scope.authorised)
      throw new Error(`${call.operation.name} answered without authorising what it resolved`)
    if (deps.checkOutputs) {
      const checked = checkOutput(call.model, output)
      if (!checked.ok) throw new Error(`${call.operation.name} answered what its model does not allow: ${checked.text}`)
    }
    return JSON.stringify(output)
  }

  function fail(call: Call, error: unknown): Answer & { readonly code: string } {
    const known = toApiError(error, call)
    if (!(error instanceof ApiError) && !(error instanceof RequestEnded)) {
      const operation = call.model?.name
      log.error({ err: error, requestId: call.requestId, operation, principal: call.caller.arn }, 'request failed')
    }
    const body = JSON.stringify(errorBody(known.code, known.message, known.members))
    return { status: statusOf(known.code), body, code: known.code }
  }

  return {
    async run(call) {
      const started = clock.monotonic()
      let answer: Answer & { readonly code: string }
      try {
        answer = { status: 200, body: await perform(call), code: 'OK' }
      } catch (error) {
        answer = fail(call, error)
      }
      const operation = call.model?.name ?? 'unknown'
      calls({ operation, code: answer.code })
      durations({ operation }, (clock.monotonic() - started) / 1000)
      return answer
    },
    close: () => deadlines.close(),
  }
}

function indexOperations(list: readonly Operation[]): ReadonlyMap<string, Operation> {
  const operations = new Map<string, Operation>()
  for (const operation of list) {
    if (operations.has(operation.name)) throw new Error(`two slices declare the operation ${operation.name}`)
    operations.set(operation.name, operation)
  }
  return operations
}

const countedAs = ({ caller }: Call, operation: Operation | undefined): Counted => ({
  principalId: caller.id,
  class: operation?.rate ?? operation?.kind ?? 'read',
  waits: operation?.waits ?? false,
})

async function check(
  call: Call,
  operations: ReadonlyMap<string, Operation>,
  at: number,
  { access }: PipelineDeps,
): Promise<Checked> {
  const { model } = call
  if (!model) throw new ApiError('UnknownOperationException')
  const operation = operations.get(model.name)
  if (!operation) throw new ApiError('UnknownOperationException', `${model.name} is not built yet: docs/coverage.md`)
  const body = readJson(call.body)
  if (!body.ok) throw new ApiError(body.code, body.text)
  const checked = checkInput(model, body.value)
  if (!checked.ok) throw new ApiError(codeOf(operation, checked.code), checked.text)
  const input = checked.input as never
  const resources = operation.access.resources(input, call.caller)
  const conditions = requestConditions(input, operation.access.conditions?.(input))
  const judge = await access.judge(call.caller, at)
  return { ...call, model, operation, input, resources, conditions, judge, at }
}

/** Decides an action on each resource; their tags are looked up only where a policy asks for tags. */
async function decideAll(
  { judge, conditions }: Checked,
  action: string,
  resources: readonly string[],
  db: Reader,
  { tagsOf }: PipelineDeps,
): Promise<ReadonlyMap<string, Decision>> {
  const tags = TAG_PREFIXES.some((prefix) => judge.asks(prefix)) ? await tagsOf?.(db, resources) : undefined
  return new Map(
    resources.map((resource) => [resource, judge.decide(action, resource, withTags(conditions, tags?.get(resource)))]),
  )
}

const codeOf = ({ malformed }: Operation, code: string): string =>
  code === 'ValidationException' ? (malformed ?? code) : code

interface Scope {
  readonly context: OperationContext<OperationName>
  /** Whether the handler decided on what it resolved. */
  readonly authorised: boolean
  /** What it resolved. */
  readonly resolved: readonly string[]
  /** What it resolved and may not touch. */
  readonly denied: readonly string[]
  /** The action that it may not do to them, where that is not the operation's own. */
  readonly deniedAction: string | undefined
  /** Why the first of them was denied. */
  readonly deniedWhy: string | undefined
  /** Spreads what the handler wants known once its work is durable. */
  publish(): void
}

function createScope(call: Checked, allowance: Allowance, db: Reader, deps: PipelineDeps): Scope {
  const news: (() => void)[] = []
  let authorised = false
  const resolved: string[] = []
  const refused: string[] = []
  let refusedAction: string | undefined
  let refusedWhy: string | undefined
  const context: OperationContext<OperationName> = {
    caller: call.caller,
    at: call.at,
    requestId: call.requestId,
    get signal() {
      return allowance.signal
    },
    asks: (prefix) => call.judge.asks(prefix),
    tagsOf: async (arns) => (await deps.tagsOf?.(db, arns)) ?? new Map(),
    async authorise(resources, action = call.operation.access.action, given = {}) {
      authorised = true
      const allowed = new Set<string>()
      const denied = new Map<string, string>()
      const explicit = new Set<string>()
      const asked = { ...call, conditions: withConditions(call.conditions, given) }
      for (const [resource, decision] of await decideAll(asked, action, resources, db, deps)) {
        if (decision.allowed) allowed.add(resource)
        else {
          denied.set(resource, decision.reason)
          if (decision.explicit) explicit.add(resource)
          refusedWhy ??= decision.why ?? decision.reason
        }
      }
      resolved.push(...resources)
      refused.push(...denied.keys())
      if (denied.size > 0) refusedAction = action
      return { allowed, denied, explicit }
    },
    refuse: (code, text, members) => new ApiError(code, text, members),
    afterCommit: (publish) => void news.push(publish),
  }
  return {
    context,
    get authorised() {
      return authorised
    },
    resolved,
    denied: refused,
    get deniedAction() {
      return refusedAction
    },
    get deniedWhy() {
      return refusedWhy
    },
    publish() {
      for (const publish of news) {
        try {
          publish()
        } catch (err) {
          // The change is durable, so its caller gets its answer; a sweep finds what this hint would have started.
          deps.log.error({ err, requestId: call.requestId, operation: call.operation.name }, 'news after commit failed')
        }
      }
    },
  }
}

/** What a request names, or what its handler found where it names nothing. */
const onWhat = ({ resources }: Checked, resolved: readonly string[]): readonly string[] =>
  resources.length > 0 ? resources : [...new Set(resolved)]

const eventOf = (call: Checked, decision: AuditEvent['decision'], result: string): AuditEvent => ({
  at: call.at,
  requestId: call.requestId,
  caller: call.caller,
  operation: call.operation.name,
  action: call.operation.access.action,
  resources: call.resources,
  decision,
  result,
})

function toApiError(error: unknown, { requestId, model }: Call): ApiError {
  if (error instanceof ApiError) return error
  if (error instanceof RequestEnded)
    return new ApiError('ServiceUnavailable', 'The request did not end in the time that it has. Send it again.')
  // Other writers were faster at each try; both codes are ones that stock clients take up again by themselves or know.
  if (isConflict(error))
    return model?.errors.includes('TooManyUpdates')
      ? new ApiError('TooManyUpdates', 'There are concurrent updates of a resource that supports one update at a time.')
      : new ApiError('ThrottlingException', 'Rate exceeded')
  return new ApiError(
    'InternalServerError',
    `The request could not be completed. The log has the reason under ${requestId}.`,
  )
}

const isInvocationId = (value: string | undefined): value is string =>
  value !== undefined && value.length <= MAX_INVOCATION_ID && /^[\x21-\x7e]+$/.test(value)
