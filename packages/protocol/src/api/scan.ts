const MAX_DEPTH = 64
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Says what makes a JSON value unfit for any operation, before the model is asked: nesting over 64 levels, a key that
 * could reach an object's prototype, text that is not well-formed Unicode. Answers undefined when there is nothing.
 */
export function findUnfit(value: unknown): string | undefined {
  // A list instead of recursion: the depth of what clients send must not decide about our own stack.
  const waiting: { value: unknown; depth: number }[] = [{ value, depth: 1 }]
  for (let item = waiting.pop(); item; item = waiting.pop()) {
    if (typeof item.value === 'string' && !item.value.isWellFormed()) return 'Text is not well-formed Unicode'
    if (typeof item.value !== 'object' || item.value === null) continue
    if (item.depth > MAX_DEPTH) return `Nesting is deeper than ${MAX_DEPTH} levels`
    const depth = item.depth + 1
    if (Array.isArray(item.value)) {
      for (const child of item.value) waiting.push({ value: child, depth })
      continue
    }
    for (const [key, child] of Object.entries(item.value)) {
      if (FORBIDDEN_KEYS.has(key)) return `The key "${key}" is not allowed`
      if (!key.isWellFormed()) return 'Text is not well-formed Unicode'
      waiting.push({ value: child, depth })
    }
  }
  return undefined
}
