import { operation } from '#api/operation.ts'
import type { TagOperationDeps } from '../deps.ts'
import { keptAs, resourceArn } from '../resource.ts'
import { listTags, putTags } from '../store.ts'
import { findKeyProblem, fits } from '../tag.ts'
import { fromTagList } from '../wire.ts'

/**
 * Adds tags to a resource, or gives keys that it has another value.
 * @coverage ManagedInstance, Document and Parameter; other types have no resources yet
 */
export const addTagsToResource = (deps: TagOperationDeps) =>
  operation('AddTagsToResource', {
    kind: 'write',
    access: {
      action: 'ssm:AddTagsToResource',
      resources: ({ ResourceType, ResourceId }) => [resourceArn(deps, ResourceType, ResourceId)],
    },

    async handle(tx, { ResourceType, ResourceId, Tags }, { refuse, afterCommit }) {
      const tags = fromTagList(Tags)
      const keys = tags.map(({ key }) => key)
      const problem = findKeyProblem(keys)
      if (problem !== undefined) throw refuse('ValidationException', problem)

      const kind = deps.kinds.get(ResourceType)
      if (!(await kind?.exists(tx, ResourceId))) throw refuse('InvalidResourceId')
      const present = await listTags(tx, ResourceType, keptAs(deps, ResourceType, ResourceId))
      if (
        !fits(
          present.map(({ key }) => key),
          keys,
        )
      )
        throw refuse('TooManyTagsError')

      await putTags(tx, ResourceType, keptAs(deps, ResourceType, ResourceId), tags)
      afterCommit(() => kind?.changed?.(ResourceId))
      return {}
    },
  })
