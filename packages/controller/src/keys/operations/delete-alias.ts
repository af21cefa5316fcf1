import { operation } from '#api/operation.ts'
import { aliasArn, findAliasProblem } from '../alias.ts'
import type { KeyOperationDeps } from '../deps.ts'
import { keyArn } from '../key.ts'
import { findAlias, removeAlias } from '../store.ts'

/** Removes an alias; its key stays, with all that it sealed. */
export const deleteAlias = ({ home }: KeyOperationDeps) =>
  operation('DeleteAlias', {
    kind: 'write',
    access: { action: 'kms:DeleteAlias', resources: ({ AliasName }) => [aliasArn(home, AliasName)] },

    async handle(tx, { AliasName }, { authorise, refuse }) {
      const problem = findAliasProblem(AliasName)
      if (problem !== undefined) throw refuse('InvalidAliasNameException', problem)
      const alias = await findAlias(tx, AliasName)
      if (!alias) throw refuse('NotFoundException', `Alias ${aliasArn(home, AliasName)} is not found.`)
      const arn = keyArn(home, alias.key_id)
      const reason = (await authorise([arn])).denied.get(arn)
      if (reason !== undefined) throw refuse('AccessDeniedException', reason)
      await removeAlias(tx, AliasName)
      return {}
    },
  })
