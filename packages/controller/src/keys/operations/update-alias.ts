import { operation } from '#api/operation.ts'
import { aliasArn, findAliasProblem, MAX_ALIASES } from '../alias.ts'
import type { KeyOperationDeps } from '../deps.ts'
import { keyArn } from '../key.ts'
import { namedArn, requireKey } from '../named.ts'
import { refusePending } from '../states.ts'
import { findAlias, listAliases, updateAlias as update } from '../store.ts'

/** Moves an alias to another key: what is sealed stays with the key that sealed it. */
export const updateAlias = ({ home }: KeyOperationDeps) =>
  operation('UpdateAlias', {
    kind: 'write',
    access: {
      action: 'kms:UpdateAlias',
      resources: ({ AliasName, TargetKeyId }) => [aliasArn(home, AliasName), namedArn(home, TargetKeyId)],
    },

    async handle(tx, { AliasName, TargetKeyId }, { at, authorise, refuse }) {
      const problem = findAliasProblem(AliasName)
      if (problem !== undefined) throw refuse('InvalidAliasNameException', problem)
      const alias = await findAlias(tx, AliasName)
      if (!alias) throw refuse('NotFoundException', `Alias ${aliasArn(home, AliasName)} is not found.`)
      const left = keyArn(home, alias.key_id)
      const reason = (await authorise([left])).denied.get(left)
      if (reason !== undefined) throw refuse('AccessDeniedException', reason)
      const key = await requireKey(tx, home, TargetKeyId, refuse)
      const arn = keyArn(home, key.id)
      refusePending(key, arn, refuse)
      const isMoved = alias.key_id !== key.id
      if (isMoved && (await listAliases(tx, { keyId: key.id, limit: MAX_ALIASES })).length >= MAX_ALIASES)
        throw refuse('LimitExceededException', `A key has at most ${MAX_ALIASES} aliases: ${arn} has them.`)
      await update(tx, AliasName, { key_id: key.id, updated_at: at })
      return {}
    },
  })
