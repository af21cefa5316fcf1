import { operation } from '#api/operation.ts'
import type { GroupsDeps } from '../deps.ts'
import { noSuchGroup } from '../query.ts'
import { findGroup } from '../store.ts'
import { groupArn, nameOf, toGroup, toResourceQuery } from '../wire.ts'

/** Shows a group and its query. */
export const getGroup = ({ home }: GroupsDeps) =>
  operation('GetGroup', {
    kind: 'read',
    access: { action: 'resource-groups:GetGroup', resources: ({ Group }) => [groupArn(home, nameOf(home, Group))] },

    async handle(db, { Group }, { refuse }) {
      const name = nameOf(home, Group)
      const group = await findGroup(db, name)
      if (group === undefined) throw refuse('NotFoundException', noSuchGroup(name))
      return { Group: toGroup(home, group), ResourceQuery: toResourceQuery(group) }
    },
  })
