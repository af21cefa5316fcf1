import type { Plain, PlainObject } from '#kit/index.ts'
import type { ResolvedParameter, ResolvedParameters } from './document.ts'

/** Where a reference to an ENV_VAR parameter is written in place of its value. */
export type ScriptLanguage = 'sh' | 'powershell'

export interface Substituted<T extends Plain = Plain> {
  readonly value: T
  /** Variables that the step's process gets: one for each ENV_VAR parameter. */
  readonly env: Readonly<Record<string, string>>
}

const WHOLE = /^\{\{ *([a-zA-Z0-9]+) *\}\}$/
const REFERENCE = /\{\{ *([a-zA-Z0-9]+) *\}\}/g

/**
 * Puts parameters into the strings of a value, in one pass. With a language, ENV_VAR parameters become references to
 * their variables, which a document should write outside of quotes; without one every value is pasted.
 */
export function substitute(value: Plain, parameters: ResolvedParameters, language?: ScriptLanguage): Substituted {
  return { value: replace(value, parameters, language), env: environment(parameters) }
}

/** Puts parameters into a step's inputs; only what becomes script text refers to variables. */
export function substituteInputs(
  action: string,
  inputs: PlainObject,
  parameters: ResolvedParameters,
): Substituted<PlainObject> {
  const entries = Object.entries(inputs).map(([key, value]): [string, Plain] => {
    return [key, replace(value, parameters, key === 'runCommand' ? SCRIPT_LANGUAGES.get(action) : undefined)]
  })
  return { value: Object.fromEntries(entries), env: environment(parameters) }
}

/** Puts parameters into one string that must stay a string (an operand of a precondition). */
export function substituteText(text: string, parameters: ResolvedParameters): string {
  return replaceInside(text, parameters, undefined)
}

/** At least as many characters as a value has once parameters are in: tells a bomb before it is built. */
export function substitutedChars(value: Plain, parameters: ResolvedParameters): number {
  const lengths = new Map([...parameters].map(([name, { value: inner }]) => [name, JSON.stringify(inner).length]))
  const measure = (item: Plain): number => {
    if (typeof item === 'string') {
      return referencedNames(item).reduce((sum, name) => sum + (lengths.get(name) ?? 0), item.length)
    }
    if (typeof item !== 'object' || item === null) return 8
    return Object.entries(item).reduce((sum, [key, inner]) => sum + key.length + measure(inner), 0)
  }
  return measure(value)
}

/** Names of the parameters that a text refers to, known or not. */
export function referencedNames(text: string): readonly string[] {
  return [...text.matchAll(REFERENCE)].map(([, name = '']) => name)
}

const SCRIPT_LANGUAGES = new Map<string, ScriptLanguage>([
  ['aws:runShellScript', 'sh'],
  ['aws:runPowerShellScript', 'powershell'],
])

function replace(value: Plain, parameters: ResolvedParameters, language: ScriptLanguage | undefined): Plain {
  if (typeof value === 'string') return replaceString(value, parameters, language)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return (value as readonly Plain[]).map((item) => replace(item, parameters, language))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replace(item, parameters, language)]))
}

function replaceString(text: string, parameters: ResolvedParameters, language: ScriptLanguage | undefined): Plain {
  const whole = parameters.get(WHOLE.exec(text)?.[1] ?? '')
  if (whole === undefined || isVariable(whole, language)) return replaceInside(text, parameters, language)
  return whole.value
}

function replaceInside(text: string, parameters: ResolvedParameters, language: ScriptLanguage | undefined): string {
  return text.replace(REFERENCE, (token, name: string) => {
    const parameter = parameters.get(name)
    if (parameter === undefined) return token
    if (isVariable(parameter, language)) return language === 'powershell' ? `\${env:SSM_${name}}` : `"\${SSM_${name}}"`
    const { value } = parameter
    // The agent of the service writes a dollar for two, inside longer strings only; documents rely on it.
    return (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll('$$', () => '$')
  })
}

function isVariable({ interpolation }: ResolvedParameter, language: ScriptLanguage | undefined): boolean {
  return interpolation === 'ENV_VAR' && language !== undefined
}

function environment(parameters: ResolvedParameters): Record<string, string> {
  const env: Record<string, string> = {}
  for (const [name, { value, interpolation }] of parameters) {
    if (interpolation === 'ENV_VAR' && typeof value === 'string') env[`SSM_${name}`] = value
  }
  return env
}
