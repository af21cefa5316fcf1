import { operation } from '#api/operation.ts'
import { KEY_TYPE } from '../delete.ts'
import type { KeyOperationDeps } from '../deps.ts'
import { keyArn } from '../key.ts'
import { namedArn, requireKey } from '../named.ts'
import { refusePending } from '../states.ts'

/** Removes tags from a key; one that it does not have is no error. */
export const untagResource = ({ home, tags }: KeyOperationDeps) =>
  operation('UntagResource', {
    kind: 'write',
    access: { action: 'kms:UntagResource', resources: ({ KeyId }) => [namedArn(home, KeyId)] },

    async handle(tx, { KeyId, TagKeys }, { refuse }) {
      const key = await requireKey(tx, home, KeyId, refuse)
      refusePending(key, keyArn(home, key.id), refuse)
      await tags.remove(tx, KEY_TYPE, key.id, [...new Set(TagKeys)])
      return {}
    },
  })
