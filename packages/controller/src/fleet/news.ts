import type { Tx } from '#db/index.ts'

/** News of nodes; each listener also has a sweep that finds the same work. */
export interface FleetNews {
  deregistered(nodeKey: number, nodeId: string): void
  /** What is said of a node changed: it enrolled, or has another role or other tags. */
  changed?(nodeId: string): void
  /**
   * An operator gave the node's identity to another machine than the one that was handed its work; part of the
   * transaction, and what it answers follows the commit.
   */
  givenUp?(tx: Tx, nodeKey: number, at: number): Promise<() => Promise<void>>
}

/** Hands each piece of news to everyone who listens. */
export function createNews(): Required<FleetNews> & { subscribe(listener: FleetNews): void } {
  const listeners: FleetNews[] = []
  return {
    subscribe: (listener) => void listeners.push(listener),
    changed(nodeId) {
      for (const listener of listeners) listener.changed?.(nodeId)
    },
    async givenUp(tx, nodeKey, at) {
      const following: (() => Promise<void>)[] = []
      for (const listener of listeners) {
        const follow = await listener.givenUp?.(tx, nodeKey, at)
        if (follow) following.push(follow)
      }
      return async () => {
        for (const follow of following) await follow()
      }
    },
    deregistered(nodeKey, nodeId) {
      for (const listener of listeners) listener.deregistered(nodeKey, nodeId)
    },
  }
}
