import type { IncomingHttpHeaders } from 'node:http'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import {
  CHALLENGE_HEADER,
  LINK_VERSION,
  OLDEST_LINK_VERSION,
  type RefusalReason,
  readLogin,
  tlsBinding,
  verifyLogin,
} from '@muster/protocol/link'
import type { Login } from '#hub/index.ts'
import type { Challenges } from './challenge.ts'
import type { LinkDeps } from './deps.ts'

export type LoginCheck =
  | { readonly ok: true; readonly login: Login }
  | { readonly ok: false; readonly reason: RefusalReason; readonly nodeId?: string }

/** What a login is checked against, besides its headers. */
export type Channel =
  | { readonly kind: 'tls'; readonly binding: Uint8Array }
  | { readonly kind: 'plain'; readonly mayLogIn: boolean }

/** What the socket offers to bind a login to. */
export function channelOf(socket: Socket, allowPlain: boolean): Channel {
  if (!(socket instanceof TLSSocket)) {
    return { kind: 'plain', mayLogIn: allowPlain || isLoopback(socket.remoteAddress) }
  }
  // Older versions export key material that a resumed session could share.
  if (socket.getProtocol() !== 'TLSv1.3') return { kind: 'plain', mayLogIn: false }
  return { kind: 'tls', binding: tlsBinding(socket) }
}

/** Decides on a login before anything of it is accepted: version, channel, node and signature, in this order. */
export async function checkLogin(
  headers: IncomingHttpHeaders,
  channel: Channel,
  challenges: Challenges,
  { findNode, source }: Pick<LinkDeps, 'findNode'> & { readonly source: string },
): Promise<LoginCheck> {
  const request = readLogin(headers)
  if (!request) return { ok: false, reason: 'malformed-login' }
  const { nodeId, linkVersion, generation } = request.claim
  const refuse = (reason: RefusalReason): LoginCheck => ({ ok: false, reason, nodeId })

  if (linkVersion < OLDEST_LINK_VERSION || linkVersion > LINK_VERSION) return refuse('link-version')
  if (channel.kind === 'plain' && !channel.mayLogIn) return refuse('channel-binding')
  const binding = channel.kind === 'tls' ? channel.binding : challengeOf(headers)
  if (channel.kind === 'plain' && !challenges.isFresh(binding)) return refuse('stale-challenge')

  const node = await findNode(nodeId)
  if (!node) return refuse('unknown-node')
  if (node.deregistered) return refuse('deregistered')
  const publicKey = node.publicKeys.find((key) => verifyLogin(request, binding, key))
  if (!publicKey) return refuse('bad-signature')
  if (channel.kind === 'plain' && !challenges.use(binding)) return refuse('stale-challenge')
  return { ok: true, login: { nodeKey: node.key, nodeId, generation, publicKey, source } }
}

function challengeOf(headers: IncomingHttpHeaders): Uint8Array {
  const challenge = headers[CHALLENGE_HEADER]
  return Buffer.from(typeof challenge === 'string' ? challenge : '', 'base64url')
}

const isLoopback = (address = ''): boolean =>
  address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.')
