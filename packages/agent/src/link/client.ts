import { setTimeout as delay } from 'node:timers/promises'
import { nextDelay } from '@muster/protocol/kit'
import type { Log } from '#kit/log.ts'
import type { ControllerTime } from './controller-time.ts'
import { type Connection, type DialRequest, dial } from './dial.ts'
import type { ControllerAddress } from './https.ts'
import { LinkError } from './link-error.ts'
import type { LinkPorts } from './ports.ts'
import { runSession } from './session.ts'

export interface LinkState {
  readonly state: 'connecting' | 'online' | 'waiting' | 'refused'
  readonly controller?: string
  /** Why the last try failed or the last link ended. */
  readonly problem?: string
}

export interface LinkDeps {
  readonly addresses: readonly ControllerAddress[]
  readonly login: Omit<DialRequest, 'address' | 'at'>
  readonly ports: LinkPorts
  readonly time: ControllerTime
  readonly log: Log
  readonly random: () => number
  readonly now: () => number
  readonly onState: (state: LinkState) => void
}

const FIRST_TRY_MS = 2000
const BACKOFF = { baseMs: 1000, capMs: 60_000 }

/** Keeps one link to one of the controllers until the signal aborts; rejects only where trying again cannot help. */
export async function keepLink(deps: LinkDeps, signal: AbortSignal): Promise<void> {
  const { addresses, log, random, onState } = deps
  let attempt = 0
  let turn = 0
  while (!signal.aborted) {
    const address = addresses[turn % addresses.length]
    if (!address) throw new LinkError('unreachable', 'no controller address')
    let up = false
    let failure: LinkError | undefined
    onState({ state: 'connecting', controller: address.url })
    try {
      const connection = await connect(deps, address)
      const onWelcome = () => {
        up = true
        log.info({ controller: address.url }, 'link is up')
        onState({ state: 'online', controller: address.url })
      }
      await runSession(connection, { ...deps, onWelcome }, signal)
    } catch (error) {
      failure = error instanceof LinkError ? error : new LinkError('lost', String(error), { cause: error })
      log.warn({ controller: address.url, failure: failure.failure, problem: failure.message }, 'no link')
    }
    if (signal.aborted) return
    if (failure?.next === 'stop') {
      onState({ state: 'refused', controller: address.url, problem: failure.message })
      throw failure
    }
    onState({ state: 'waiting', controller: address.url, ...(failure ? { problem: failure.message } : {}) })
    // After a link that worked everyone comes back at once, within two seconds; only where nothing answers the delay doubles.
    const soon = up || failure?.next === 'soon'
    attempt = soon ? 0 : attempt + 1
    if (!soon) turn += 1
    const wait = soon ? random() * FIRST_TRY_MS : nextDelay({ attempt, ...BACKOFF, random })
    await pause(failure?.retryAfterMs ?? wait, signal)
  }
}

const connect = (deps: LinkDeps, address: ControllerAddress): Promise<Connection> =>
  dial({ ...deps.login, address, at: deps.now() })

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined)
}
