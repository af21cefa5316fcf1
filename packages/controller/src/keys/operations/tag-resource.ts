import { operation } from '#api/operation.ts'
import { findTagsProblem, fromTagList, MAX_TAGS } from '#tags/index.ts'
import { KEY_TYPE } from '../delete.ts'
import type { KeyOperationDeps } from '../deps.ts'
import { keyArn } from '../key.ts'
import { namedArn, requireKey } from '../named.ts'
import { refusePending } from '../states.ts'

/**
 * Adds tags to a key, or gives tags that it has another value.
 * @coverage keys; a tag's members are Key and Value
 */
export const tagResource = ({ home, tags }: KeyOperationDeps) =>
  operation('TagResource', {
    kind: 'write',
    access: { action: 'kms:TagResource', resources: ({ KeyId }) => [namedArn(home, KeyId)] },

    async handle(tx, { KeyId, Tags }, { refuse }) {
      const key = await requireKey(tx, home, KeyId, refuse)
      refusePending(key, keyArn(home, key.id), refuse)
      const given = fromTagList(Tags)
      const problem = findTagsProblem(given)
      if (problem !== undefined) throw refuse('TagException', problem)
      const names = new Set([...(await tags.list(tx, KEY_TYPE, key.id)), ...given].map((tag) => tag.key))
      if (names.size > MAX_TAGS) throw refuse('LimitExceededException', `A key has at most ${MAX_TAGS} tags.`)
      await tags.put(tx, KEY_TYPE, key.id, given)
      return {}
    },
  })
