import { type EnvelopeStep, secretsOf } from '@muster/protocol/delivery'
import type { SecretReference } from '@muster/protocol/documents'
import { CallFailed, type Calls } from '#link/index.ts'
import type { Execution } from './execution.ts'
import { because, type Reason } from './step-result.ts'

interface Deps {
  readonly calls: Pick<Calls, 'call'>
  readonly execution: Pick<Execution, 'secretsProblem'>
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>
  readonly signal: AbortSignal
}

/** Variables and their values, or why the step cannot have them. */
type Fetched = { readonly values: Readonly<Record<string, string>> | undefined } | { readonly why: Reason }

const WAIT_MS = 60_000
const RETRY_MS = 1_000
const PASSING: ReadonlySet<string> = new Set(['ThrottlingException', 'InternalServerError', 'ServiceUnavailable'])

/**
 * Reads what a step's variables refer to, as this node: the controller asks its role. Nothing of it is kept here, and an
 * attempt that runs on through a restart of the agent has its values already.
 */
export async function fetchSecrets(deps: Deps, wanted: EnvelopeStep): Promise<Fetched> {
  const { name: step } = wanted
  const entries = Object.entries(secretsOf(wanted))
  if (entries.length === 0) return { values: undefined }
  const refuse = (parameter: string, problem: string): Fetched => ({
    why: because('SecretUnavailable', { step, parameter, problem }),
  })
  const problem = await deps.execution.secretsProblem()
  if (problem !== undefined) return refuse(nameOf(entries[0]?.[1]), problem)
  const known = new Map<string, string>()
  const values: [string, string][] = []
  for (const [variable, reference] of entries) {
    const parameter = nameOf(reference)
    const read = known.has(parameter) ? { value: known.get(parameter) ?? '' } : await readValue(deps, parameter)
    if ('problem' in read) return refuse(parameter, read.problem)
    known.set(parameter, read.value)
    values.push([variable, read.value])
  }
  return { values: Object.fromEntries(values) }
}

const nameOf = (reference: SecretReference | undefined): string =>
  reference === undefined ? '' : `${reference.name}:${reference.version}`

async function readValue(deps: Deps, parameter: string): Promise<{ value: string } | { problem: string }> {
  const { calls, pause, signal } = deps
  const enough = AbortSignal.timeout(WAIT_MS)
  try {
    for (;;) {
      const input = { Name: parameter, WithDecryption: true }
      const answer = await calls.call('GetParameter', input, AbortSignal.any([signal, enough]))
      if (answer.ok) return toValue(answer.output)
      if (!PASSING.has(answer.code) || enough.aborted)
        return { problem: `${answer.code}${answer.message && `: ${answer.message}`}` }
      await pause(RETRY_MS, signal)
    }
  } catch (error) {
    // The agent stops: its next life starts the step anew.
    signal.throwIfAborted()
    if (error instanceof CallFailed) return { problem: error.message }
    throw error
  }
}

function toValue(output: unknown): { value: string } | { problem: string } {
  const { Parameter }: { Parameter?: unknown } = Object(output)
  const { Value }: { Value?: unknown } = Object(Parameter)
  return typeof Value === 'string' ? { value: Value } : { problem: 'the answer has an unknown form' }
}
