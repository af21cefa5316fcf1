/** Urgent frames are small and go before bulk, so that a full lane never looks like a dead controller. */
export type Lane = 'urgent' | 'bulk'

/** The wire of one link, whatever it is made of. */
export interface Transport {
  /** Queues one message; false when the link is closing or too much is queued already. */
  send(message: Uint8Array, lane: Lane): boolean
  /** Stops and goes on reading: how a full store slows senders down. */
  pause(): void
  resume(): void
  /** Sends what is queued and closes; `closed` is called on the port all the same. */
  close(reason: string): void
}

/** What a transport tells the hub. */
export interface TransportPort {
  receive(message: Uint8Array): void
  /** The wire is gone; once. */
  closed(): void
}
