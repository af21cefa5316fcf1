import {
  type Document,
  freezePrecondition,
  misplacedSecret,
  type ResolvedParameters,
  revealedSecrets,
  type SecretReference,
  type Step,
  type StoreValues,
  stepTimeoutSeconds,
  storeParameters,
  substitutedChars,
  substituteInputs,
} from '#documents/index.ts'
import type { EnvelopeStep, FrozenDocument } from './envelope.ts'
import { sha256Hex } from './hash.ts'

export type FreezeResult =
  | { readonly ok: true; readonly steps: readonly EnvelopeStep[] }
  | { readonly ok: false; readonly text: string }

/** Inputs of all steps together; a small document that refers often to a large value would make far more. */
export const MAX_FROZEN_CHARS = 1_048_576

/**
 * Puts resolved parameters, and the values of Parameter Store that the steps themselves refer to, into a document's steps,
 * once a command: what every node will run.
 */
export function freezeSteps(
  { steps }: Pick<Document, 'steps'>,
  resolved: ResolvedParameters,
  store: StoreValues = new Map(),
): FreezeResult {
  const parameters = new Map([...resolved, ...storeParameters(store)])
  const misplaced = misplacedSecret({ steps }, parameters)
  if (misplaced !== undefined) return { ok: false, text: misplaced }
  // Every step carries the variables of its process.
  let chars = steps.length * variableChars(parameters)
  for (const { inputs, precondition = {} } of steps) chars += substitutedChars([inputs, precondition], parameters)
  if (chars > MAX_FROZEN_CHARS) {
    return { ok: false, text: `The steps have more than ${MAX_FROZEN_CHARS} characters once parameters are put in.` }
  }
  return { ok: true, steps: steps.map((step) => freezeStep(step, parameters)) }
}

function freezeStep({ index, name, action, inputs, precondition }: Step, parameters: ResolvedParameters): EnvelopeStep {
  const { value, env, secrets: variables } = substituteInputs(action, inputs, parameters)
  const known = [...parameters.values()].flatMap(({ secrets = [] }) => secrets)
  const revealed = revealedSecrets(action, value, known).map((secret) => [secretVariable(secret), secret])
  const secrets: Record<string, SecretReference> = { ...variables, ...Object.fromEntries(revealed) }
  return {
    index,
    name,
    action,
    timeoutSeconds: stepTimeoutSeconds(value),
    inputs: value,
    ...(Object.keys(env).length > 0 && { env }),
    ...(Object.keys(secrets).length > 0 && { secrets }),
    ...(precondition && { precondition: freezePrecondition(precondition, parameters) }),
  }
}

/** The variable by which a secret reaches an action that is a program of Muster's own, and the steps inside of it. */
export const secretVariable = ({ name, version }: SecretReference): string =>
  `MUSTER_SECRET_${sha256Hex(new TextEncoder().encode(`${name}:${version}`)).slice(0, 16)}`

/** Every variable that a step's process needs for secrets: its own, and those of the steps inside of it. */
export function secretsOf({ secrets = {}, document }: EnvelopeStep): Readonly<Record<string, SecretReference>> {
  const inside = document?.kind === 'steps' ? document.steps.flatMap((step) => Object.values(secretsOf(step))) : []
  return { ...secrets, ...Object.fromEntries(inside.map((secret) => [secretVariable(secret), secret])) }
}

function variableChars(parameters: ResolvedParameters): number {
  let chars = 0
  for (const { value, interpolation } of parameters.values())
    if (interpolation === 'ENV_VAR') chars += String(value).length
  return chars
}

const MAX_STEP_SECONDS = 172_800

/** A step with the document that it names. Where the step says no time of its own, it has that of all the steps in it. */
export function withDocument(step: EnvelopeStep, document: FrozenDocument): EnvelopeStep {
  const own = step.inputs['timeoutSeconds']
  if (document.kind !== 'steps' || (own !== undefined && own !== null && own !== '')) return { ...step, document }
  const inside = document.steps.reduce((sum, { timeoutSeconds }) => sum + timeoutSeconds, 0)
  const timeoutSeconds = Math.min(MAX_STEP_SECONDS, Math.max(step.timeoutSeconds, inside))
  return { ...step, timeoutSeconds, document }
}
