import type { OperationName, Operations } from '@muster/protocol/api'
import type { Reader, Tx } from '#db/index.ts'
import type { Caller } from '#kit/identity.ts'
import type { ApiError, GenericCode } from './api-error.ts'
import type { GivenConditions, ResourceTags } from './conditions.ts'

/** What `authorise` found for resources that an operation resolved. */
export interface Authorised {
  readonly allowed: ReadonlySet<string>
  readonly denied: ReadonlyMap<string, string>
  /** Those of the denied that a statement denies: nothing else can allow them. */
  readonly explicit: ReadonlySet<string>
}

export type ErrorCode<O extends OperationName> = Operations[O]['error'] | GenericCode

/** What a handler knows besides its input. */
export interface OperationContext<O extends OperationName> {
  readonly caller: Caller
  /** Milliseconds since the epoch: one reading of the clock a request. */
  readonly at: number
  readonly requestId: string
  /** Fires at the handler's deadline (25 s) and when the client goes away. */
  readonly signal: AbortSignal
  /**
   * Decides the operation's action, or another one, on resources (ARNs) that were resolved just now. Their tags are those
   * that this handler's transaction sees; `conditions` adds what the handler found out, to the operation's own.
   */
  authorise(resources: readonly string[], action?: string, conditions?: GivenConditions): Promise<Authorised>
  /** Tags of resources by ARN, as this handler's transaction sees them; what carries none has no entry. */
  tagsOf(arns: readonly string[]): ReturnType<ResourceTags>
  /** Whether any policy of the caller names a condition key that begins so (in lower case). */
  asks(prefix: string): boolean
  /** Makes the error to throw; only codes that the model lists for this operation compile. */
  refuse(code: ErrorCode<O>, text?: string, members?: Record<string, unknown>): ApiError
  /** Runs once the transaction is durable; never for a transaction that was rolled back. */
  afterCommit(news: () => void): void
}

export interface Access<O extends OperationName> {
  /** IAM action, for instance `ssm:SendCommand`. */
  readonly action: string
  /** ARNs that the request itself names; `*` where there is none, no ARN where `resolves` finds them all. */
  readonly resources: (input: Operations[O]['input'], caller: Caller) => readonly string[]
  /** Condition keys beside `aws:RequestTag/…` and `aws:TagKeys`, which follow from members Tags and TagKeys. */
  readonly conditions?: (input: Operations[O]['input']) => GivenConditions
  /** The handler must call `authorise()` on what it resolved, or the request fails. */
  readonly resolves?: 'nodes' | 'principals'
}

interface Described<O extends OperationName> {
  readonly access: Access<O>
  /** `send` where a call starts work on nodes: such calls have a rate of their own. */
  readonly rate?: 'send'
  /** Whoever calls it over `POST /api/NAME` need not be known: it is how one becomes known. */
  readonly open?: true
  /** Code for a value that breaks the model's limits, where the service has one of its own; ValidationException when absent. */
  readonly malformed?: ErrorCode<O>
}

export interface ReadSpec<O extends OperationName> extends Described<O> {
  /** No transaction is held: the handler may wait (20 s at most). */
  readonly kind: 'read'
  /** Whether this answer holds a secret: who reads it is written down before it leaves. */
  readonly secret?: (input: Operations[O]['input'], output: Operations[O]['output']) => boolean
  /** It waits for news where a request asks for it; such calls are counted apart from those that work. */
  readonly waits?: true
  handle(db: Reader, input: Operations[O]['input'], context: OperationContext<O>): Promise<Operations[O]['output']>
}

export interface WriteSpec<O extends OperationName, G = undefined> extends Described<O> {
  /** One write transaction: audit row and first answer are written in it. May run again after a serialisation failure. */
  readonly kind: 'write'
  /** Fetches from elsewhere what the handler needs, once and before its transaction: a transaction waits for nobody. */
  gather?(db: Reader, input: Operations[O]['input'], context: OperationContext<O>): Promise<G>
  handle(
    tx: Tx,
    input: Operations[O]['input'],
    context: OperationContext<O>,
    gathered: G,
  ): Promise<Operations[O]['output']>
}

export type OperationSpec<O extends OperationName, G = undefined> = ReadSpec<O> | WriteSpec<O, G>

/** An operation with its types forgotten: what the pipeline's table holds. */
export interface Operation {
  readonly name: OperationName
  readonly kind: 'read' | 'write'
  readonly access: Access<OperationName>
  readonly rate?: 'send'
  readonly waits?: true
  readonly open?: true
  readonly secret?: (input: unknown, output: unknown) => boolean
  readonly malformed?: string
  gather?(db: Reader, input: unknown, context: OperationContext<OperationName>): Promise<unknown>
  handle(
    db: Reader | Tx,
    input: unknown,
    context: OperationContext<OperationName>,
    gathered?: unknown,
  ): Promise<unknown>
}

/** Declares one API operation: who may call it, on what, and what it does. */
export function operation<O extends OperationName, G = undefined>(name: O, spec: OperationSpec<O, G>): Operation {
  return { name, ...spec } as unknown as Operation
}
