import { characters } from './characters.ts'
import type { Shape } from './model.ts'
import { type ModelPattern, modelPattern } from './patterns.ts'

interface Constraint {
  readonly text: string
  accepts(value: unknown): boolean
}

const cache = new WeakMap<Shape, readonly Constraint[]>()

/** The constraints of one shape in the service's words and order: greatest, least, pattern, set of values. */
export function constraintsOf(shape: Shape): readonly Constraint[] {
  const known = cache.get(shape)
  if (known) return known
  const constraints = listConstraints(shape)
  cache.set(shape, constraints)
  return constraints
}

/** The texts of the constraints that a value of the right JSON type breaks. */
export function brokenConstraints(shape: Shape, value: unknown): string[] {
  const broken: string[] = []
  for (const { text, accepts } of constraintsOf(shape)) if (!accepts(value)) broken.push(text)
  return broken
}

function listConstraints({ type, max, min, pattern, enum: values }: Shape): Constraint[] {
  const measured = type === 'integer' || type === 'long' ? 'value' : 'length'
  const measure = type === 'integer' || type === 'long' ? Number : lengthOf
  const constraints: Constraint[] = []
  if (max !== undefined)
    constraints.push({
      text: `Member must have ${measured} less than or equal to ${max}`,
      accepts: (value) => measure(value) <= max,
    })
  if (min !== undefined)
    constraints.push({
      text: `Member must have ${measured} greater than or equal to ${min}`,
      accepts: (value) => measure(value) >= min,
    })
  if (pattern !== undefined)
    constraints.push({
      text: `Member must satisfy regular expression pattern: ${pattern}`,
      accepts: matcher(pattern),
    })
  if (values !== undefined)
    constraints.push({
      text: `Member must satisfy enum value set: [${values.join(', ')}]`,
      accepts: (value) => typeof value === 'string' && values.includes(value),
    })
  return constraints
}

/** Compiles at first use, once: most of the model's patterns are never needed by a given process. */
function matcher(source: string): (value: unknown) => boolean {
  let pattern: ModelPattern | undefined
  return (value) => {
    pattern ??= modelPattern(source)
    return typeof value === 'string' && pattern.matches(value)
  }
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return characters(value)
  // A blob comes as the number of its bytes.
  if (typeof value === 'number') return value
  if (Array.isArray(value)) return value.length
  return typeof value === 'object' && value !== null ? Object.keys(value).length : 0
}
