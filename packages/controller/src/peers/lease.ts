import type { Clock } from '@muster/protocol/kit'
import { type Database, StoreLost, type Tx } from '#db/index.ts'
import type { Log } from '#kit/logging.ts'
import { endLease, isLeaseGood, type Peer, putLease, renewLease } from './store.ts'

export const LEASE_MS = 15_000
export const RENEW_MS = 5_000
const LOOK_MS = 500

export interface LeaseDeps {
  readonly db: Database
  readonly self: Peer
  readonly clock: Pick<Clock, 'monotonic'>
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>
  /** Another process has this controller's id, so that the two would take the lease from each other for ever. */
  readonly onUsurped: () => void
}

/** This controller's right to work: 15 s by the database's clock, renewed every 5 s, and taken anew 5 s after a loss. */
export interface Lease extends AsyncDisposable {
  isHeld(): boolean
  /** Hears that the lease was lost, and that there is a new one. */
  subscribe(listener: (held: boolean) => void): void
  /** Refuses a transaction of this process unless its lease is good; to be asked at its end. */
  guard(tx: Tx): Promise<void>
  /** One round: notices a loss, renews, or takes a new lease after a loss. */
  look(): Promise<void>
}

/** Takes a lease. Who loses it, for instance because the process stood still, is told and tries for a new one. */
export async function takeLease(deps: LeaseDeps): Promise<Lease> {
  const { db, self, clock, log } = deps
  const listeners: ((held: boolean) => void)[] = []
  let held = true
  /** By the monotonic clock, counted from before the database was asked: never later than the database's own end. */
  let goodUntil = 0
  let renewAt = 0
  let takeAt = 0
  let epoch = 0
  let looking: Promise<void> | undefined
  let closed = false

  const take = async (): Promise<void> => {
    const asked = clock.monotonic()
    epoch = await db.write((tx) => putLease(tx, db.dialect, self, LEASE_MS))
    goodUntil = asked + LEASE_MS
    renewAt = asked + RENEW_MS
  }
  const tell = (now: boolean): void => {
    if (held === now) return
    held = now
    // First its nodes go elsewhere.
    takeAt = clock.monotonic() + RENEW_MS
    log[now ? 'info' : 'error']({ controllerId: self.id, epoch }, now ? 'peers: lease taken' : 'peers: lease lost')
    for (const listener of listeners) listener(now)
  }

  const renew = async (): Promise<void> => {
    const asked = clock.monotonic()
    renewAt = asked + RENEW_MS
    const outcome = await db.write((tx) => renewLease(tx, db.dialect, self.id, epoch, LEASE_MS))
    if (outcome === 'held') goodUntil = asked + LEASE_MS
    else if (outcome === 'usurped') deps.onUsurped()
    else tell(false)
  }

  const lookOnce = async (): Promise<void> => {
    if (held && clock.monotonic() >= goodUntil) tell(false)
    try {
      if (held && clock.monotonic() >= renewAt) await renew()
      else if (!held && !closed && clock.monotonic() >= takeAt) {
        await take()
        tell(true)
      }
    } catch (err) {
      log.warn({ err }, 'peers: the lease could not be renewed')
    }
  }
  const look = (): Promise<void> => {
    // A database that does not answer must not hide that the lease has run out meanwhile.
    if (held && clock.monotonic() >= goodUntil) tell(false)
    looking ??= lookOnce().finally(() => {
      looking = undefined
    })
    return looking
  }

  await take()
  const timer = setInterval(() => void look(), LOOK_MS)
  timer.unref()
  return {
    isHeld: () => held && clock.monotonic() < goodUntil,
    subscribe: (listener) => void listeners.push(listener),
    async guard(tx) {
      if (await isLeaseGood(tx, db.dialect, self.id, epoch)) return
      throw new StoreLost('This controller has lost its lease on the store: another one serves.')
    },
    look,
    async [Symbol.asyncDispose]() {
      closed = true
      clearInterval(timer)
      await looking
      await db.write((tx) => endLease(tx, self.id, epoch)).catch(() => undefined)
    },
  }
}

/**
 * The store for everything but the lease itself: its write transactions fail once the lease is lost. The lease is read
 * as the last statement, against the clock of that moment, so that standing still inside a transaction is noticed too.
 */
export const fence = (db: Database, lease: Pick<Lease, 'guard'>): Database => ({
  ...db,
  write: (fn) =>
    db.write(async (tx) => {
      const result = await fn(tx)
      await lease.guard(tx)
      return result
    }),
})
