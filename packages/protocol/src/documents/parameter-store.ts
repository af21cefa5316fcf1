import type { Plain } from '#kit/index.ts'

const REFERENCE = /\{\{ *ssm(?:-secure)?:[/\w.:-]+ *\}\}/

/** Whether a value holds `{{ ssm:… }}` or `{{ ssm-secure:… }}` at any depth, keys left out. */
export function hasParameterStoreReference(value: Plain): boolean {
  if (typeof value === 'string') return REFERENCE.test(value)
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value).some(hasParameterStoreReference)
}
