import type { OperationName, Operations } from '@muster/protocol/api'

/** An input as data: many of them break the model on purpose. */
export type Input = Readonly<Record<string, unknown>>

export interface Failure {
  readonly ok: false
  /** boto3's `Error.Code`, the SDK error's `name`, the code in the text of the aws CLI. */
  readonly code: string
  /** Name of the class that was raised; the aws CLI has none. */
  readonly kind: string
  /** What the client's user sees: the error's message; all of standard error for the aws CLI. */
  readonly text: string
}

export type Outcome<T> = { readonly ok: true; readonly output: T } | Failure

/** Whom a client speaks to and how; what is absent is as the client's user has it by default. */
export interface Settings {
  readonly url?: string
  readonly region?: string
  readonly accessKeyId?: string
  readonly secretAccessKey?: string
  readonly sessionToken?: string
  /** How often the client sends a request before it gives up. */
  readonly attempts?: number
  /** Switches the client's own check of inputs off, so that bad ones reach the controller. */
  readonly unchecked?: boolean
}

/** One of the clients that operators have already, unchanged. */
export interface StockClient extends AsyncDisposable {
  readonly name: 'boto3' | 'aws-sdk' | 'aws'
  call<O extends OperationName>(
    operation: O,
    input: Input,
    settings?: Settings,
  ): Promise<Outcome<Operations[O]['output']>>
}

/** The output of a call that must succeed. */
export function outputOf<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.output
  throw new Error(`${outcome.kind} ${outcome.code}: ${outcome.text}`)
}
