import { compilePattern, type Plain } from '#kit/index.ts'
import type { Constraints, ParameterDefinition, ParameterType } from './document.ts'

/** Why a value does not fit its parameter, as the end of a sentence that does not echo the value. */
export function findViolation(
  definition: Pick<ParameterDefinition, 'type'> & Constraints,
  value: Plain,
): string | undefined {
  if (!hasType(definition.type, value)) return `must be ${TYPE_WORDS[definition.type]}`
  if (Array.isArray(value)) {
    return findCountViolation(definition, value.length) ?? firstViolation(definition, value as readonly Plain[])
  }
  if (definition.type === 'StringMap') {
    return (
      findCountViolation(definition, Object.keys(value ?? {}).length) ??
      findCharsViolation(definition, JSON.stringify(value))
    )
  }
  return findItemViolation(definition, value)
}

const TYPE_WORDS: Record<ParameterType, string> = {
  String: 'a string',
  StringList: 'a list of strings',
  Boolean: 'true or false',
  Integer: 'a whole number',
  StringMap: 'a map',
  MapList: 'a list of maps',
}

function hasType(type: ParameterType, value: Plain): boolean {
  const isObject = (item: Plain) => typeof item === 'object' && item !== null && !Array.isArray(item)
  switch (type) {
    case 'String':
      return typeof value === 'string'
    case 'StringList':
      return Array.isArray(value) && value.every((item) => typeof item === 'string')
    case 'Boolean':
      return typeof value === 'boolean'
    case 'Integer':
      return Number.isSafeInteger(value)
    case 'StringMap':
      return isObject(value)
    case 'MapList':
      return Array.isArray(value) && value.every(isObject)
  }
}

function firstViolation(constraints: Constraints, items: readonly Plain[]): string | undefined {
  for (const [index, item] of items.entries()) {
    const violation = findItemViolation(constraints, item)
    if (violation !== undefined) return `item ${index + 1} ${violation}`
  }
  return undefined
}

function findItemViolation(constraints: Constraints, value: Plain): string | undefined {
  const { allowedValues, allowedPattern, minValue, maxValue } = constraints
  if (allowedValues && !isAmong(allowedValues, value)) return 'is not one of the allowed values'
  if (typeof value === 'number') {
    if (minValue !== undefined && value < minValue) return `must be at least ${minValue}`
    if (maxValue !== undefined && value > maxValue) return `must be at most ${maxValue}`
    return undefined
  }
  if (typeof value !== 'string') return undefined
  const chars = findCharsViolation(constraints, value)
  if (chars !== undefined) return chars
  if (allowedPattern !== undefined && !compilePattern(allowedPattern).matches(value))
    return `does not match the pattern ${allowedPattern}`
  return undefined
}

function isAmong(allowed: readonly Plain[], value: Plain): boolean {
  return typeof value === 'object' || allowed.includes(value)
}

function findCharsViolation({ minChars, maxChars }: Constraints, text: string): string | undefined {
  if (minChars === undefined && maxChars === undefined) return undefined
  const length = [...text].length
  if (minChars !== undefined && length < minChars) return `must have at least ${minChars} characters`
  if (maxChars !== undefined && length > maxChars) return `must have at most ${maxChars} characters`
  return undefined
}

function findCountViolation({ minItems, maxItems }: Constraints, count: number): string | undefined {
  if (minItems !== undefined && count < minItems) return `must have at least ${minItems} items`
  if (maxItems !== undefined && count > maxItems) return `must have at most ${maxItems} items`
  return undefined
}
