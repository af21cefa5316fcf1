import type { Clock } from '@muster/protocol/kit'
import type { Hub, NodeLink } from '#hub/link.ts'
import type { NodeSituation } from './decide.ts'
import type { OpenRow } from './open-rows.ts'

interface OpenLink {
  readonly since: number
  readonly holding: ReadonlySet<string>
  readonly journalSince: number
}

/** What nodes said when they logged in, for as long as their link lives. */
export interface Links {
  /** Where the node of an invocation stands. */
  situation(row: OpenRow, invocationId: (nodeId: string) => string): NodeSituation
  /** Nodes whose login is still to be looked at: nothing is decided about them before. */
  isArriving(nodeKey: number): boolean
  /** Hands logins to `look`; those that it has looked at are not arriving any more. False when there were none. */
  lookAtArrived(count: number, look: (nodeKeys: readonly number[]) => Promise<void>): Promise<boolean>
  /** A record of this invocation was refused: the node has given it away. */
  refused(commandKey: number, nodeKey: number): void
}

const GONE: NodeSituation = { connected: false, since: 0, holds: false, journalSince: 0 }

export function createLinks(hub: Pick<Hub, 'find' | 'subscribe'>, clock: Clock, onArrival: () => void): Links {
  const open = new Map<number, OpenLink>()
  const arriving = new Map<number, OpenLink>()
  const given = new Map<number, Set<number>>()

  hub.subscribe({
    connected(link: NodeLink, { holding, journalSince }) {
      const fresh = { since: clock.now(), holding: new Set(holding), journalSince }
      open.set(link.nodeKey, fresh)
      arriving.set(link.nodeKey, fresh)
      given.delete(link.nodeKey)
      onArrival()
    },
    lost(nodeKey) {
      // A newer link may have taken over.
      if (hub.find(nodeKey) !== undefined) return
      open.delete(nodeKey)
      arriving.delete(nodeKey)
      given.delete(nodeKey)
    },
  })

  return {
    situation(row, invocationId) {
      const link = open.get(row.nodeKey)
      const live = hub.find(row.nodeKey)
      if (link === undefined || live === undefined) return GONE
      const isGiven = given.get(row.nodeKey)?.has(row.commandKey) === true
      const isHeld = link.holding.has(invocationId(live.nodeId))
      const isNew = row.receivedAt !== null && row.receivedAt >= link.since
      const { since, journalSince } = link
      return { connected: true, since, holds: !isGiven && (isHeld || isNew), journalSince }
    },
    isArriving: (nodeKey) => arriving.has(nodeKey),
    async lookAtArrived(count, look) {
      const some = [...arriving].slice(0, count)
      if (some.length === 0) return false
      await look(some.map(([nodeKey]) => nodeKey))
      for (const [nodeKey, link] of some) if (arriving.get(nodeKey) === link) arriving.delete(nodeKey)
      return true
    },
    refused(commandKey, nodeKey) {
      given.set(nodeKey, (given.get(nodeKey) ?? new Set()).add(commandKey))
    },
  }
}
