import { operation } from '#api/operation.ts'
import { nodeArn } from '#kit/identity.ts'
import type { FleetDeps } from '../deps.ts'
import { liveState } from '../live.ts'
import { findNode } from '../store.ts'

/** Tells whether a node has a link now; what is no registered node has none. */
export const getConnectionStatus = ({ home, hub }: FleetDeps) =>
  operation('GetConnectionStatus', {
    kind: 'read',
    access: { action: 'ssm:GetConnectionStatus', resources: ({ Target }) => [nodeArn(home, Target)] },

    async handle(db, { Target }) {
      const node = await findNode(db, Target)
      const connected = node?.deregisteredAt === undefined && node !== undefined && liveState(hub, node).connected
      return { Target, Status: connected ? 'connected' : 'notconnected' }
    },
  })
