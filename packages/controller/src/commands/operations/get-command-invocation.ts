import { operation } from '#api/operation.ts'
import { findInvocation, findSteps } from '../list-store.ts'
import { mergePlugins } from '../merge-plugins.ts'
import { hasBucket } from '../options.ts'
import type { CommandParts } from '../parts.ts'
import { chooseStep } from '../step-choice.ts'
import { findCommandKeys } from '../store.ts'
import { findUploads } from '../upload/store.ts'
import { toInvocationView } from '../wire.ts'

/** Shows one command on one node, with the first 24,000 and 8,000 characters of its output. */
export const getCommandInvocation = ({ db: store, fleet }: CommandParts) =>
  operation('GetCommandInvocation', {
    kind: 'read',
    access: { action: 'ssm:GetCommandInvocation', resources: () => ['*'] },

    async handle(db, { CommandId, InstanceId, PluginName }, { refuse }) {
      const commandKey = (await findCommandKeys(db, store.dialect, [CommandId])).get(CommandId)
      const nodeKey = await fleet.findKey(db, InstanceId)
      // An unknown command is not told apart from one that was not sent there, as in the service.
      if (commandKey === undefined || nodeKey === undefined) throw refuse('InvocationDoesNotExist')
      const row = await findInvocation(db, commandKey, nodeKey)
      if (row === undefined) throw refuse('InvocationDoesNotExist')
      const steps = mergePlugins(await findSteps(db, commandKey, nodeKey))
      const choice = chooseStep(steps, PluginName)
      if (choice.kind === 'unknown') throw refuse('InvalidPluginName')
      const uploads = hasBucket(row) ? await findUploads(db, commandKey, nodeKey) : []
      return toInvocationView(row, InstanceId, { steps, uploads }, choice.kind === 'step' ? choice.step : undefined)
    },
  })
