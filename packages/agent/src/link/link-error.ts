/** Why a link could not be made or was lost; `retry` says whether trying again can help. */
export type LinkFailure =
  | 'unreachable'
  | 'bad-answer'
  | 'refused'
  | 'closed'
  | 'lost'
  | 'unknown-node'
  | 'deregistered'
  | 'link-version'

const FINAL: ReadonlySet<LinkFailure> = new Set(['deregistered'])

export class LinkError extends Error {
  override readonly name = 'LinkError'
  readonly failure: LinkFailure
  readonly retryAfterMs: number | undefined

  constructor(
    failure: LinkFailure,
    text: string,
    options: { cause?: unknown; retryAfterMs?: number | undefined } = {},
  ) {
    super(text, { cause: options.cause })
    this.failure = failure
    this.retryAfterMs = options.retryAfterMs
  }

  /** False only where the controller said that this identity is gone for good. */
  get retry(): boolean {
    return !FINAL.has(this.failure)
  }
}
