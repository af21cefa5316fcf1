import type { Shape } from './model.ts'

/** A scalar as it was read: the value to hand on, and what its limits are measured on. */
export type ReadScalar =
  | { readonly ok: true; readonly value: string | number | boolean; readonly measured: unknown }
  | { readonly ok: false; readonly problem: string }

const INT32 = 2 ** 31
const MAX_EPOCH_SECONDS = 8.64e12
const NOT_BASE64 = /[^A-Za-z0-9+/]/

/** Reads one scalar of the given type; what does not have that JSON type is a problem that never names the value. */
export function readScalar(type: Shape['type'], value: unknown): ReadScalar {
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean' ? read(value) : wrong('must be true or false')
    case 'integer':
      return readWhole(value, -INT32, INT32 - 1)
    case 'long':
      return readWhole(value, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
    case 'timestamp':
      if (typeof value === 'number' && Math.abs(value) <= MAX_EPOCH_SECONDS) return read(value)
      return wrong('must be a time in seconds since 1970')
    case 'blob':
      return readBlob(value)
    default:
      return typeof value === 'string' ? read(value) : wrong('must be a string')
  }
}

function readWhole(value: unknown, least: number, greatest: number): ReadScalar {
  if (typeof value !== 'number' || !Number.isInteger(value)) return wrong('must be a whole number')
  if (value < least || value > greatest) return wrong(`must be a whole number from ${least} to ${greatest}`)
  return read(value === 0 ? 0 : value)
}

function readBlob(value: unknown): ReadScalar {
  if (typeof value !== 'string' || value.length % 4 !== 0) return wrong('must be base64')
  const padding = value.endsWith('==') ? 2 : value.endsWith('=') ? 1 : 0
  if (NOT_BASE64.test(value.slice(0, value.length - padding))) return wrong('must be base64')
  return { ok: true, value, measured: (value.length / 4) * 3 - padding }
}

function read(value: string | number | boolean): ReadScalar {
  return { ok: true, value, measured: value }
}

function wrong(problem: string): ReadScalar {
  return { ok: false, problem }
}
