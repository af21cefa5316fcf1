import type { Plain, PlainObject } from '#kit/index.ts'
import type { ResolvedParameters, SecretReference } from './document.ts'
import { createShellPlace } from './shell-place.ts'

/** Where a reference to an ENV_VAR parameter is written in place of its value. */
export type ScriptLanguage = 'sh' | 'powershell'

export interface Substituted<T extends Plain = Plain> {
  readonly value: T
  /** Variables that the step's process gets: one for each ENV_VAR parameter. */
  readonly env: Readonly<Record<string, string>>
  /** Those of them that hold a secret, which the node reads. */
  readonly secrets: Readonly<Record<string, SecretReference>>
}

// Names of parameters, and references to Parameter Store whose values are among the parameters.
const NAME = '[a-zA-Z0-9]+|ssm(?:-secure)?:[/\\w.:-]+'
const WHOLE = new RegExp(`^\\{\\{ *(${NAME}) *\\}\\}$`)
const REFERENCE = new RegExp(`\\{\\{ *(${NAME}) *\\}\\}`, 'g')

/**
 * Puts parameters into the strings of a value, in one pass. With a language the strings are lines of one script, and
 * ENV_VAR parameters become references to their variables, quoted as their place in it asks; without one every value
 * is pasted.
 */
export function substitute(value: Plain, parameters: ResolvedParameters, language?: ScriptLanguage): Substituted {
  return { value: replace(value, parameters, language && createScript(language)), ...environment(parameters) }
}

/** Puts parameters into a step's inputs; only what becomes script text refers to variables. */
export function substituteInputs(
  action: string,
  inputs: PlainObject,
  parameters: ResolvedParameters,
): Substituted<PlainObject> {
  const entries = Object.entries(inputs).map(([key, value]): [string, Plain] => {
    const language = isScript(action, key) ? SCRIPT_LANGUAGES.get(action) : undefined
    return [key, substitute(value, parameters, language).value]
  })
  return { value: Object.fromEntries(entries), ...environment(parameters) }
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

/** Whether a parameter of type ENV_VAR is a variable in this input, where any other value is pasted. */
export const isScript = (action: string, input: string): boolean =>
  input === 'runCommand' && SCRIPT_LANGUAGES.has(action)

const SCRIPT_LANGUAGES = new Map<string, ScriptLanguage>([
  ['aws:runShellScript', 'sh'],
  ['aws:runPowerShellScript', 'powershell'],
])

/** A script that is being put together. */
interface Script {
  /** How a variable is written at the place that was reached. */
  variable(name: string): string
  /** Goes on over what stands in the script. */
  read(text: string): void
}

function createScript(language: ScriptLanguage): Script {
  if (language === 'powershell') return { variable: (name) => `\${env:SSM_${name}}`, read: () => {} }
  const place = createShellPlace()
  return {
    // Outside of quotes its value would be split into words, and again if quotes stood around it twice.
    variable: (name) => (place.isQuoted ? `\${SSM_${name}}` : `"\${SSM_${name}}"`),
    read: (text) => place.read(text),
  }
}

function replace(value: Plain, parameters: ResolvedParameters, script: Script | undefined): Plain {
  if (typeof value === 'string') return replaceString(value, parameters, script)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return (value as readonly Plain[]).map((item) => replace(item, parameters, script))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replace(item, parameters, script)]))
}

function replaceString(text: string, parameters: ResolvedParameters, script: Script | undefined): Plain {
  const whole = parameters.get(WHOLE.exec(text)?.[1] ?? '')
  const isPasted = whole !== undefined && !(script && whole.interpolation === 'ENV_VAR')
  const value = isPasted ? whole.value : replaceInside(text, parameters, script)
  if (isPasted) for (const line of [value].flat()) script?.read(`${String(line)}\n`)
  else script?.read('\n')
  return value
}

function replaceInside(text: string, parameters: ResolvedParameters, script: Script | undefined): string {
  let from = 0
  const replaced = text.replace(REFERENCE, (token, name: string, at: number) => {
    const parameter = parameters.get(name)
    if (parameter === undefined) return token
    script?.read(text.slice(from, at))
    from = at + token.length
    if (script && parameter.interpolation === 'ENV_VAR') return script.variable(name)
    const { value } = parameter
    // The agent of the service writes a dollar for two, inside longer strings only; documents rely on it.
    const pasted = (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll('$$', () => '$')
    script?.read(pasted)
    return pasted
  })
  script?.read(text.slice(from))
  return replaced
}

function environment(parameters: ResolvedParameters): Pick<Substituted, 'env' | 'secrets'> {
  const env: Record<string, string> = {}
  const secrets: Record<string, SecretReference> = {}
  for (const [name, { value, interpolation, secrets: [secret] = [] }] of parameters) {
    if (interpolation !== 'ENV_VAR') continue
    if (secret) secrets[`SSM_${name}`] = secret
    else if (typeof value === 'string') env[`SSM_${name}`] = value
  }
  return { env, secrets }
}
