import {
  ENDINGS,
  type EndReason,
  isEndReason,
  isRefusalReason,
  type NextTry,
  REFUSALS,
  type RefusalReason,
} from '@muster/protocol/link'

/** Why there is no link: something on the way, something in the agent, or a reason that the controller gave. */
export type LinkFailure =
  | 'unreachable'
  | 'proxy'
  | 'bad-answer'
  | 'lost'
  | 'renewed'
  | 'own-failure'
  | EndReason
  | RefusalReason

interface LinkErrorOptions {
  readonly cause?: unknown
  readonly retryAfterMs?: number | undefined
}

export class LinkError extends Error {
  override readonly name = 'LinkError'
  readonly failure: LinkFailure
  readonly retryAfterMs: number | undefined

  constructor(failure: LinkFailure, text: string, { cause, retryAfterMs }: LinkErrorOptions = {}) {
    super(text, { cause })
    this.failure = failure
    this.retryAfterMs = retryAfterMs
  }

  /** What to do about it; `stop` only where the controller said that this identity is of no use. */
  get next(): NextTry {
    if (isRefusalReason(this.failure)) return REFUSALS[this.failure].next
    if (isEndReason(this.failure)) return ENDINGS[this.failure].next
    return this.failure === 'renewed' ? 'soon' : 'back-off'
  }
}

/** The controller's own word for ending a link, or `lost` when it gave none. */
export const endedBy = (reason: string, retryAfterMs?: number): LinkError => {
  const failure = isEndReason(reason) ? reason : 'lost'
  return new LinkError(failure, isEndReason(reason) ? ENDINGS[reason].text : reason || 'the connection ended', {
    retryAfterMs,
  })
}

/** A login that was not accepted: the reason of the 401 or 503 body. */
export const refusedBy = (origin: string, status: number, reason: unknown, retryAfterMs?: number): LinkError => {
  const known = typeof reason === 'string' && isRefusalReason(reason) ? reason : undefined
  const text = known ? `${known}: ${REFUSALS[known].text}` : `status ${status}`
  return new LinkError(known ?? 'unreachable', `${origin} refused the login: ${text}`, { retryAfterMs })
}
