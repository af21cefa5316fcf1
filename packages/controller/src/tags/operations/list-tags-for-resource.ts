import { operation } from '#api/operation.ts'
import type { TagOperationDeps } from '../deps.ts'
import { keptAs, resourceArn } from '../resource.ts'
import { listTags } from '../store.ts'
import { toTagList } from '../wire.ts'

/**
 * Lists the tags of a resource.
 * @coverage ManagedInstance, Document and Parameter; other types have no resources yet
 */
export const listTagsForResource = (deps: TagOperationDeps) =>
  operation('ListTagsForResource', {
    kind: 'read',
    access: {
      action: 'ssm:ListTagsForResource',
      resources: ({ ResourceType, ResourceId }) => [resourceArn(deps, ResourceType, ResourceId)],
    },

    async handle(db, { ResourceType, ResourceId }, { refuse }) {
      const kind = deps.kinds.get(ResourceType)
      if (!(await kind?.exists(db, ResourceId))) throw refuse('InvalidResourceId')
      return { TagList: toTagList(await listTags(db, ResourceType, keptAs(deps, ResourceType, ResourceId))) }
    },
  })
