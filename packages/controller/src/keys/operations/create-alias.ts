import { operation } from '#api/operation.ts'
import { aliasArn, findAliasProblem, MAX_ALIASES } from '../alias.ts'
import type { KeyOperationDeps } from '../deps.ts'
import { keyArn } from '../key.ts'
import { namedArn, requireKey } from '../named.ts'
import { refusePending } from '../states.ts'
import { findAlias, insertAlias, listAliases } from '../store.ts'

/** Gives a key a name that can be moved to another key later. */
export const createAlias = ({ home }: KeyOperationDeps) =>
  operation('CreateAlias', {
    kind: 'write',
    access: {
      action: 'kms:CreateAlias',
      resources: ({ AliasName, TargetKeyId }) => [aliasArn(home, AliasName), namedArn(home, TargetKeyId)],
    },

    async handle(tx, { AliasName, TargetKeyId }, { at, refuse }) {
      const problem = findAliasProblem(AliasName)
      if (problem !== undefined) throw refuse('InvalidAliasNameException', problem)
      const key = await requireKey(tx, home, TargetKeyId, refuse)
      const arn = keyArn(home, key.id)
      refusePending(key, arn, refuse)
      if (await findAlias(tx, AliasName))
        throw refuse('AlreadyExistsException', `An alias with the name ${aliasArn(home, AliasName)} already exists`)
      if ((await listAliases(tx, { keyId: key.id, limit: MAX_ALIASES })).length >= MAX_ALIASES)
        throw refuse('LimitExceededException', `A key has at most ${MAX_ALIASES} aliases: ${arn} has them.`)
      await insertAlias(tx, { name: AliasName, key_id: key.id, created_at: at, updated_at: at })
      return {}
    },
  })
