import { type Clock, nextDelay, systemClock } from '@muster/protocol/kit'
import {
  decodeFrame,
  ENDINGS,
  encodeFrame,
  type Frame,
  isEndReason,
  type NextTry,
  REFUSALS,
} from '@muster/protocol/link'
import {
  type Behaviours,
  createSimulatedNode,
  type SimulatedNode,
  type SimulatedNodeOptions,
} from '@muster/protocol/link/testing'
import { WebSocket } from 'ws'
import { type Address, dial, type Identity, LoginRefused } from './dial.ts'

export interface FakeAgentOptions extends Identity, Partial<Omit<SimulatedNodeOptions, 'nodeId' | 'privateKey'>> {
  readonly controllerUrl: string
  readonly caPem?: string | undefined
  readonly behaviours?: Behaviours
  readonly clock?: Clock
}

/** A simulated node on a real WebSocket: logs in, beats, comes back when a link ends. */
export interface FakeAgent extends SimulatedNode, AsyncDisposable {
  /** Connects and stays so; resolves at the first welcome, rejects when the controller will never take this node. */
  online(): Promise<void>
  /** Breaks the link without a word, as a cut cable does, and stays away. */
  offline(): Promise<void>
  isOnline(): boolean
  /** Why links ended or logins were refused, oldest first. */
  readonly endings: readonly string[]
  /** Resolves when so many links have ended or been refused. */
  endingsReach(count: number): Promise<void>
}

const SOON_MS = 2_000
const BACKOFF = { baseMs: 1_000, capMs: 60_000 }

/** Makes one; it is offline until `online`. */
export function createFakeAgent(options: FakeAgentOptions): FakeAgent {
  const node = createSimulatedNode({ ...options, clock: options.clock ?? systemClock })
  const endings: string[] = []
  let waiters: (() => void)[] = []
  let run: { readonly stop: AbortController; readonly over: Promise<void> } | undefined
  let up = false

  function ended(reason: string): void {
    up = false
    endings.push(reason)
    for (const wake of waiters) wake()
    waiters = []
  }

  return {
    ...node,
    endings,
    online() {
      if (run) return Promise.resolve()
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const stop = new AbortController()
      const welcomed = () => {
        up = true
        resolve()
      }
      run = { stop, over: keepLink(options, node, stop.signal, { welcomed, ended }).catch(reject) }
      return promise
    },
    async offline() {
      const current = run
      run = undefined
      current?.stop.abort()
      await current?.over
    },
    isOnline: () => up,
    async endingsReach(count) {
      while (endings.length < count) await new Promise<void>((resolve) => waiters.push(resolve))
    },
    async [Symbol.asyncDispose]() {
      await this.offline()
    },
  }
}

interface LinkNews {
  welcomed(): void
  ended(reason: string): void
}

/** Dials again and again as the agent does; rejects only where the controller will never take this node. */
async function keepLink(
  options: FakeAgentOptions,
  node: SimulatedNode,
  signal: AbortSignal,
  news: LinkNews,
): Promise<void> {
  const address: Address = { url: options.controllerUrl, caPem: options.caPem }
  for (let attempt = 0; !signal.aborted; attempt++) {
    let next: NextTry = 'back-off'
    let retryAfterMs = 0
    try {
      const socket = await dial(address, options)
      const end = await runLink(socket, node, signal, () => {
        attempt = 0
        news.welcomed()
      })
      news.ended(end.reason)
      next = isEndReason(end.reason) ? ENDINGS[end.reason].next : 'back-off'
      retryAfterMs = end.retryAfterMs
    } catch (error) {
      const refused = error instanceof LoginRefused && error.reason ? error : undefined
      if (refused?.reason) next = REFUSALS[refused.reason].next
      retryAfterMs = refused?.retryAfterMs ?? 0
      news.ended(refused?.reason ?? String(error))
      if (next === 'stop') throw error
    }
    if (next === 'stop' || signal.aborted) return
    await pause(pauseMs(next, retryAfterMs, attempt), signal)
  }
}

function pauseMs(next: NextTry, retryAfterMs: number, attempt: number): number {
  if (retryAfterMs > 0) return retryAfterMs
  return next === 'soon' ? Math.random() * SOON_MS : nextDelay({ attempt, ...BACKOFF, random: Math.random })
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  signal.addEventListener('abort', () => resolve(), { once: true })
  return promise.finally(() => clearTimeout(timer))
}

interface LinkEnd {
  readonly reason: string
  readonly retryAfterMs: number
}

/** Runs the node on one socket until it closes. */
function runLink(socket: WebSocket, node: SimulatedNode, signal: AbortSignal, welcomed: () => void): Promise<LinkEnd> {
  const { promise, resolve } = Promise.withResolvers<LinkEnd>()
  let end: LinkEnd = { reason: 'gone', retryAfterMs: 0 }
  let beat: NodeJS.Timeout | undefined
  const cut = (): void => socket.terminate()
  const setBeat = (periodMs: number): void => {
    clearInterval(beat)
    beat = setInterval(() => node.heartbeat(), periodMs)
  }
  const take = (frame: Frame): void => {
    node.receive(frame)
    if (frame.kind === 'welcome') {
      setBeat(frame.welcome.heartbeatMs)
      welcomed()
    }
    if (frame.kind === 'goodbye') end = { reason: frame.goodbye.reason, retryAfterMs: frame.goodbye.retryAfterMs }
  }
  socket.on('message', (data) => {
    const decoded = decodeFrame(new Uint8Array(data as Buffer))
    if (decoded.ok) take(decoded.frame)
    else throw new Error(`controller sent no frame: ${decoded.problem}`)
  })
  socket.on('error', () => {})
  socket.once('close', () => {
    clearInterval(beat)
    signal.removeEventListener('abort', cut)
    node.down()
    resolve(end)
  })
  signal.addEventListener('abort', cut, { once: true })
  if (signal.aborted) cut()
  node.up((frame) => {
    if (socket.readyState !== WebSocket.OPEN) return false
    socket.send(encodeFrame(frame))
    return true
  })
  return promise
}
