import { setTimeout as delay } from 'node:timers/promises'
import { type Clock, nextDelay } from '@muster/protocol/kit'
import type { Welcome } from '@muster/protocol/link'
import type { Log } from '#kit/log.ts'
import type { ControllerTime } from './controller-time.ts'
import { type DialRequest, dial } from './dial.ts'
import type { ControllerAddress } from './https.ts'
import { LinkError } from './link-error.ts'
import type { LinkPorts } from './ports.ts'
import { proxyFor } from './proxy.ts'
import { runSession } from './session.ts'

export interface LinkState {
  readonly state: 'connecting' | 'online' | 'quarantined' | 'waiting' | 'refused'
  readonly controller?: string
  /** Why the last try failed or the last link ended. */
  readonly problem?: string
}

export interface LinkDeps {
  readonly addresses: readonly ControllerAddress[]
  /** What the next login says. */
  readonly login: () => Promise<Pick<DialRequest, 'nodeId' | 'privateKey' | 'generation'>>
  readonly ports: LinkPorts
  readonly time: ControllerTime
  readonly log: Log
  readonly random: () => number
  readonly clock: Clock
  readonly onState: (state: LinkState) => void
  /** Waits between two tries; resolves early when the signal aborts. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>
}

const FIRST_TRY_MS = 2000
const BACKOFF = { baseMs: 1000, capMs: 60_000 }
// A link that held so long was no failed try, however it ended.
const STEADY_MS = 60_000
const QUARANTINED =
  'another machine uses the identity of this host; nothing is started here until an operator has decided which one goes on'
// Many proxies cut what is idle for a minute.
const PROXIED_BEAT_MS = 25_000
const LONGEST_WAIT_MS = 10 * 60_000

/** Keeps one link to one of the controllers until the signal aborts; rejects only where trying again cannot help. */
export async function keepLink(deps: LinkDeps, signal: AbortSignal): Promise<void> {
  const { addresses, log, random, onState, pause = pauseFor } = deps
  let attempt = 0
  // Hosts that know the same controllers spread over them.
  let turn = Math.floor(random() * addresses.length)
  while (!signal.aborted) {
    const address = addresses[turn % addresses.length]
    if (!address) throw new LinkError('unreachable', 'no controller address')
    onState({ state: 'connecting', controller: address.url })
    const { failure, upMs } = await runLink(deps, address, signal)
    if (signal.aborted) return
    log.warn({ controller: address.url, failure: failure.failure, problem: failure.message }, 'no link')
    if (failure.next === 'stop') {
      onState({ state: 'refused', controller: address.url, problem: failure.message })
      throw failure
    }
    onState({ state: 'waiting', controller: address.url, problem: failure.message })
    // A wire that broke under a working link brings everyone back within two seconds; what will only fail again waits longer each time.
    const soon = failure.next === 'soon' || (upMs !== undefined && failure.failure === 'lost')
    attempt = soon ? 0 : (upMs ?? 0) >= STEADY_MS ? 1 : attempt + 1
    if (!soon) turn += 1
    const wait = soon ? random() * FIRST_TRY_MS : nextDelay({ attempt, ...BACKOFF, random })
    await pause(Math.min(failure.retryAfterMs ?? wait, LONGEST_WAIT_MS), signal)
  }
}

interface LinkEnd {
  readonly failure: LinkError
  /** How long it was up; undefined when it never was. */
  readonly upMs: number | undefined
}

/** One link from the dialling to its end. */
async function runLink(deps: LinkDeps, address: ControllerAddress, signal: AbortSignal): Promise<LinkEnd> {
  const { log, clock, onState } = deps
  let upAt: number | undefined
  const onWelcome = ({ quarantined }: Welcome) => {
    upAt = clock.monotonic()
    const controller = address.url
    if (quarantined) log.error({ controller }, `link is up: ${QUARANTINED}`)
    else log.info({ controller }, 'link is up')
    onState(quarantined ? { state: 'quarantined', controller, problem: QUARANTINED } : { state: 'online', controller })
  }
  const end = (error: unknown): LinkEnd => ({
    failure: error instanceof LinkError ? error : new LinkError('own-failure', String(error), { cause: error }),
    upMs: upAt === undefined ? undefined : clock.monotonic() - upAt,
  })
  try {
    const connection = await dial({ ...(await deps.login()), address, at: clock.now(), signal })
    const isProxied = proxyFor(new URL(address.url), address.proxy) !== undefined
    const beats = isProxied ? { longestBeatMs: PROXIED_BEAT_MS } : {}
    return end(await runSession(connection, { ...deps, ...beats, onWelcome }, signal))
  } catch (error) {
    return end(error)
  }
}

async function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined)
}
