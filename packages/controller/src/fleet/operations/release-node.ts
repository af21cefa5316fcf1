import { operation } from '#api/operation.ts'
import { nodeArn } from '#kit/identity.ts'
import type { FleetDeps } from '../deps.ts'
import { endQuarantine, findMachines } from '../identity/store.ts'
import type { createNews } from '../news.ts'
import { findNode } from '../store.ts'

/** Ends a quarantine: one machine goes on as the node, every other has to be registered anew. */
export const releaseNode = (
  { db, home, hub, log }: FleetDeps,
  news: Pick<ReturnType<typeof createNews>, 'givenUp' | 'changed'>,
) =>
  operation('ReleaseNode', {
    kind: 'write',
    access: { action: 'muster:ReleaseNode', resources: ({ InstanceId }) => [nodeArn(home, InstanceId)] },

    async handle(tx, { InstanceId, Machine }, { at, refuse, afterCommit, requestId }) {
      const node = await findNode(tx, InstanceId)
      if (!node || node.deregisteredAt !== undefined)
        throw refuse('InvalidInstanceId', `${InstanceId} is not a registered node.`)
      if (node.quarantinedAt === undefined) throw refuse('InvalidParameters', `${InstanceId} is not in quarantine.`)
      const machines = (await findMachines(tx, db.dialect, [node.key])).get(node.key) ?? []
      const chosen = machines.find(({ number }) => number === Machine)
      if (!chosen) throw refuse('InvalidParameters', `${InstanceId} has no machine ${Machine}.`)
      if (chosen.superseded)
        throw refuse('InvalidParameters', `Machine ${Machine} was given up before: it has to be registered anew.`)
      await endQuarantine(tx, node.key, Machine, at)
      // What another machine was handed may have run there.
      const follow = Machine === node.currentMachine ? undefined : await news.givenUp(tx, node.key, at)
      afterCommit(() => {
        follow?.().catch((err: unknown) => log.warn({ err, nodeId: InstanceId }, 'news of a release were lost'))
        log.warn({ nodeId: InstanceId, machine: Machine, requestId }, 'node released from quarantine')
        hub.cut(node.key, 'released')
        news.changed(InstanceId)
      })
      return {}
    },
  })
