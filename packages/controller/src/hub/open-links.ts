import type { HubLog } from './deps.ts'
import type { LinkNews, NodeMemory } from './link.ts'
import type { LiveLink } from './live-link.ts'

/** The links of this controller: one a node, the newest, and those that have not said hello. */
export interface OpenLinks {
  readonly byNode: ReadonlyMap<number, LiveLink>
  readonly all: ReadonlySet<LiveLink>
  begin(link: LiveLink): void
  /** The link has its epoch: it takes the node over, unless a newer one has. */
  opened(link: LiveLink, memory: NodeMemory): boolean
  over(link: LiveLink, reason: string): void
  lossWritten(link: LiveLink): void
  lastContact(nodeKey: number): number | undefined
  subscribe(news: LinkNews): void
}

export function createOpenLinks(log: HubLog): OpenLinks {
  const byNode = new Map<number, LiveLink>()
  const all = new Set<LiveLink>()
  const lastContacts = new Map<number, number>()
  const listeners: LinkNews[] = []
  return {
    byNode,
    all,
    begin: (link) => void all.add(link),
    opened(link, memory) {
      const { nodeKey, nodeId, epoch } = link
      const older = byNode.get(nodeKey)
      if (older && older.epoch > epoch) return false
      byNode.set(nodeKey, link)
      older?.close('replaced')
      log.info({ nodeId, epoch }, 'hub: node connected')
      for (const news of listeners) news.connected(link, memory)
      return true
    },
    over(link, reason) {
      const { nodeKey, contactAt } = link
      all.delete(link)
      if (byNode.get(nodeKey) !== link) return
      byNode.delete(nodeKey)
      lastContacts.set(nodeKey, contactAt)
      for (const news of listeners) news.lost(nodeKey, reason)
    },
    lossWritten({ nodeId }) {
      for (const news of listeners) news.lossWritten?.(nodeId)
    },
    lastContact: (nodeKey) => byNode.get(nodeKey)?.contactAt ?? lastContacts.get(nodeKey),
    subscribe: (news) => void listeners.push(news),
  }
}
