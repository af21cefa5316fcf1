import type { Plain } from '#kit/index.ts'
import { findViolation } from './constraints.ts'
import type {
  Document,
  ParameterDefinition,
  ParameterType,
  ResolvedParameter,
  ResolvedParameters,
  SecretReference,
} from './document.ts'
import { type Filled, fillList, fillReferences, type StoreValues, secretText } from './parameter-store.ts'

/** Why given parameters do not fit a document: the service's sentence, and what is wrong in particular. */
export interface ParametersProblem {
  readonly summary: string
  /** Names parameters, never values. */
  readonly detail: string
}

export type ParametersResult =
  | { readonly ok: true; readonly values: ResolvedParameters }
  | { readonly ok: false; readonly problem: ParametersProblem }

/** The service's sentence about all of them. */
export const PARAMETERS_PROBLEM = 'Parameters provided in document are invalid or not supported.'

const NO_STORE: StoreValues = new Map()

/**
 * Resolves what a caller gave and what the document defaults to, values of Parameter Store put in and checked like any
 * other; every problem is reported at once.
 */
export function checkParameters(
  document: Pick<Document, 'parameters'>,
  given: Readonly<Record<string, readonly string[]>>,
  store: StoreValues = NO_STORE,
): ParametersResult {
  const known = new Set(document.parameters.map(({ name }) => name))
  const problems = Object.keys(given)
    .filter((name) => !known.has(name))
    .map((name) => `the document has no parameter ${quote(name)}`)
  const values = new Map<string, ResolvedParameter>()
  for (const definition of document.parameters) {
    const own = Object.hasOwn(given, definition.name) ? given[definition.name] : undefined
    const resolved = resolve(definition, own, store)
    if (resolved.ok) values.set(definition.name, resolved.parameter)
    else problems.push(`${definition.name} ${resolved.text}`)
  }
  if (problems.length > 0)
    return { ok: false, problem: { summary: PARAMETERS_PROBLEM, detail: `${problems.join('; ')}.` } }
  return { ok: true, values }
}

// Linux takes 128 KiB for one variable with its name.
const MAX_VARIABLE_BYTES = 130_000

type Resolved =
  | { readonly ok: true; readonly parameter: ResolvedParameter }
  | { readonly ok: false; readonly text: string }

function resolve(definition: ParameterDefinition, given: readonly string[] | undefined, store: StoreValues): Resolved {
  const { interpolation } = definition
  const filled = given === undefined ? fillDefault(definition, store) : fillGiven(definition, given, store)
  if (!filled.ok) return filled
  const { value, secrets } = filled
  const problem = secrets.length === 0 ? undefined : secretProblem(definition, value, secrets)
  if (problem !== undefined) return { ok: false, text: problem }
  if (interpolation === 'ENV_VAR' && new TextEncoder().encode(String(value)).length > MAX_VARIABLE_BYTES) {
    return { ok: false, text: `has more than ${MAX_VARIABLE_BYTES} bytes, too many for an environment variable` }
  }
  return { ok: true, parameter: { value, interpolation, ...(secrets.length > 0 && { secrets }) } }
}

function fillDefault(definition: ParameterDefinition, store: StoreValues): Filled<Plain> {
  if (definition.default === undefined) return { ok: false, text: 'is required' }
  const filled = fillReferences(definition.default, store)
  // The document was checked when it was made, but for what was not known then.
  if (!filled.ok || filled.value === definition.default) return filled
  const violation = findViolation(definition, filled.value)
  return violation === undefined ? filled : { ok: false, text: violation }
}

function fillGiven(definition: ParameterDefinition, given: readonly string[], store: StoreValues): Filled<Plain> {
  const filled = definition.type === 'StringList' ? fillList(given, store) : fillReferences([...given], store)
  if (!filled.ok) return filled
  // A NUL can stand neither in a script's environment nor in its arguments.
  if (filled.value.some((item) => item.includes('\0'))) return { ok: false, text: 'holds a NUL character' }
  if (!filled.value.every((item) => item.isWellFormed()))
    return { ok: false, text: 'holds half a character (a lone surrogate)' }
  const value = readGiven(definition.type, filled.value)
  if (value === undefined) return { ok: false, text: EXPECTED[definition.type] }
  const violation = findViolation(definition, value)
  return violation === undefined ? { ...filled, value } : { ok: false, text: violation }
}

const CHECKS = ['allowedValues', 'allowedPattern', 'minChars', 'maxChars'] as const

/** Why a parameter cannot hold a secret, which nobody sees before the script does. */
function secretProblem(
  definition: ParameterDefinition,
  value: Plain,
  secrets: readonly SecretReference[],
): string | undefined {
  const check = CHECKS.find((name) => definition[name] !== undefined)
  if (check !== undefined) return `has ${check}, which cannot be checked for a secret ({{ ssm-secure:… }})`
  const [only] = secrets
  if (definition.interpolation !== 'ENV_VAR' || (only && value === secretText(only))) return undefined
  return 'must be one reference to a secret ({{ ssm-secure:… }}) and nothing beside it'
}

const EXPECTED: Record<ParameterType, string> = {
  String: 'needs a value',
  StringList: 'needs a list of strings',
  Boolean: 'must be true or false',
  Integer: 'must be a whole number',
  StringMap: 'must be the JSON text of a map',
  MapList: 'must be JSON texts of maps',
}

// The API carries lists of strings only: single values are element 0, maps are JSON text.
function readGiven(type: ParameterType, given: readonly string[]): Plain | undefined {
  const [first] = given
  if (type === 'StringList') return [...given]
  if (type === 'MapList') return readMapList(given)
  if (first === undefined) return undefined
  switch (type) {
    case 'String':
      return first
    case 'Boolean':
      return first === 'true' ? true : first === 'false' ? false : undefined
    case 'Integer':
      return /^-?\d{1,16}$/.test(first) ? Number(first) : undefined
    case 'StringMap':
      return readJson(first)
  }
}

function readMapList(given: readonly string[]): Plain | undefined {
  const items = given.map(readJson)
  if (items.some((item) => item === undefined)) return undefined
  const [first] = items
  return items.length === 1 && Array.isArray(first) ? first : (items as Plain[])
}

function readJson(text: string): Plain | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isSafe(value, 0) ? (value as Plain) : undefined
  } catch {
    return undefined
  }
}

function isSafe(value: unknown, depth: number): boolean {
  if (depth > 32) return false
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0')
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(
    ([key, item]) =>
      key !== '__proto__' &&
      key !== 'constructor' &&
      key !== 'prototype' &&
      isSafe(key, depth) &&
      isSafe(item, depth + 1),
  )
}

function quote(name: string): string {
  return JSON.stringify(name.length > 64 ? `${name.slice(0, 64)}…` : name)
}
