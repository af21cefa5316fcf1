import { mayPass } from '#access/index.ts'
import { operation } from '#api/operation.ts'
import { type PlannedCommand, planCommand } from '../command.ts'
import { findCommand } from '../list-store.ts'
import { readOptions } from '../options.ts'
import type { CommandParts } from '../parts.ts'
import { authoriseNodes, findDocument, freezeRequest, readTargets, refuseSelection, selectorOf } from '../request.ts'
import { insertCommand } from '../store.ts'
import { radiusOf, selectTargets } from '../targets.ts'
import { toCommand } from '../wire.ts'

const DEFAULT_TIMEOUT_SECONDS = 3600

/**
 * Starts a document on every node that the request names or selects.
 * @coverage every member is honoured or refused: output goes to a bucket (a folder, or a store that speaks S3) and its URLs are there once it is written; NotificationConfig, ServiceRoleArn and AlarmConfiguration are kept and shown, nothing is published or watched yet; CloudWatchOutputConfig cannot be enabled, since Muster has no CloudWatch Logs; DocumentHash is the Sha256, Sha1 is refused; Targets: tag:KEY, tag-key, InstanceIds, resource-groups:Name (groups of Muster.CreateGroup) and resource-groups:ResourceTypeFilters beside it
 */
export const sendCommand = (parts: CommandParts) =>
  operation('SendCommand', {
    kind: 'write',
    rate: 'send',
    access: {
      action: 'ssm:SendCommand',
      resources: ({ DocumentName }) => [parts.documents.arn(DocumentName)],
      resolves: 'nodes',
    },

    async handle(tx, input, context) {
      const { at, caller, refuse, afterCommit } = context
      const targets = readTargets(input, context)
      const options = readOptions(input, refuse)
      if (options.serviceRole !== undefined) await mayPass(options.serviceRole, context)
      const document = await findDocument(tx, parts, input, context)
      const given = input.Parameters ?? {}
      const steps = await freezeRequest(tx, parts, document, given, context)

      const selection = await selectTargets(tx, parts, targets)
      refuseSelection(parts, selection, document, context)
      const radius = await radiusOf(tx, parts, selection, context)
      const denied = await authoriseNodes(parts, selection, radius, context)

      const nodeKeys = selection.known.map(({ key }) => key)
      const elsewhere = await parts.hub.elsewhere(tx, nodeKeys)
      const away = nodeKeys.filter((key) => !parts.hub.isConnected(key) && !elsewhere.has(key))
      const plan = planCommand({
        elsewhere,
        quarantined: new Set((await parts.fleet.quarantined(tx, away)).keys()),
        ...{ id: parts.ids.uuid(), at, principal: { id: caller.id, arn: caller.arn }, document, given, denied },
        ...{ steps, nodes: selection.known, isConnected: parts.hub.isConnected },
        now: parts.clock.now,
        ...{ selector: selectorOf(targets), comment: input.Comment ?? '', instanceIds: input.InstanceIds ?? [] },
        ...{ targets: input.Targets ?? [], maxConcurrency: input.MaxConcurrency ?? '50' },
        ...{ maxErrors: input.MaxErrors ?? '0', timeoutSeconds: input.TimeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS },
        options,
      })
      if (!plan.ok) throw refuse(plan.code, plan.problem)
      const { command } = plan
      const key = await insertCommand(tx, { dialect: parts.db.dialect, sealer: parts.sealer }, command)
      await parts.failpoint('send-command-accepting')
      afterCommit(() => {
        parts.tell(key, [])
        parts.follow(handOver(parts, key, command))
      })
      const row = await findCommand(tx, command.request.id)
      if (row === undefined) throw new Error('The command that was just written is not there.')
      // The answer is of the moment of acceptance: nothing was handed over yet.
      return { Command: toCommand(parts.sealer, { ...row, state: row.terminal === 0 ? 'Pending' : row.state }) }
    },
  })

async function handOver(parts: CommandParts, key: number, command: PlannedCommand): Promise<void> {
  await parts.failpoint('send-command-accepted')
  const { envelope, deliverBy, expiresAt, request, released, errorLimit } = command
  parts.transit.depart({ key, errors: 0, errorLimit }, released)
  if (request.elsewhere.size > 0) parts.peers?.hints.send('work', [key])
  const hasBucket = request.options.output !== undefined
  parts.frozen.add({ key, id: request.id, envelope, deliverBy, expiresAt, hasBucket })
  await parts.rollout.handOver(released.length > 0 ? [{ workKey: key, targets: released }] : [])
}
