import { operation } from '#api/operation.ts'
import type { TagOperationDeps } from '../deps.ts'
import { keptAs, resourceArn } from '../resource.ts'
import { removeTags } from '../store.ts'

/**
 * Removes tags from a resource by their keys; a key that it does not have is no error.
 * @coverage ManagedInstance, Document and Parameter; other types have no resources yet
 */
export const removeTagsFromResource = (deps: TagOperationDeps) =>
  operation('RemoveTagsFromResource', {
    kind: 'write',
    access: {
      action: 'ssm:RemoveTagsFromResource',
      resources: ({ ResourceType, ResourceId }) => [resourceArn(deps, ResourceType, ResourceId)],
    },

    async handle(tx, { ResourceType, ResourceId, TagKeys }, { refuse, afterCommit }) {
      const kind = deps.kinds.get(ResourceType)
      if (!(await kind?.exists(tx, ResourceId))) throw refuse('InvalidResourceId')
      await removeTags(tx, ResourceType, keptAs(deps, ResourceType, ResourceId), [...new Set(TagKeys)])
      afterCommit(() => kind?.changed?.(ResourceId))
      return {}
    },
  })
