/** News of nodes; each listener also has a sweep that finds the same work. */
export interface FleetNews {
  deregistered(nodeKey: number, nodeId: string): void
}

/** Hands each piece of news to everyone who listens. */
export function createNews(): FleetNews & { subscribe(listener: FleetNews): void } {
  const listeners: FleetNews[] = []
  return {
    subscribe: (listener) => void listeners.push(listener),
    deregistered(nodeKey, nodeId) {
      for (const listener of listeners) listener.deregistered(nodeKey, nodeId)
    },
  }
}
