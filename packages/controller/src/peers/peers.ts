import type { Clock } from '@muster/protocol/kit'
import type { Route, RouteAnswer } from '#api/route.ts'
import { type Bus, type Database, isStoreFault, type Tx } from '#db/index.ts'
import type { Log } from '#kit/logging.ts'
import type { Sealer } from '#kit/seal.ts'
import type { Sweep } from '#kit/sweep.ts'
import { askPeer } from './ask.ts'
import { createPeerHints, type Hints } from './hints.ts'
import { fence, takeLease } from './lease.ts'
import { checkPassport, PASSPORT_HEADER, writePassport } from './passport.ts'
import { agreeOn, listPeers, type Peer, removeOldLeases } from './store.ts'

export interface PeersDeps {
  readonly db: Database
  readonly bus: Bus
  readonly self: Peer
  readonly sealer: Pick<Sealer, 'mac'>
  readonly clock: Clock
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>
  readonly onUsurped: () => void
}

/** Answers a question of another controller: JSON in, JSON out. */
export type Answer = (question: unknown, signal: AbortSignal) => Promise<unknown>

/** The other controllers of the same store, and this one's place among them. */
export interface Peers extends AsyncDisposable {
  /** The store; its write transactions fail while this controller has no lease. */
  readonly db: Database
  readonly hints: Hints
  isServing(): boolean
  /** Hears that this controller may not work any more, and that it may again. */
  subscribe(listener: (serving: boolean) => void): void
  /** Asks another controller; undefined when it is gone or does not answer. */
  ask(controllerId: string, question: string, input: object, options: AskOptions): Promise<unknown>
  /** Who answers what; before the routes serve. */
  attach(attached: Attached): void
  readonly routes: readonly Route[]
  readonly sweeps: readonly Sweep[]
}

export interface AskOptions {
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

export interface Attached {
  readonly answers: Readonly<Record<string, Answer>>
  readonly caPem?: string | undefined
  /** Forgets what controllers other than these held; in the transaction that has removed their leases. */
  readonly forgetAllBut: (tx: Tx, controllerIds: readonly string[]) => Promise<void>
}

const REAP_MS = 3_000
const MAX_QUESTION_BYTES = 16 * 1024

/** Joins the controllers of a store: resolves when this one has its lease. */
export async function joinPeers(deps: PeersDeps): Promise<Peers> {
  const { db, self, sealer, clock, log } = deps
  await using stack = new AsyncDisposableStack()
  stack.use(deps.bus)
  const lease = stack.use(await takeLease(deps))
  const fenced = fence(db, lease)
  let attached: Attached | undefined

  async function answer(question: string, body: Buffer, header: string | string[] | undefined, signal: AbortSignal) {
    if (!checkPassport(sealer, header, { to: self.id, question, body }, clock.now()))
      return json(401, { reason: 'passport', text: 'The question does not come from a controller of this store.' })
    const answers = attached?.answers ?? {}
    const handle = Object.hasOwn(answers, question) ? answers[question] : undefined
    if (handle === undefined) return json(404, { reason: 'not-found', text: 'No such question.' })
    try {
      return json(200, await handle(JSON.parse(body.toString('utf8')), signal))
    } catch (err) {
      log.warn({ err, question }, 'peers: a question was not answered')
      return json(isStoreFault(err) ? 503 : 400, { reason: 'failed', text: 'The question cannot be answered.' })
    }
  }

  const open = stack.move()
  return {
    db: fenced,
    hints: createPeerHints(deps.bus, self.id),
    isServing: lease.isHeld,
    subscribe: lease.subscribe,
    attach(value) {
      attached = value
    },
    async ask(controllerId, question, input, { timeoutMs, signal }) {
      const peer = (await listPeers(db.read, db.dialect)).find(({ id }) => id === controllerId)
      if (peer === undefined) return undefined
      const body = JSON.stringify(input)
      const passport = { from: self.id, to: peer.id, question, body: Buffer.from(body), at: clock.now() }
      const headers = { [PASSPORT_HEADER]: writePassport(sealer, passport) }
      const url = new URL(`/peer/${question}`, peer.url).href
      try {
        return JSON.parse(
          (await askPeer({ url, headers, body, timeoutMs, signal, caPem: attached?.caPem })).toString('utf8'),
        )
      } catch (err) {
        if (!signal.aborted) log.warn({ err, controller: peer.url, question }, 'peers: no answer')
        return undefined
      }
    },
    routes: [
      {
        method: 'POST',
        path: '/peer/:question',
        maxBodyBytes: MAX_QUESTION_BYTES,
        handle: ({ params, body, headers, signal }) =>
          answer(params['question'] ?? '', body, headers[PASSPORT_HEADER], signal),
      },
    ],
    sweeps: [
      {
        name: 'peers: controllers that are gone',
        every: REAP_MS,
        async run() {
          await fenced.write(async (tx) => {
            await removeOldLeases(tx, db.dialect)
            const live = await listPeers(tx, db.dialect)
            await attached?.forgetAllBut(
              tx,
              live.map(({ id }) => id),
            )
          })
        },
      },
    ],
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

/** Agrees with the other controllers on a value: the first one decides. Answers the one that holds. */
export const agree = (db: Database, name: string, value: Uint8Array): Promise<Uint8Array> =>
  db.write((tx) => agreeOn(tx, name, value))

/** Whether controllers that know of each other serve this store now. */
export const hasLivePeers = async (db: Database): Promise<boolean> => (await listPeers(db.read, db.dialect)).length > 0

const json = (status: number, value: unknown): RouteAnswer => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(value),
})
