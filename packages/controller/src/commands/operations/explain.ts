import { operation } from '#api/operation.ts'
import { explainCommand, explainInvocation } from '../explain.ts'
import { readLate } from '../late-record.ts'
import { findCommand, findInvocation, findProof } from '../list-store.ts'
import { hasBucket } from '../options.ts'
import type { CommandParts } from '../parts.ts'
import { findUploads } from '../upload/store.ts'

/** Answers "why": every decision about a command or one of its invocations, and one sentence. */
export const explain = ({ fleet, hub }: CommandParts) =>
  operation('Explain', {
    kind: 'read',
    access: { action: 'ssm:GetCommandInvocation', resources: () => ['*'] },

    async handle(db, { Subject, At }, { refuse }) {
      const until = At === undefined ? Number.POSITIVE_INFINITY : At * 1000
      const command = await findCommand(db, Subject.Id)
      if (command === undefined) throw refuse('InvalidCommandId')
      if (Subject.Type === 'Command') return explainCommand(command, until)
      if (Subject.InstanceId === undefined)
        throw refuse('InvalidParameters', 'Subject.InstanceId says which invocation of the command is meant.')
      const nodeKey = await fleet.findKey(db, Subject.InstanceId)
      const row = nodeKey === undefined ? undefined : await findInvocation(db, command.key, nodeKey)
      if (nodeKey === undefined || row === undefined) throw refuse('InvocationDoesNotExist')
      const isConnected = hub.isConnected(nodeKey) || (await hub.elsewhere(db, [nodeKey])).has(nodeKey)
      const uploads = hasBucket(row) ? await findUploads(db, command.key, nodeKey) : []
      const late = row.late_at === null ? undefined : readLate(await findProof(db, command.key, nodeKey))
      const quarantine = (await fleet.quarantined(db, [nodeKey])).get(nodeKey)
      const trouble = await fleet.troubleOf(db, nodeKey)
      return explainInvocation(command, row, { isConnected, trouble, quarantine, uploads, late, until })
    },
  })
