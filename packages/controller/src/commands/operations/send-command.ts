import type { SendCommandRequest } from '@muster/protocol/api'
import { checkParameters, hasParameterStoreReference } from '@muster/protocol/documents'
import { type OperationContext, operation } from '#api/operation.ts'
import type { Reader } from '#db/index.ts'
import { nodeArn } from '#kit/identity.ts'
import { planCommand } from '../command.ts'
import type { CommandDocument, TargetRequest, TargetSelection } from '../deps.ts'
import { findCommand } from '../list-store.ts'
import type { CommandParts } from '../parts.ts'
import { insertCommand } from '../store.ts'
import { toCommand } from '../wire.ts'

type Context = OperationContext<'SendCommand'>

const DEFAULT_TIMEOUT_SECONDS = 3600

/** Members that would be a silent lie if they were taken: what they ask for does not exist yet. */
const NOT_BUILT = [
  'OutputS3Region',
  'OutputS3BucketName',
  'OutputS3KeyPrefix',
  'ServiceRoleArn',
  'NotificationConfig',
  'CloudWatchOutputConfig',
  'AlarmConfiguration',
] as const satisfies readonly (keyof SendCommandRequest)[]

/** Starts a document on every node that the request names or selects. */
export const sendCommand = (parts: CommandParts) =>
  operation('SendCommand', {
    kind: 'write',
    access: {
      action: 'ssm:SendCommand',
      resources: ({ DocumentName }) => [parts.documents.arn(DocumentName)],
      resolves: 'nodes',
    },

    async handle(tx, input, context) {
      const { at, caller, refuse, afterCommit } = context
      const targets = readTargets(input, context)
      const document = await findDocument(tx, parts, input, context)
      const given = input.Parameters ?? {}
      const checked = checkParameters(document.document, given)
      if (!checked.ok) throw refuse('InvalidParameters', `${checked.problem.summary} ${checked.problem.detail}`)
      refuseParameterStore(document, [...checked.values.values()], context)

      const selection = await parts.fleet.select(tx, targets)
      refuseSelection(parts, selection, document, context)
      const denied = authoriseNodes(parts, selection, context)

      const plan = planCommand({
        ...{ id: parts.ids.uuid(), at, principal: { id: caller.id, arn: caller.arn }, document, given, denied },
        ...{ parameters: checked.values, nodes: selection.known, isConnected: parts.hub.isConnected },
        ...{ selector: selectorOf(targets), comment: input.Comment ?? '', instanceIds: input.InstanceIds ?? [] },
        ...{ targets: input.Targets ?? [], maxConcurrency: input.MaxConcurrency ?? '50' },
        ...{ maxErrors: input.MaxErrors ?? '0', timeoutSeconds: input.TimeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS },
      })
      if (!plan.ok) throw refuse('InvalidParameters', plan.problem)
      const { command } = plan
      const key = await insertCommand(tx, { dialect: parts.db.dialect, sealer: parts.sealer }, command)
      await parts.failpoint('send-command-accepting')
      afterCommit(() => parts.follow(handOver(parts, key, command)))
      const row = await findCommand(tx, command.request.id)
      if (row === undefined) throw new Error('The command that was just written is not there.')
      // The answer is of the moment of acceptance: nothing was handed over yet.
      return { Command: toCommand(parts.sealer, { ...row, state: row.terminal === 0 ? 'Pending' : row.state }) }
    },
  })

type Planned = Extract<ReturnType<typeof planCommand>, { ok: true }>['command']

async function handOver(parts: CommandParts, key: number, command: Planned): Promise<void> {
  await parts.failpoint('send-command-accepted')
  const { envelope, deliverBy, expiresAt, request, released } = command
  parts.frozen.add({ key, id: request.id, envelope, deliverBy, expiresAt })
  await parts.rollout.handOver(released.length > 0 ? [{ workKey: key, targets: released }] : [])
}

function readTargets(input: SendCommandRequest, { refuse }: Context): TargetRequest {
  for (const member of NOT_BUILT) {
    if (input[member] !== undefined && input[member] !== '')
      throw refuse('ValidationException', `${member} is not built yet: docs/coverage.md`)
  }
  const instanceIds = input.InstanceIds ?? []
  const targets = (input.Targets ?? []).map(({ Key = '', Values = [] }) => ({ key: Key, values: Values }))
  if (instanceIds.length === 0 && targets.length === 0)
    throw refuse('InvalidInstanceId', 'Give InstanceIds or Targets: no target never means every node.')
  if (new Set(instanceIds).size < instanceIds.length) throw refuse('DuplicateInstanceId')
  return { instanceIds, targets }
}

async function findDocument(
  db: Reader,
  { documents }: CommandParts,
  { DocumentName, DocumentVersion = '$DEFAULT', DocumentHash, DocumentHashType }: SendCommandRequest,
  { refuse }: Context,
): Promise<CommandDocument> {
  const found = await documents.find(db, DocumentName, DocumentVersion)
  if (found === undefined) throw refuse('InvalidDocument', `Document with name ${DocumentName} does not exist.`)
  if (found === 'version-missing')
    throw refuse('InvalidDocumentVersion', `Document ${DocumentName} has no version ${DocumentVersion}.`)
  if (DocumentHash === undefined) return found
  if (DocumentHashType === 'Sha1')
    throw refuse('ValidationException', 'DocumentHashType Sha1 is not supported: give the Sha256 of the content.')
  if (DocumentHash.toLowerCase() !== found.hash)
    throw refuse('InvalidDocument', `The content of ${found.name} version ${found.version} has another hash.`)
  return found
}

function refuseParameterStore(
  { document }: CommandDocument,
  parameters: readonly { readonly value: unknown }[],
  { refuse }: Context,
): void {
  const inputs = document.steps.map((step) => step.inputs)
  if (!hasParameterStoreReference(JSON.parse(JSON.stringify([inputs, parameters])))) return
  throw refuse('InvalidParameters', 'References to Parameter Store ({{ ssm:… }}) are not built yet: docs/coverage.md')
}

function refuseSelection(
  { home }: CommandParts,
  { known, unknown, named, problem }: TargetSelection,
  { name, platformTypes }: CommandDocument,
  { refuse }: Context,
): void {
  if (problem !== undefined) throw refuse('ValidationException', problem)
  if (unknown.length > 0) {
    const ids = unknown.join(', ')
    throw refuse('InvalidInstanceId', `Instances [[${ids}]] not in a valid state for account ${home.accountId}`)
  }
  if (!named) return
  const unfit = known.filter(({ host }) => !platformTypes.includes(host.platformType))
  if (unfit.length === 0) return
  const ids = unfit.map(({ id }) => id).join(', ')
  throw refuse('UnsupportedPlatformType', `The document ${name} has no step for the platform of ${ids}.`)
}

/** Texts for the nodes that the caller may not command; where nodes are named, one of them is too many. */
function authoriseNodes(
  { home }: CommandParts,
  { known, named }: TargetSelection,
  { authorise, refuse }: Context,
): ReadonlyMap<string, string> {
  const arns = new Map(known.map(({ id }) => [nodeArn(home, id), id]))
  const { denied } = authorise([...arns.keys()])
  const [first] = denied.values()
  if (named && first !== undefined) throw refuse('AccessDeniedException', first)
  return new Map([...denied].map(([arn, text]) => [arns.get(arn) ?? arn, text]))
}

const selectorOf = ({ instanceIds, targets }: TargetRequest): string =>
  instanceIds.length > 0
    ? 'InstanceIds'
    : targets
        .map(({ key, values }) => `${key}=${values.join('|')}`)
        .join(' and ')
        .slice(0, 500)
