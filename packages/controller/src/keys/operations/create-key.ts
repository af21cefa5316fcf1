import { operation } from '#api/operation.ts'
import { findTagsProblem, fromTagList } from '#tags/index.ts'
import { KEY_TYPE } from '../delete.ts'
import type { KeyOperationDeps } from '../deps.ts'
import { keyArn } from '../key.ts'
import { makeKey } from '../make-key.ts'
import { listKeyIds } from '../store.ts'
import { toMetadata } from '../wire.ts'

const MAX_KEYS = 10_000

/**
 * Makes a key that secrets can be sealed with.
 * @coverage symmetric keys of Muster's own material; no key policies, no import, no other regions; tags are Key and Value
 */
export const createKey = (deps: KeyOperationDeps) =>
  operation('CreateKey', {
    kind: 'write',
    access: { action: 'kms:CreateKey', resources: () => ['*'] },

    async handle(tx, { Description = '', Tags }, { at, authorise, refuse }) {
      const tags = fromTagList(Tags)
      const problem = findTagsProblem(tags)
      if (problem !== undefined) throw refuse('TagException', problem)
      if ((await listKeyIds(tx, undefined, MAX_KEYS)).length >= MAX_KEYS)
        throw refuse('LimitExceededException', `There are at most ${MAX_KEYS} keys.`)
      const key = await makeKey(tx, deps, { description: Description, manager: 'CUSTOMER' }, at)
      if (tags.length > 0) {
        const arn = keyArn(deps.home, key.id)
        const reason = (await authorise([arn], 'kms:TagResource')).denied.get(arn)
        if (reason !== undefined) throw refuse('AccessDeniedException', reason)
        await deps.tags.put(tx, KEY_TYPE, key.id, tags)
      }
      return { KeyMetadata: toMetadata(deps.home, key, { sealed: 0, toRewrap: 0 }) }
    },
  })
