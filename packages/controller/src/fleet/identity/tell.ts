import { nodeCaller } from '#access/index.ts'
import type { Tx } from '#db/index.ts'
import type { FleetDeps } from '#fleet/deps.ts'
import { findNodeByKey } from '#fleet/store.ts'
import { nodeArn } from '#kit/identity.ts'
import type { IdentityEvent } from './admit.ts'

/** Writes to the audit trail what a login did to its node's identity; no API call has asked for it. */
export const tellIdentity =
  ({ audit, home, ids }: Pick<FleetDeps, 'audit' | 'home' | 'ids'>) =>
  async (tx: Tx, { operation, arrival, why }: IdentityEvent): Promise<void> => {
    const node = await findNodeByKey(tx, arrival.nodeKey)
    if (!node) return
    await audit.write(tx, {
      ...{ at: arrival.at, requestId: ids.uuid(), operation, action: `muster:${operation}` },
      caller: nodeCaller(home, { nodeId: node.id, roleId: node.roleId, roleName: node.roleName }, arrival.source),
      resources: [nodeArn(home, node.id)],
      decision: operation === 'Quarantine' ? 'Denied' : 'Allowed',
      result: operation === 'Quarantine' ? 'Quarantined' : 'OK',
      ...(why === undefined ? {} : { why }),
    })
  }
