import type { HubLog } from './deps.ts'
import type { LinkNews, NodeMemory } from './link.ts'
import type { LiveLink } from './live-link.ts'

/** The links of this controller: one a node, the newest, and those that have not said hello. */
export interface OpenLinks {
  readonly byNode: ReadonlyMap<number, LiveLink>
  readonly all: ReadonlySet<LiveLink>
  begin(link: LiveLink): void
  /** Links of the same node that have been let in or are held. */
  rivals(link: LiveLink): readonly LiveLink[]
  /** The node is in quarantine: the link stays as it is, and one that was let in before ends. */
  held(link: LiveLink): void
  heldKeys(): readonly number[]
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
  const held = new Map<number, Set<LiveLink>>()
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
    rivals: (link) =>
      [byNode.get(link.nodeKey), ...(held.get(link.nodeKey) ?? [])].filter(
        (other): other is LiveLink => other !== undefined && other !== link,
      ),
    held(link) {
      const { nodeKey, nodeId } = link
      held.set(nodeKey, (held.get(nodeKey) ?? new Set()).add(link))
      log.warn({ nodeId, machine: link.machine }, 'hub: node is in quarantine: its link carries nothing')
      byNode.get(nodeKey)?.close('quarantined')
    },
    heldKeys: () => [...held.keys()],
    over(link, reason) {
      const { nodeKey, contactAt } = link
      all.delete(link)
      const others = held.get(nodeKey)
      if (others?.delete(link) && others.size === 0) held.delete(nodeKey)
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
