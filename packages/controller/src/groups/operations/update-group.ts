import { operation } from '#api/operation.ts'
import type { GroupsDeps } from '../deps.ts'
import { findQueryProblem, noSuchGroup } from '../query.ts'
import { findGroup, updateGroup as update } from '../store.ts'
import { groupArn, nameOf, toGroup, toResourceQuery } from '../wire.ts'

/** Changes a group's description, its query, or both; commands that were sent to it keep their nodes. */
export const updateGroup = ({ home }: GroupsDeps) =>
  operation('UpdateGroup', {
    kind: 'write',
    access: { action: 'resource-groups:UpdateGroup', resources: ({ Group }) => [groupArn(home, nameOf(home, Group))] },

    async handle(tx, { Group, Description, ResourceQuery }, { refuse }) {
      const name = nameOf(home, Group)
      const present = await findGroup(tx, name)
      if (present === undefined) throw refuse('NotFoundException', noSuchGroup(name))
      const problem = ResourceQuery && findQueryProblem(ResourceQuery)
      if (problem !== undefined) throw refuse('BadRequestException', problem)
      const change = {
        ...(Description !== undefined && { description: Description }),
        ...(ResourceQuery && { query: ResourceQuery.Query }),
      }
      await update(tx, name, change)
      const group = { ...present, ...change }
      return { Group: toGroup(home, group), ResourceQuery: toResourceQuery(group) }
    },
  })
