import type { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { MAX_FRAME_BYTES, REFUSALS, type RefusalReason } from '@muster/protocol/link'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Route } from '#api/route.ts'
import type { Login } from '#hub/index.ts'
import { createAdmission } from './admission.ts'
import { type Challenges, createChallenges } from './challenge.ts'
import { channelOf, checkLogin } from './check-login.ts'
import type { LinkDeps } from './deps.ts'
import { refuseUpgrade } from './refuse.ts'
import { connectPort, createSocketTransport } from './socket-transport.ts'

export interface LinkServer extends AsyncDisposable {
  /** For the `upgrade` event of every listener. */
  readonly onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer, loggedIn?: () => void) => void
  readonly routes: readonly Route[]
  stats(): LinkStats
}

export interface LinkStats {
  readonly sockets: number
  /** Logins that wait for their turn. */
  readonly waiting: number
  readonly refused: Readonly<Partial<Record<RefusalReason, number>>>
}

const CLOSE_MS = 3_000
/** Refusals that say nothing about the node. */
const WELL: ReadonlySet<RefusalReason> = new Set(['busy', 'elsewhere'])
const STOPPING_RETRY_MS = 2_000
const ACCEPTING = {
  noServer: true,
  clientTracking: false,
  perMessageDeflate: false,
  maxPayload: MAX_FRAME_BYTES,
  autoPong: false,
} as const

/** Makes the server's end of the links: logins are checked before a WebSocket is accepted. */
export function createLink(deps: LinkDeps): LinkServer {
  const { hub, clock, log } = deps
  const challenges = createChallenges(clock, deps.ids)
  const admission = createAdmission(clock, deps.slots)
  const sockets = new Set<WebSocket>()
  const refused: Partial<Record<RefusalReason, number>> = {}
  let stopping = false
  const webSockets = new WebSocketServer(ACCEPTING)

  function refuse(socket: Socket, reason: RefusalReason, nodeId?: string, retryAfterMs?: number): void {
    refused[reason] = (refused[reason] ?? 0) + 1
    log.info({ nodeId, reason, source: socket.remoteAddress }, 'link: login refused')
    refuseUpgrade(socket, WELL.has(reason) ? 503 : 401, { reason, text: REFUSALS[reason].text, retryAfterMs })
  }

  async function upgrade(request: IncomingMessage, socket: Socket, head: Buffer, loggedIn?: () => void): Promise<void> {
    if (pathOf(request) !== '/agent') return refuseUpgrade(socket, 404, { reason: 'not-found', text: 'No such path.' })
    if (stopping) return refuse(socket, 'busy', undefined, STOPPING_RETRY_MS)
    if (deps.isServing?.() === false) return refuse(socket, 'elsewhere')
    const entry = await admission.enter()
    if (!entry.admitted) return refuse(socket, 'busy', undefined, entry.retryAfterMs)
    if (socket.destroyed) return
    const source = socket.remoteAddress ?? ''
    const channel = channelOf(socket, deps.allowPlain ?? false)
    const check = await checkLogin(request.headers, channel, challenges, { findNode: deps.findNode, source })
    if (!check.ok) return refuse(socket, check.reason, check.nodeId)
    if (stopping || socket.destroyed) return void socket.destroy()
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      loggedIn?.()
      socket.setNoDelay(true)
      sockets.add(webSocket)
      webSocket.once('close', () => sockets.delete(webSocket))
      connectPort(webSocket, hub.accept(check.login, createSocketTransport(webSocket)))
      recheck(check.login).catch((err: unknown) => log.error({ err }, 'link: a login could not be checked again'))
    })
  }

  /** A node that was deregistered between its check and its link was not there to be cut. */
  async function recheck({ nodeId, nodeKey }: Login): Promise<void> {
    const node = await deps.findNode(nodeId)
    if (!node || node.deregistered) hub.cut(nodeKey, 'deregistered')
  }

  return {
    onUpgrade(request, socket, head, loggedIn) {
      if (!(socket instanceof Socket)) return void socket.destroy()
      socket.on('error', () => socket.destroy())
      upgrade(request, socket, head, loggedIn).catch((err: unknown) => {
        log.error({ err }, 'link: a login could not be checked')
        refuse(socket, 'busy', undefined, STOPPING_RETRY_MS)
      })
    },
    routes: [challengeRoute(challenges)],
    stats: () => ({ sockets: sockets.size, waiting: admission.waiting(), refused: { ...refused } }),
    async [Symbol.asyncDispose]() {
      stopping = true
      admission[Symbol.dispose]()
      hub.closeAll('shutdown')
      await allClosed(sockets)
    },
  }
}

const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?', 1)[0] ?? ''

const challengeRoute = (challenges: Challenges): Route => ({
  method: 'GET',
  path: '/agent/challenge',
  handle: async () => ({
    status: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify({ challenge: Buffer.from(challenges.issue()).toString('base64url') }),
  }),
})

async function allClosed(sockets: ReadonlySet<WebSocket>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, CLOSE_MS)
  const look = (): void => {
    if (sockets.size === 0) resolve()
  }
  for (const socket of sockets) socket.once('close', look)
  look()
  await promise
  clearTimeout(timer)
  for (const socket of sockets) socket.terminate()
}
