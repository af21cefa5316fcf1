import { compilePattern, InvalidPattern, type Plain, type PlainObject } from '#kit/index.ts'
import { findViolation } from './constraints.ts'
import { type Constraints, PARAMETER_TYPES, type ParameterDefinition, type ParameterType } from './document.ts'
import { hasParameterStoreReference } from './parameter-store.ts'

type Parsed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly text: string }

const MAX_PARAMETERS = 200
const MAX_PATTERN_CHARS = 1024
const COUNTS = ['minChars', 'maxChars', 'minItems', 'maxItems'] as const
const VALUES = ['minValue', 'maxValue'] as const
const RANGES = [
  ['minChars', 'maxChars'],
  ['minItems', 'maxItems'],
  ['minValue', 'maxValue'],
] as const

/** Whether a plain value is a map. */
export function isMap(value: Plain | undefined): value is PlainObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What the parameters of one type of documents may be, beyond those of Command documents. */
export interface ParameterRules {
  /** The member that holds them. */
  readonly place: string
  readonly name: RegExp
  readonly nameText: string
  /** The plain type that a further type's values have. */
  readonly alias: (type: string) => ParameterType | undefined
}

const COMMAND_RULES: ParameterRules = {
  place: 'parameters',
  name: /^[a-zA-Z0-9]+$/,
  nameText: 'letters and digits',
  alias: () => undefined,
}

/** Reads the `parameters` of a document, in their order. */
export function parseParameters(
  value: Plain | undefined,
  rules: ParameterRules = COMMAND_RULES,
): Parsed<readonly ParameterDefinition[]> {
  if (value === undefined || value === null) return { ok: true, value: [] }
  if (!isMap(value)) return fail(`${rules.place} must be a map.`)
  const names = Object.keys(value)
  if (names.length > MAX_PARAMETERS)
    return fail(`${rules.place} has ${names.length} members; the limit is ${MAX_PARAMETERS}.`)
  const definitions: ParameterDefinition[] = []
  for (const name of names) {
    const parsed = parseDefinition(name, value[name] ?? null, rules)
    if (!parsed.ok) return parsed
    definitions.push(parsed.value)
  }
  return { ok: true, value: definitions }
}

function parseDefinition(name: string, value: Plain, rules: ParameterRules): Parsed<ParameterDefinition> {
  const place = `${rules.place}.${name}`
  if (!rules.name.test(name)) return fail(`${place}: a parameter's name must be ${rules.nameText}.`)
  if (!isMap(value)) return fail(`${place} must be a map.`)
  const given = value['type']
  if (given === undefined) return fail(`${place}.type is missing.`)
  const type =
    PARAMETER_TYPES.find((known) => known === given) ?? (typeof given === 'string' ? rules.alias(given) : undefined)
  if (type === undefined) return fail(`${place}.type must be one of ${PARAMETER_TYPES.join(', ')}.`)

  const constraints = parseConstraints(place, type, value)
  if (!constraints.ok) return constraints
  const interpolation = value['interpolationType'] ?? 'TEXT'
  if (interpolation !== 'TEXT' && interpolation !== 'ENV_VAR')
    return fail(`${place}.interpolationType must be ENV_VAR or absent.`)
  if (interpolation === 'ENV_VAR' && type !== 'String')
    return fail(`${place}.interpolationType ENV_VAR needs the type String.`)
  for (const key of ['description', 'displayType'] as const) {
    if (value[key] !== undefined && typeof value[key] !== 'string') return fail(`${place}.${key} must be a string.`)
  }
  const definition = { name, type, interpolation, ...constraints.value, ...pickTexts(value) } as const
  return withDefault(place, definition, value['default'])
}

function pickTexts({ description, displayType }: PlainObject): { description?: string; displayType?: string } {
  return {
    ...(typeof description === 'string' && { description }),
    ...(typeof displayType === 'string' && { displayType }),
  }
}

function withDefault(
  place: string,
  definition: ParameterDefinition,
  fallback: Plain | undefined,
): Parsed<ParameterDefinition> {
  if (fallback === undefined) return { ok: true, value: definition }
  // What Parameter Store will give is not known yet, so it is checked when it is.
  const violation = hasParameterStoreReference(fallback) ? undefined : findViolation(definition, fallback)
  return violation === undefined
    ? { ok: true, value: { ...definition, default: fallback } }
    : fail(`${place}.default ${violation}.`)
}

function parseConstraints(place: string, type: ParameterType, value: PlainObject): Parsed<Constraints> {
  const constraints: { -readonly [K in keyof Constraints]: Constraints[K] } = {}
  for (const key of [...COUNTS, ...VALUES]) {
    const number = value[key]
    if (number === undefined || number === null) continue
    const isCount = key !== 'minValue' && key !== 'maxValue'
    if (typeof number !== 'number' || !Number.isSafeInteger(number) || (isCount && number < 0)) {
      return fail(`${place}.${key} must be a whole number${isCount ? ' of at least 0' : ''}.`)
    }
    constraints[key] = number
  }
  for (const [low, high] of RANGES) {
    if ((constraints[low] ?? -Infinity) > (constraints[high] ?? Infinity))
      return fail(`${place}.${low} is above ${high}.`)
  }
  const pattern = parsePattern(place, value['allowedPattern'])
  if (!pattern.ok) return pattern
  if (pattern.value !== undefined) constraints.allowedPattern = pattern.value
  const allowed = parseAllowedValues(place, type, value['allowedValues'])
  if (!allowed.ok) return allowed
  if (allowed.value !== undefined) constraints.allowedValues = allowed.value
  return { ok: true, value: constraints }
}

function parsePattern(place: string, value: Plain | undefined): Parsed<string | undefined> {
  if (value === undefined || value === null) return { ok: true, value: undefined }
  if (typeof value !== 'string') return fail(`${place}.allowedPattern must be a string.`)
  if (value.length > MAX_PATTERN_CHARS)
    return fail(`${place}.allowedPattern is longer than ${MAX_PATTERN_CHARS} characters.`)
  try {
    compilePattern(value)
    return { ok: true, value }
  } catch (error) {
    if (!(error instanceof InvalidPattern)) throw error
    return fail(`${place}.allowedPattern is not an RE2 pattern: ${error.message}.`)
  }
}

function parseAllowedValues(
  place: string,
  type: ParameterType,
  value: Plain | undefined,
): Parsed<readonly Plain[] | undefined> {
  if (value === undefined || value === null) return { ok: true, value: undefined }
  if (!Array.isArray(value) || value.length === 0)
    return fail(`${place}.allowedValues must be a list of at least one value.`)
  const wanted = type === 'Integer' ? 'number' : type === 'Boolean' ? 'boolean' : 'string'
  for (const [index, item] of value.entries()) {
    if (typeof item !== wanted) return fail(`${place}.allowedValues[${index}] must be a ${wanted}.`)
  }
  return { ok: true, value: value as readonly Plain[] }
}

function fail(text: string): { readonly ok: false; readonly text: string } {
  return { ok: false, text }
}
