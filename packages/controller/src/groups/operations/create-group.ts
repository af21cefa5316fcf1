import { operation } from '#api/operation.ts'
import type { GroupsDeps } from '../deps.ts'
import { MAX_GROUPS } from '../group.ts'
import { findQueryProblem } from '../query.ts'
import { countGroups, findGroup, insertGroup } from '../store.ts'
import { groupArn, toGroup, toResourceQuery } from '../wire.ts'

const RESERVED = /^aws/i

/**
 * Makes a group of the nodes that meet a query on tags.
 * @coverage queries of type TAG_FILTERS_1_0 on managed nodes; no Tags, no Configuration
 */
export const createGroup = ({ home }: GroupsDeps) =>
  operation('CreateGroup', {
    kind: 'write',
    access: { action: 'resource-groups:CreateGroup', resources: ({ Name }) => [groupArn(home, Name)] },

    async handle(tx, { Name, Description = '', ResourceQuery }, { at, caller, refuse }) {
      if (RESERVED.test(Name)) throw refuse('BadRequestException', 'Names of groups that begin with aws are reserved.')
      const problem = findQueryProblem(ResourceQuery)
      if (problem !== undefined) throw refuse('BadRequestException', problem)
      if (await findGroup(tx, Name)) throw refuse('BadRequestException', `There is a group ${Name} already.`)
      if ((await countGroups(tx, MAX_GROUPS)) >= MAX_GROUPS)
        throw refuse('BadRequestException', `There are at most ${MAX_GROUPS} groups.`)
      const group = {
        ...{ name: Name, description: Description, query: ResourceQuery.Query },
        ...{ created_at: at, created_by: caller.arn },
      }
      await insertGroup(tx, group)
      return { Group: toGroup(home, group), ResourceQuery: toResourceQuery(group) }
    },
  })
