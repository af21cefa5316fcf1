import type { FleetDeps } from './deps.ts'
import type { FleetNode } from './node.ts'

/**
 * Whether a node has a link, and when it was last heard of. The row tells of links with other controllers, the hub of
 * what happened here since the row was written.
 */
export function liveState(
  hub: Pick<FleetDeps['hub'], 'isConnected' | 'lastContact'>,
  { key, connected, lastContactAt }: FleetNode,
): { readonly connected: boolean; readonly lastContactAt: number | undefined } {
  const heard = hub.lastContact(key)
  return {
    connected: connected || hub.isConnected(key),
    lastContactAt: heard === undefined ? lastContactAt : Math.max(heard, lastContactAt ?? heard),
  }
}
