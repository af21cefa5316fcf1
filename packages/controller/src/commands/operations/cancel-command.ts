import { operation } from '#api/operation.ts'
import { findInvocations } from '../delivery/open-rows.ts'
import type { CommandParts } from '../parts.ts'
import { findCommandKeys } from '../store.ts'

/** Cancels a command, or its invocations on some nodes; one that is over already stays as it is. */
export const cancelCommand = (parts: CommandParts) =>
  operation('CancelCommand', {
    kind: 'write',
    access: { action: 'ssm:CancelCommand', resources: () => ['*'] },

    async handle(tx, { CommandId, InstanceIds = [] }, { at, caller, refuse, afterCommit }) {
      const { dialect } = parts.db
      const commandKey = (await findCommandKeys(tx, dialect, [CommandId])).get(CommandId)
      if (commandKey === undefined) throw refuse('InvalidCommandId')
      if (new Set(InstanceIds).size < InstanceIds.length) throw refuse('DuplicateInstanceId')
      const nodeKeys: number[] = []
      const unknown: string[] = []
      for (const id of InstanceIds) {
        const nodeKey = await parts.fleet.findKey(tx, id)
        if (nodeKey === undefined) unknown.push(id)
        else nodeKeys.push(nodeKey)
      }
      if (unknown.length > 0 || (await missing(nodeKeys)))
        throw refuse('InvalidInstanceId', `The command was not sent to all of ${InstanceIds.join(', ')}.`)
      const chosen = InstanceIds.length > 0 ? { nodeKeys } : {}
      const follow = await parts.cancel(tx, { commandKey, ...chosen, principal: caller.arn, at })
      afterCommit(() => parts.follow(follow()))
      return {}

      async function missing(keys: readonly number[]): Promise<boolean> {
        if (keys.length === 0 || commandKey === undefined) return false
        return (await findInvocations(tx, dialect, commandKey, keys)).length < keys.length
      }
    },
  })
