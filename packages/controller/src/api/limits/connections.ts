import { networkOf } from '#kit/network.ts'

/** How many connections that nobody has logged in on may be open at once. */
export interface ConnectionLimits {
  readonly all: number
  readonly source: number
}

export type ConnectionRefusal = 'all' | 'source' | 'descriptors'

/** Counts connections from their opening until they close, or become the link of a node. */
export interface Connections {
  /** Counts one in and answers how to count it out; undefined when it has to be closed at once. */
  enter(source: string): (() => void) | undefined
  open(): number
}

export interface ConnectionDeps {
  readonly limits: ConnectionLimits
  /** False while this process has no file descriptor for one more. */
  readonly hasDescriptor?: () => boolean
  readonly onRefused?: (why: ConnectionRefusal) => void
}

/** Makes the count of one controller, for all its listeners. */
export function createConnections({ limits, hasDescriptor, onRefused }: ConnectionDeps): Connections {
  const bySource = new Map<string, number>()
  let open = 0
  const refusalOf = (network: string): ConnectionRefusal | undefined => {
    if (hasDescriptor?.() === false) return 'descriptors'
    if (open >= limits.all) return 'all'
    return (bySource.get(network) ?? 0) >= limits.source ? 'source' : undefined
  }
  return {
    enter(source) {
      const network = networkOf(source)
      const refusal = refusalOf(network)
      if (refusal) {
        onRefused?.(refusal)
        return undefined
      }
      open += 1
      bySource.set(network, (bySource.get(network) ?? 0) + 1)
      let counted = true
      return () => {
        if (!counted) return
        counted = false
        open -= 1
        const left = (bySource.get(network) ?? 1) - 1
        if (left > 0) bySource.set(network, left)
        else bySource.delete(network)
      }
    },
    open: () => open,
  }
}
