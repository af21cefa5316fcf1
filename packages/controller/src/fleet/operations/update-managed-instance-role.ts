import { operation } from '#api/operation.ts'
import { nodeArn } from '#kit/identity.ts'
import type { FleetDeps } from '../deps.ts'
import type { FleetNews } from '../news.ts'
import { updateRole } from '../store.ts'

/** Gives a node another role, which holds from its next call on. */
export const updateManagedInstanceRole = ({ home, access, log }: FleetDeps, news: Required<FleetNews>) =>
  operation('UpdateManagedInstanceRole', {
    kind: 'write',
    access: { action: 'ssm:UpdateManagedInstanceRole', resources: ({ InstanceId }) => [nodeArn(home, InstanceId)] },

    async handle(tx, { InstanceId, IamRole }, { refuse, afterCommit, requestId, authorise }) {
      const role = await access.passRole(tx, IamRole, { authorise })
      if (!role) throw refuse('ValidationException', `There is no role ${IamRole} for nodes.`)
      if (!(await updateRole(tx, InstanceId, role)))
        throw refuse('InvalidInstanceId', `${InstanceId} is not a registered node.`)
      afterCommit(() => {
        log.info({ nodeId: InstanceId, role: role.name, requestId }, 'node has another role')
        news.changed(InstanceId)
      })
      return {}
    },
  })
