import type { EndReason } from '@muster/protocol/link'
import type { Tx } from '#db/index.ts'
import type { Sweep } from '#kit/sweep.ts'
import type { HubDeps, Presence } from './deps.ts'
import { heartbeatPeriod } from './heartbeat.ts'
import { createIdentityGate } from './identity-gate.ts'
import type { Hub, Receivers } from './link.ts'
import { type Counted, type LinkContext, LiveLink, type Login } from './live-link.ts'
import { createOpenLinks, type OpenLinks } from './open-links.ts'
import { createPressure } from './pressure.ts'
import { createRecordGate } from './records.ts'
import { createRoster, type Roster, writeContacts } from './roster.ts'
import { createHubStore, type HubStore } from './store.ts'
import type { Transport, TransportPort } from './transport.ts'

/** The hub as the composition root and the transports see it. */
export interface HubService extends Hub, AsyncDisposable {
  /** Who handles what comes in; once, before the first link. */
  attach(above: Above): void
  /** Takes over a wire whose login was checked. */
  accept(login: Login, transport: Transport): TransportPort
  /** Forgets the links of an earlier life; to be awaited before the first link. */
  reset(): Promise<void>
  /** Forgets links that are with none of these controllers: they died without a word. */
  forgetAllBut(tx: Tx, controllerIds: readonly string[]): Promise<void>
  /** Ends every link with a time to come back at. */
  closeAll(reason: EndReason): void
  readonly sweeps: readonly Sweep[]
  stats(): HubStats
}

export interface Above {
  readonly receivers: Receivers
  readonly presence: Presence
}

export interface HubStats extends Readonly<Record<Counted, number>> {
  readonly links: number
  /** Logged in and not yet welcomed. */
  readonly joining: number
}

const SILENCE_SWEEP_MS = 5_000
const CONTACT_SWEEP_MS = 60_000
const RETURN_WITHIN_MS = 2_000
const RECORDS_WAITING = 8_000
const NOBODY: ReadonlySet<number> = new Set()

/** Makes the hub of one controller; no link is taken before `attach`. */
export function createHub(deps: HubDeps): HubService {
  const { db, random } = deps
  const store = createHubStore(db.dialect)
  const links = createOpenLinks(deps.log)
  const counts: Record<Counted, number> = { records: 0, repeated: 0, parked: 0, unknownFrames: 0, calls: 0 }
  let attached: Above | undefined
  const above = (): Above => {
    if (!attached) throw new Error('The hub is not attached.')
    return attached
  }
  const context: LinkContext = {
    ...deps,
    ...links,
    roster: createRoster(deps, store, () => above().presence),
    identities: createIdentityGate(deps, () => above().presence),
    gate: createRecordGate(deps, store, () => above().receivers),
    pressure: createPressure(RECORDS_WAITING),
    receivers: () => above().receivers,
    heartbeatMs: () => heartbeatPeriod(links.byNode.size, deps.heartbeatMs),
    count: (what) => {
      counts[what] += 1
    },
  }
  const closeAll = (reason: EndReason): void => {
    for (const link of [...links.all]) link.close(reason, Math.floor(random() * RETURN_WITHIN_MS))
  }

  return {
    ...answers(links),
    ...whereabouts(deps, store),
    attach(value) {
      attached = value
    },
    accept(login, transport) {
      const link = new LiveLink(context, login, transport)
      links.begin(link)
      return link.port
    },
    reset: () =>
      db.write(async (tx) => {
        const forgotten = await store.removeLinksOf(tx, deps.controllerId)
        await above().presence.reset(tx, deps.hasPeers ? forgotten : undefined)
      }),
    async forgetAllBut(tx, controllerIds) {
      const forgotten = await store.removeLinksOfOthers(tx, controllerIds)
      if (forgotten.length === 0) return
      deps.log.warn({ links: forgotten.length }, 'hub: links with controllers that are gone are forgotten')
      await above().presence.reset(tx, forgotten)
    },
    closeAll,
    sweeps: [silenceSweep(links), contactSweep(deps, links, context.roster, () => above().presence)],
    stats: () => ({ ...counts, links: links.byNode.size, joining: links.all.size - links.byNode.size }),
    async [Symbol.asyncDispose]() {
      closeAll('shutdown')
      await context.gate[Symbol.asyncDispose]()
      await context.identities[Symbol.asyncDispose]()
      await context.roster[Symbol.asyncDispose]()
    },
  }
}

const whereabouts = (
  { hasPeers = false, controllerId }: HubDeps,
  store: HubStore,
): Pick<Hub, 'elsewhere' | 'holderOf'> => ({
  async elsewhere(db, nodeKeys) {
    if (!hasPeers || nodeKeys.length === 0) return NOBODY
    return new Set(await store.findHeldByOthers(db, nodeKeys, controllerId))
  },
  async holderOf(db, nodeKey) {
    const holder = hasPeers ? await store.findHolder(db, nodeKey) : undefined
    return holder === controllerId ? undefined : holder
  },
})

const answers = (links: OpenLinks): Omit<Hub, 'elsewhere' | 'holderOf'> => ({
  find: (nodeKey) => links.byNode.get(nodeKey),
  isConnected: (nodeKey) => links.byNode.has(nodeKey),
  connectedKeys: () => links.byNode.keys(),
  lastContact: links.lastContact,
  heldKeys: links.heldKeys,
  subscribe: links.subscribe,
  cut(nodeKey, reason) {
    for (const link of [...links.all]) if (link.nodeKey === nodeKey) link.close(reason)
  },
})

const silenceSweep = (links: OpenLinks): Sweep => ({
  name: 'hub.silence',
  every: SILENCE_SWEEP_MS,
  async run() {
    for (const link of [...links.all]) link.tick()
  },
})

function contactSweep(deps: HubDeps, links: OpenLinks, roster: Roster, presence: () => Presence): Sweep {
  let writtenAt = Number.NEGATIVE_INFINITY
  return {
    name: 'hub.contacts',
    every: CONTACT_SWEEP_MS,
    async run(signal) {
      await roster.catchUp()
      const since = writtenAt
      writtenAt = deps.clock.now()
      const heard = [...links.byNode.values()].filter(({ contactAt }) => contactAt >= since)
      await writeContacts(
        deps,
        presence(),
        heard.map(({ nodeKey, contactAt }) => ({ nodeKey, at: contactAt })),
        signal,
      )
    },
  }
}
