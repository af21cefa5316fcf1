import {
  type Document,
  freezePrecondition,
  type ResolvedParameters,
  type Step,
  stepTimeoutSeconds,
  substituteInputs,
} from '#documents/index.ts'
import type { EnvelopeStep } from './envelope.ts'

/** Puts resolved parameters into a document's steps, once a command: what every node will run. */
export function freezeSteps(
  { steps }: Pick<Document, 'steps'>,
  parameters: ResolvedParameters,
): readonly EnvelopeStep[] {
  return steps.map((step) => freezeStep(step, parameters))
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
