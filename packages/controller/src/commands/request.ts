import type { SendCommandRequest } from '@muster/protocol/api'
import { type EnvelopeStep, freezeSteps } from '@muster/protocol/delivery'
import { checkParameters, PARAMETERS_PROBLEM } from '@muster/protocol/documents'
import type { GivenConditions } from '#api/conditions.ts'
import type { OperationContext } from '#api/operation.ts'
import type { Reader } from '#db/index.ts'
import { nodeArn } from '#kit/identity.ts'
import type { CommandDocument, CommandsDeps, TargetRequest, TargetSelection } from './deps.ts'
import { freezeDocuments } from './nested/freeze-documents.ts'
import { findStoreValues, referencesOf } from './values/store-values.ts'

type Context = Pick<OperationContext<'SendCommand'>, 'authorise' | 'refuse'>

/** The targets of a request. */
export function readTargets(input: SendCommandRequest, { refuse }: Context): TargetRequest {
  const instanceIds = input.InstanceIds ?? []
  const targets = (input.Targets ?? []).map(({ Key = '', Values = [] }) => ({ key: Key, values: Values }))
  if (instanceIds.length === 0 && targets.length === 0)
    throw refuse('InvalidInstanceId', 'Give InstanceIds or Targets: no target never means every node.')
  if (new Set(instanceIds).size < instanceIds.length) throw refuse('DuplicateInstanceId')
  return { instanceIds, targets }
}

/** The version that the request means, checked against the hash that it gives. */
export async function findDocument(
  db: Reader,
  { documents }: CommandsDeps,
  { DocumentName, DocumentVersion = '$DEFAULT', DocumentHash, DocumentHashType }: SendCommandRequest,
  { refuse }: Context,
): Promise<CommandDocument> {
  const found = await documents.find(db, DocumentName, DocumentVersion)
  if (found === undefined) throw refuse('InvalidDocument', `Document with name ${DocumentName} does not exist.`)
  if (found === 'version-missing')
    throw refuse('InvalidDocumentVersion', `Document ${DocumentName} has no version ${DocumentVersion}.`)
  if ('otherType' in found)
    throw refuse(
      'InvalidDocument',
      `Document ${DocumentName} is of type ${found.otherType}: only documents of type Command can be sent.`,
    )
  if (DocumentHashType === 'Sha1')
    throw refuse('ValidationException', 'DocumentHashType Sha1 is not supported: give the Sha256 of the content.')
  if (DocumentHash === undefined || DocumentHash === '') return found
  if (DocumentHash.toLowerCase() !== found.hash)
    throw refuse('InvalidDocument', `The content of ${found.name} version ${found.version} has another hash.`)
  return found
}

/** The document's steps with everything put in that the request gives or refers to. */
export async function freezeRequest(
  db: Reader,
  parts: CommandsDeps,
  { document }: CommandDocument,
  given: Readonly<Record<string, readonly string[]>>,
  context: Context,
): Promise<readonly EnvelopeStep[]> {
  const { refuse } = context
  const found = await findStoreValues(db, parts, referencesOf(document, given), context)
  if (!found.ok) throw refuse('InvalidParameters', `${PARAMETERS_PROBLEM} ${found.text}`)
  const checked = checkParameters(document, given, found.values)
  if (!checked.ok) throw refuse('InvalidParameters', `${checked.problem.summary} ${checked.problem.detail}`)
  const frozen = freezeSteps(document, checked.values, found.values)
  if (!frozen.ok) throw refuse('InvalidParameters', frozen.text)
  return freezeDocuments(db, parts, frozen.steps, context)
}

/** Refuses targets that are no nodes, and named nodes that the document has nothing for. */
export function refuseSelection(
  { home }: CommandsDeps,
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
export async function authoriseNodes(
  { home }: CommandsDeps,
  { known, named }: TargetSelection,
  radius: GivenConditions,
  { authorise, refuse }: Context,
): Promise<ReadonlyMap<string, string>> {
  const arns = new Map(known.map(({ id }) => [nodeArn(home, id), id]))
  const { denied } = await authorise([...arns.keys()], undefined, radius)
  const [first] = denied.values()
  // What reaches too far for its caller is no command of which every node failed.
  const reachesTooFar = Object.keys(radius).length > 0 && denied.size === known.length
  if ((named || reachesTooFar) && first !== undefined) throw refuse('AccessDeniedException', first)
  return new Map([...denied].map(([arn, text]) => [arns.get(arn) ?? arn, text]))
}

/** How people read what was asked for. */
export const selectorOf = ({ instanceIds, targets }: TargetRequest): string =>
  instanceIds.length > 0
    ? 'InstanceIds'
    : targets
        .map(({ key, values }) => `${key}=${values.join('|')}`)
        .join(' and ')
        .slice(0, 500)
