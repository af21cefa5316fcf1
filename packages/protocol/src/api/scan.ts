const MAX_DEPTH = 64
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])
const ILL_FORMED = 'Text is not well-formed Unicode'

/**
 * Says what makes a JSON value unfit for any operation, before the model is asked: nesting over 64 levels, a key that
 * could reach an object's prototype, text that is not well-formed Unicode. Answers undefined when there is nothing.
 */
export function findUnfit(value: unknown): string | undefined {
  return unfitAt(value, 1)
}

// The limit of depth also bounds this recursion, whatever a client sends.
function unfitAt(value: unknown, depth: number): string | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? undefined : ILL_FORMED
  if (typeof value !== 'object' || value === null) return undefined
  if (depth > MAX_DEPTH) return `Nesting is deeper than ${MAX_DEPTH} levels`
  if (Array.isArray(value)) {
    for (const item of value) {
      const unfit = unfitAt(item, depth + 1)
      if (unfit !== undefined) return unfit
    }
    return undefined
  }
  const object = value as Record<string, unknown>
  for (const key of Object.keys(object)) {
    if (FORBIDDEN_KEYS.has(key)) return `The key "${key}" is not allowed`
    const unfit = key.isWellFormed() ? unfitAt(object[key], depth + 1) : ILL_FORMED
    if (unfit !== undefined) return unfit
  }
  return undefined
}
