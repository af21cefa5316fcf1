import { operation } from '#api/operation.ts'
import { nodeArn } from '#kit/identity.ts'
import type { FleetDeps } from '../deps.ts'
import type { FleetNews } from '../news.ts'
import { endRegistration } from '../store.ts'

/** Ends a node's registration at once: its link is cut and it cannot log in again; what it did stays on record. */
export const deregisterManagedInstance = ({ home, tags, hub, log }: FleetDeps, news: FleetNews) =>
  operation('DeregisterManagedInstance', {
    kind: 'write',
    access: { action: 'ssm:DeregisterManagedInstance', resources: ({ InstanceId }) => [nodeArn(home, InstanceId)] },

    async handle(tx, { InstanceId }, { at, refuse, afterCommit, requestId }) {
      const key = await endRegistration(tx, InstanceId, at)
      if (key === undefined) throw refuse('InvalidInstanceId', `${InstanceId} is not a registered node.`)
      await tags.removeAll(tx, 'ManagedInstance', InstanceId)
      afterCommit(() => {
        hub.cut(key, 'deregistered')
        log.info({ nodeId: InstanceId, requestId }, 'node deregistered')
        news.deregistered(key, InstanceId)
      })
      return {}
    },
  })
