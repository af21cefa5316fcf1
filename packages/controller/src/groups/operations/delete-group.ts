import { operation } from '#api/operation.ts'
import type { GroupsDeps } from '../deps.ts'
import { noSuchGroup } from '../query.ts'
import { findGroup, removeGroup } from '../store.ts'
import { groupArn, nameOf, toGroup } from '../wire.ts'

/** Removes a group; its nodes and what was sent to them stay. */
export const deleteGroup = ({ home }: GroupsDeps) =>
  operation('DeleteGroup', {
    kind: 'write',
    access: { action: 'resource-groups:DeleteGroup', resources: ({ Group }) => [groupArn(home, nameOf(home, Group))] },

    async handle(tx, { Group }, { refuse }) {
      const name = nameOf(home, Group)
      const group = await findGroup(tx, name)
      if (group === undefined) throw refuse('NotFoundException', noSuchGroup(name))
      await removeGroup(tx, name)
      return { Group: toGroup(home, group) }
    },
  })
