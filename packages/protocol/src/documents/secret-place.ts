import type { Plain } from '#kit/index.ts'
import type { Document, ResolvedParameters } from './document.ts'
import { takesSecrets } from './parameter-store.ts'
import { isScript, referencedNames } from './substitute.ts'

/** Why a secret must not be where a document puts it, in words for whoever sent the command; undefined when all is well. */
export function misplacedSecret(
  { steps }: Pick<Document, 'steps'>,
  parameters: ResolvedParameters,
): string | undefined {
  for (const { name: step, action, inputs, precondition } of steps) {
    for (const [input, value] of Object.entries(inputs)) {
      const name = referencesIn(value).find((each) => isSecret(parameters, each))
      if (name === undefined || takesSecrets(action, input)) continue
      if (!isScript(action, input)) return `Step ${step}: ${input} of ${action} takes no secret ({{ ${name} }}).`
      if (parameters.get(name)?.interpolation === 'ENV_VAR') continue
      return `Step ${step}: the secret {{ ${name} }} can be given to a script by a parameter of interpolationType ENV_VAR alone.`
    }
    if (referencesIn(precondition ?? null).some((name) => isSecret(parameters, name)))
      return `Step ${step}: a precondition takes no secret.`
  }
  return undefined
}

const isSecret = (parameters: ResolvedParameters, name: string): boolean => parameters.get(name)?.secrets !== undefined

function referencesIn(value: Plain): readonly string[] {
  if (typeof value === 'string') return referencedNames(value)
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(referencesIn)
}
