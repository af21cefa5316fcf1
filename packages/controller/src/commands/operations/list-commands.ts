import { operation } from '#api/operation.ts'
import { decodeToken, encodeToken, pageQuery } from '#kit/paging.ts'
import { parseListFilter } from '../filter.ts'
import { type ListedCommand, listCommands as listPage } from '../list-store.ts'
import type { CommandParts } from '../parts.ts'
import { findCommandKeys } from '../store.ts'
import { toCommand } from '../wire.ts'

const PAGE = 50

/**
 * Lists commands, newest first.
 * @coverage all filters
 */
export const listCommands = ({ db: store, sealer, fleet }: CommandParts) =>
  operation('ListCommands', {
    kind: 'read',
    access: { action: 'ssm:ListCommands', resources: () => ['*'] },

    async handle(db, input, { caller, refuse }) {
      const parsed = parseListFilter(input.Filters ?? [], 'commands')
      if (!parsed.ok) throw refuse(parsed.code, parsed.text)
      const nodeKey = input.InstanceId === undefined ? undefined : await fleet.findKey(db, input.InstanceId)
      if (input.InstanceId !== undefined && nodeKey === undefined)
        throw refuse('InvalidInstanceId', `${input.InstanceId} is not a managed node.`)
      const scope = { principal: caller.id, query: pageQuery('ListCommands', input) }
      const after = input.NextToken === undefined ? undefined : decodeToken(sealer, scope, input.NextToken)
      if (input.NextToken !== undefined && after === undefined)
        throw refuse('InvalidNextToken', 'The token does not continue this list.')

      const { CommandId } = input
      const commandKey =
        CommandId === undefined ? undefined : (await findCommandKeys(db, store.dialect, [CommandId])).get(CommandId)
      if (CommandId !== undefined && commandKey === undefined) throw refuse('InvalidCommandId')
      const limit = input.MaxResults ?? PAGE
      const rows = await listPage(db, {
        filter: parsed.filter,
        ...(commandKey !== undefined && { commandKey }),
        ...(nodeKey !== undefined && { nodeKey }),
        after: after as [number, number] | undefined,
        limit: limit + 1,
      })
      const shown = rows.slice(0, limit)
      const last: ListedCommand | undefined = rows.length > limit ? shown.at(-1) : undefined
      return {
        Commands: shown.map((row) => toCommand(sealer, row)),
        ...(last && { NextToken: encodeToken(sealer, scope, [last.requested_at, last.key]) }),
      }
    },
  })
