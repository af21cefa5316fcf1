import { operation } from '#api/operation.ts'
import { nodeArn } from '#kit/identity.ts'
import type { FleetDeps } from '../deps.ts'
import { requestRotation } from '../identity/keys.ts'

/** Asks a node to make itself a new key: at once where it is connected, else when it comes back. */
export const rotateNodeKey = ({ home, hub }: FleetDeps) =>
  operation('RotateNodeKey', {
    kind: 'write',
    access: { action: 'muster:RotateNodeKey', resources: ({ InstanceId }) => [nodeArn(home, InstanceId)] },

    async handle(tx, { InstanceId }, { at, refuse, afterCommit }) {
      const key = await requestRotation(tx, InstanceId, at)
      if (key === undefined) throw refuse('InvalidInstanceId', `${InstanceId} is not a registered node.`)
      afterCommit(() => void hub.find(key)?.send({ kind: 'rotateKey', rotateKey: {} }))
      return {}
    },
  })
