/** News of nodes; each listener also has a sweep that finds the same work. */
export interface FleetNews {
  deregistered(nodeKey: number, nodeId: string): void
  /** What is said of a node changed: it enrolled, or has another role or other tags. */
  changed?(nodeId: string): void
}

/** Hands each piece of news to everyone who listens. */
export function createNews(): Required<FleetNews> & { subscribe(listener: FleetNews): void } {
  const listeners: FleetNews[] = []
  return {
    subscribe: (listener) => void listeners.push(listener),
    changed(nodeId) {
      for (const listener of listeners) listener.changed?.(nodeId)
    },
    deregistered(nodeKey, nodeId) {
      for (const listener of listeners) listener.deregistered(nodeKey, nodeId)
    },
  }
}
