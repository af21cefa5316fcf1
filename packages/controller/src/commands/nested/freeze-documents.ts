import {
  type EnvelopeStep,
  type FrozenDocument,
  freezeSteps,
  MAX_FROZEN_CHARS,
  withDocument,
} from '@muster/protocol/delivery'
import {
  checkParameters,
  MAX_DOCUMENT_DEPTH,
  readDocumentPath,
  readNestedParameters,
  storeReferences,
  tooDeepText,
} from '@muster/protocol/documents'
import type { OperationContext } from '#api/operation.ts'
import type { CommandDocument, CommandsDeps, DocumentText } from '#commands/deps.ts'
import { findStoreValues, referencesOf } from '#commands/values/store-values.ts'
import type { Reader } from '#db/index.ts'

type Context = Pick<OperationContext<'SendCommand'>, 'authorise' | 'refuse'>

/**
 * Puts the documents that steps name into them, versions, parameters and all, so that what runs is what was there when
 * the command was accepted. What is wrong with one is the business of its step, which may never run; that the caller may
 * not run one refuses the command, and so does more than fits into it.
 */
export async function freezeDocuments(
  db: Reader,
  parts: Pick<CommandsDeps, 'documents' | 'parameters'>,
  steps: readonly EnvelopeStep[],
  context: Context,
): Promise<readonly EnvelopeStep[]> {
  return new Freezer(db, parts, context).freeze(steps, 1)
}

class Freezer {
  readonly #db: Reader
  readonly #parts: Pick<CommandsDeps, 'documents' | 'parameters'>
  readonly #context: Context
  readonly #allowed = new Set<string>()
  #chars = 0

  constructor(db: Reader, parts: Pick<CommandsDeps, 'documents' | 'parameters'>, context: Context) {
    this.#db = db
    this.#parts = parts
    this.#context = context
  }

  async freeze(steps: readonly EnvelopeStep[], depth: number): Promise<readonly EnvelopeStep[]> {
    const frozen: EnvelopeStep[] = []
    for (const step of steps) {
      const document = await this.#documentOf(step, depth)
      frozen.push(document === undefined ? step : withDocument(step, document))
    }
    return frozen
  }

  #documentOf({ action, inputs }: EnvelopeStep, depth: number): Promise<FrozenDocument> | undefined {
    const { documentType, documentPath, documentParameters, sourceType, sourceInfo } = inputs
    if (action === 'aws:runDocument' && documentType === 'SSMDocument' && typeof documentPath === 'string')
      return this.#stepsOf(documentPath, documentParameters, depth)
    if (action === 'aws:downloadContent' && sourceType === 'SSMDocument') return this.#contentOf(sourceInfo)
    if (action === 'aws:configurePackage' && inputs['action'] === 'Install' && typeof inputs['name'] === 'string')
      return this.#packageOf(inputs['name'], inputs['version'])
    return undefined
  }

  async #stepsOf(
    path: string,
    parameters: EnvelopeStep['inputs'][string] | undefined,
    depth: number,
  ): Promise<FrozenDocument> {
    if (depth > MAX_DOCUMENT_DEPTH) return problem(tooDeepText(depth))
    const found = await this.#find(path)
    if (typeof found === 'string') return problem(found)
    const given = readNestedParameters(parameters)
    if (!given.ok) return problem(given.text)
    // Those of the step were looked up with the step: what looks like one now was a value.
    if (storeReferences(Object.values(given.given).map((list) => [...list])).some((each) => each.startsWith('ssm:')))
      return problem('documentParameters has a value that looks like a reference to Parameter Store ({{ ssm:… }})')
    const store = await findStoreValues(this.#db, this.#parts, referencesOf(found.document, given.given), this.#context)
    if (!store.ok) return problem(store.text)
    const checked = checkParameters(found.document, given.given, store.values)
    if (!checked.ok) return problem(`${checked.problem.summary} ${checked.problem.detail}`)
    const frozen = freezeSteps(found.document, checked.values, store.values)
    if (!frozen.ok) return problem(frozen.text)
    this.#take(JSON.stringify(frozen.steps).length)
    const { name, version, hash, document } = found
    const steps = await this.freeze(frozen.steps, depth + 1)
    return { kind: 'steps', name, version, hash, schemaVersion: document.schemaVersion, steps }
  }

  async #contentOf(sourceInfo: unknown): Promise<FrozenDocument> {
    const path = readSourceName(sourceInfo)
    if (path === undefined) return problem('sourceInfo names no document')
    const { name, version } = readDocumentPath(path)
    const found = await this.#read(name, { version })
    if (typeof found === 'string') return problem(found)
    this.#take(found.content.length)
    return { kind: 'content', ...toVersion(found), format: found.format, content: found.content }
  }

  /** A package is too large to travel: the node gets exactly this version of it when the step's turn comes. */
  async #packageOf(name: string, version: unknown): Promise<FrozenDocument> {
    const isGiven = typeof version === 'string' && version !== ''
    const found = await this.#read(name, isGiven ? { versionName: version } : {})
    if (typeof found === 'string') return problem(found)
    if (found.documentType !== 'Package')
      return problem(`Document ${name} is of type ${found.documentType}, no package.`)
    return { kind: 'version', ...toVersion(found) }
  }

  async #read(name: string, choice: { version?: string; versionName?: string }): Promise<DocumentText | string> {
    await this.#authorise(name, 'ssm:GetDocument')
    const found = await this.#parts.documents.read(this.#db, name, choice)
    if (found === undefined) return `Document with name ${name} does not exist.`
    if (found !== 'version-missing') return found
    return `Document ${name} has no version ${choice.versionName ?? choice.version}.`
  }

  async #find(path: string): Promise<CommandDocument | string> {
    const { name, version } = readDocumentPath(path)
    await this.#authorise(name, 'ssm:SendCommand')
    const found = await this.#parts.documents.find(this.#db, name, version)
    if (found === undefined) return `Document with name ${name} does not exist.`
    if (found === 'version-missing') return `Document ${name} has no version ${version}.`
    return 'otherType' in found ? `Document ${name} is of type ${found.otherType}: no node runs it.` : found
  }

  /** Who runs or reads a document through another one does it all the same. */
  async #authorise(name: string, action: string): Promise<void> {
    const arn = this.#parts.documents.arn(name)
    if (this.#allowed.has(`${action} ${arn}`)) return
    const { denied } = await this.#context.authorise([arn], action)
    const [text] = denied.values()
    if (text !== undefined) throw this.#context.refuse('AccessDeniedException', text)
    this.#allowed.add(`${action} ${arn}`)
  }

  #take(chars: number): void {
    this.#chars += chars
    if (this.#chars <= MAX_FROZEN_CHARS) return
    const text = `The documents that its steps name have more than ${MAX_FROZEN_CHARS} characters once parameters are put in.`
    throw this.#context.refuse('MaxDocumentSizeExceeded', text)
  }
}

const toVersion = ({ name, version, hash }: DocumentText) => ({ name, version: String(version), hash })

const problem = (text: string): FrozenDocument => ({ kind: 'problem', problem: text })

function readSourceName(sourceInfo: unknown): string | undefined {
  try {
    const { name }: { name?: unknown } = Object(typeof sourceInfo === 'string' ? JSON.parse(sourceInfo) : sourceInfo)
    return typeof name === 'string' && name !== '' ? name : undefined
  } catch {
    return undefined
  }
}
