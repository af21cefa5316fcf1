import { operation } from '#api/operation.ts'
import { decodeToken, encodeToken, pageQuery } from '#kit/paging.ts'
import { parseListFilter } from '../filter.ts'
import { listInvocations } from '../list-store.ts'
import type { CommandParts } from '../parts.ts'
import { showInvocations } from '../show.ts'
import { findCommandKeys } from '../store.ts'

const PAGE = 50

/**
 * Lists invocations, those of the newest command first; with details their steps and the heads of their output.
 * @coverage all filters; no TraceOutput
 */
export const listCommandInvocations = ({ db: store, sealer, fleet }: CommandParts) =>
  operation('ListCommandInvocations', {
    kind: 'read',
    access: { action: 'ssm:ListCommandInvocations', resources: () => ['*'] },

    async handle(db, input, { caller, refuse }) {
      const parsed = parseListFilter(input.Filters ?? [], 'invocations')
      if (!parsed.ok) throw refuse(parsed.code, parsed.text)
      const { CommandId, InstanceId, NextToken } = input
      const scope = { principal: caller.id, query: pageQuery('ListCommandInvocations', input) }
      const after = NextToken === undefined ? undefined : decodeToken(sealer, scope, NextToken)
      if (NextToken !== undefined && after === undefined)
        throw refuse('InvalidNextToken', 'The token does not continue this list.')
      const nodeKey = InstanceId === undefined ? undefined : await fleet.findKey(db, InstanceId)
      if (InstanceId !== undefined && nodeKey === undefined)
        throw refuse('InvalidInstanceId', `${InstanceId} is not a managed node.`)
      const commandKey =
        CommandId === undefined ? undefined : (await findCommandKeys(db, store.dialect, [CommandId])).get(CommandId)
      if (CommandId !== undefined && commandKey === undefined) throw refuse('InvalidCommandId')

      const limit = input.MaxResults ?? PAGE
      const rows = await listInvocations(db, {
        filter: parsed.filter,
        ...(commandKey !== undefined && { commandKey }),
        ...(nodeKey !== undefined && { nodeKey }),
        after: after as [number, number] | undefined,
        limit: limit + 1,
      })
      const shown = rows.slice(0, limit)
      const last = rows.length > limit ? shown.at(-1) : undefined
      return {
        CommandInvocations: await showInvocations(db, fleet, shown, input.Details ?? false),
        ...(last && { NextToken: encodeToken(sealer, scope, [last.command_key, last.node_key]) }),
      }
    },
  })
