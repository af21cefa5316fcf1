/** What the agent does after a link was refused or ended. */
export type NextTry =
  /** At once (within two seconds, at random): the other side is there and well. */
  | 'soon'
  /** With a doubling pause: trying again at once cannot help. */
  | 'back-off'
  /** Never by itself: an operator has to act. */
  | 'stop'

interface Ending {
  readonly next: NextTry
  readonly text: string
}

/** Why a login is refused: the body of the 401 (503 for `busy`) names one of these. */
export const REFUSALS = {
  'malformed-login': { next: 'back-off', text: 'The login is missing or not readable.' },
  'unknown-node': { next: 'stop', text: 'This controller has no node with this id.' },
  deregistered: { next: 'stop', text: 'The node is deregistered.' },
  'bad-signature': { next: 'back-off', text: 'The signature does not fit the node’s key and this connection.' },
  'stale-challenge': { next: 'soon', text: 'The challenge is missing, used or older than 30 seconds.' },
  'channel-binding': { next: 'back-off', text: 'The connection cannot be bound: it needs TLS 1.3, or plain loopback.' },
  'link-version': { next: 'back-off', text: 'The agent’s link version is not served here: update the older side.' },
  busy: { next: 'soon', text: 'Too many logins at once: come back after retryAfterMs.' },
  // The next try goes to the next address, as after every failure that does not say `soon`.
  elsewhere: { next: 'back-off', text: 'This controller does not serve now: go to another one.' },
} as const satisfies Record<string, Ending>

export type RefusalReason = keyof typeof REFUSALS

/** Why an open link ends: the reason of Goodbye and of the close frame. */
export const ENDINGS = {
  replaced: { next: 'back-off', text: 'The node opened a newer link.' },
  silent: { next: 'soon', text: 'Nothing was heard for too long.' },
  deregistered: { next: 'stop', text: 'The node was deregistered.' },
  shutdown: { next: 'soon', text: 'The controller stops.' },
  elsewhere: { next: 'back-off', text: 'This controller does not serve any more: go to another one.' },
  'no-hello': { next: 'back-off', text: 'No hello came in time.' },
  'bad-frame': { next: 'back-off', text: 'A frame broke the contract.' },
  'other-journal': { next: 'soon', text: 'A record is not of the journal that the hello named.' },
  'slow-reader': { next: 'back-off', text: 'The agent does not read what is sent to it.' },
  unavailable: { next: 'back-off', text: 'The controller could not store what came.' },
  quarantined: { next: 'soon', text: 'Another machine uses the identity of this node.' },
  released: { next: 'soon', text: 'An operator has decided which machine goes on with this identity.' },
  superseded: {
    next: 'stop',
    text: 'An operator has given the identity of this node to another machine: register this host again with --force.',
  },
  gone: { next: 'soon', text: 'The connection broke.' },
} as const satisfies Record<string, Ending>

export type EndReason = keyof typeof ENDINGS

export const isEndReason = (reason: string): reason is EndReason => Object.hasOwn(ENDINGS, reason)
export const isRefusalReason = (reason: string): reason is RefusalReason => Object.hasOwn(REFUSALS, reason)
