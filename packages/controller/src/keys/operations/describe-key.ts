import { operation } from '#api/operation.ts'
import { aliasArn } from '../alias.ts'
import { countUses } from '../data-key-store.ts'
import type { KeyOperationDeps } from '../deps.ts'
import { keyArn, readReference } from '../key.ts'
import { namedArn, requireKey } from '../named.ts'
import { findKey } from '../store.ts'
import { toMetadata } from '../wire.ts'

/**
 * Shows a key by its id, its alias or an ARN of either; beside what KMS shows, how many values it seals and how many of
 * them wait to be wrapped by its newest version.
 */
export const describeKey = ({ home }: KeyOperationDeps) =>
  operation('DescribeKey', {
    kind: 'read',
    access: {
      action: 'kms:DescribeKey',
      // What an alias stands for is known to the handler only.
      resources({ KeyId }) {
        const named = readReference(home, KeyId)
        return named && 'alias' in named ? [] : [namedArn(home, KeyId)]
      },
    },

    async handle(db, { KeyId }, { authorise, refuse }) {
      const named = readReference(home, KeyId)
      if (!named || 'id' in named) {
        const key = await requireKey(db, home, KeyId, refuse)
        return { KeyMetadata: toMetadata(home, key, await countUses(db, key.id, key.version)) }
      }
      const key = await findKey(db, named)
      const arn = key ? keyArn(home, key.id) : aliasArn(home, named.alias)
      const reason = (await authorise([arn])).denied.get(arn)
      if (reason !== undefined) throw refuse('AccessDeniedException', reason)
      if (!key) throw refuse('NotFoundException', `Alias ${arn} is not found.`)
      return { KeyMetadata: toMetadata(home, key, await countUses(db, key.id, key.version)) }
    },
  })
