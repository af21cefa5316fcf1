import { operation } from '#api/operation.ts'
import { toTagList } from '#tags/index.ts'
import { KEY_TYPE } from '../delete.ts'
import type { KeyOperationDeps } from '../deps.ts'
import { namedArn, requireKey } from '../named.ts'

/** Lists the tags of a key, all at once. */
export const listResourceTags = ({ home, tags }: KeyOperationDeps) =>
  operation('ListResourceTags', {
    kind: 'read',
    access: { action: 'kms:ListResourceTags', resources: ({ KeyId }) => [namedArn(home, KeyId)] },

    async handle(db, { KeyId }, { refuse }) {
      const key = await requireKey(db, home, KeyId, refuse)
      return { Tags: toTagList(await tags.list(db, KEY_TYPE, key.id)), Truncated: false }
    },
  })
