/**
 * Groups: named queries on tags, in the shapes of AWS Resource Groups. In come the five operations on groups; out go
 * the tag conditions of a group for the slices that target nodes by it. A group holds no nodes: whoever uses it
 * selects them at that moment.
 */
import type { Operation } from '#api/operation.ts'
import type { Reader } from '#db/index.ts'
import type { TagCondition } from '#tags/index.ts'
import type { GroupsDeps } from './deps.ts'
import { parseQuery } from './group.ts'
import { createGroup } from './operations/create-group.ts'
import { deleteGroup } from './operations/delete-group.ts'
import { getGroup } from './operations/get-group.ts'
import { listGroups } from './operations/list-groups.ts'
import { updateGroup } from './operations/update-group.ts'
import { findGroup } from './store.ts'

export type { GroupsDeps } from './deps.ts'
export { NODE_TYPES } from './group.ts'

export interface Groups {
  readonly operations: readonly Operation[]
  /** Conditions that the group's nodes meet, all of them; undefined when there is no such group. */
  conditionsOf(db: Reader, name: string): Promise<readonly TagCondition[] | undefined>
}

/** Wires the groups slice. */
export function createGroups(deps: GroupsDeps): Groups {
  return {
    operations: [createGroup(deps), getGroup(deps), updateGroup(deps), deleteGroup(deps), listGroups(deps)],
    async conditionsOf(db, name) {
      const group = await findGroup(db, name)
      if (group === undefined) return undefined
      const parsed = parseQuery(group.query)
      if (!parsed.ok) throw new Error(`The group ${name} was stored with a query that cannot be read.`)
      return parsed.query.conditions
    },
  }
}
