import {
  type Document,
  freezePrecondition,
  type ResolvedParameters,
  type Step,
  stepTimeoutSeconds,
  substitutedChars,
  substituteInputs,
} from '#documents/index.ts'
import type { EnvelopeStep, FrozenDocument } from './envelope.ts'

export type FreezeResult =
  | { readonly ok: true; readonly steps: readonly EnvelopeStep[] }
  | { readonly ok: false; readonly text: string }

/** Inputs of all steps together; a small document that refers often to a large value would make far more. */
export const MAX_FROZEN_CHARS = 1_048_576

/** Puts resolved parameters into a document's steps, once a command: what every node will run. */
export function freezeSteps({ steps }: Pick<Document, 'steps'>, parameters: ResolvedParameters): FreezeResult {
  // Every step carries the variables of its process.
  let chars = steps.length * variableChars(parameters)
  for (const { inputs, precondition = {} } of steps) chars += substitutedChars([inputs, precondition], parameters)
  if (chars > MAX_FROZEN_CHARS) {
    return { ok: false, text: `The steps have more than ${MAX_FROZEN_CHARS} characters once parameters are put in.` }
  }
  return { ok: true, steps: steps.map((step) => freezeStep(step, parameters)) }
}

function freezeStep({ index, name, action, inputs, precondition }: Step, parameters: ResolvedParameters): EnvelopeStep {
  const { value, env } = substituteInputs(action, inputs, parameters)
  return {
    index,
    name,
    action,
    timeoutSeconds: stepTimeoutSeconds(value),
    inputs: value,
    ...(Object.keys(env).length > 0 && { env }),
    ...(precondition && { precondition: freezePrecondition(precondition, parameters) }),
  }
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
