import type { PlainObject } from '#kit/index.ts'

const DEFAULT_SECONDS = 3600
const MIN_SECONDS = 5
const MAX_SECONDS = 172_800

/** Seconds that a step may run, from its inputs after substitution; what cannot be used means an hour. */
export function stepTimeoutSeconds({ timeoutSeconds }: PlainObject): number {
  const seconds = Math.floor(toNumber(timeoutSeconds))
  return seconds >= MIN_SECONDS && seconds <= MAX_SECONDS ? seconds : DEFAULT_SECONDS
}

function toNumber(value: unknown): number {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^ *\d+(?:\.\d+)? *$/.test(value) ? Number(value) : Number.NaN
}
