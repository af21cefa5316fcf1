import { isPlainObject, type Plain, type PlainObject } from '#kit/index.ts'

/** Reads a value of one shape, or throws Misshapen with the place named. */
export type Read<T> = (value: unknown, place: string) => T

/** A decoded value does not have the shape that its format promises. */
export class Misshapen extends Error {
  override readonly name = 'Misshapen'
}

export const text: Read<string> = (value, place) => {
  if (typeof value !== 'string') throw new Misshapen(`${place} must be a string`)
  return value
}

export const hash: Read<string> = (value, place) => {
  if (typeof value !== 'string' || !/^[0-9a-f]{64}$/.test(value))
    throw new Misshapen(`${place} must be a SHA-256 in hex`)
  return value
}

export const integer: Read<number> = (value, place) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new Misshapen(`${place} must be a whole number`)
  return value
}

/** A whole number of at least 0. */
export const count: Read<number> = (value, place) => {
  if (integer(value, place) < 0) throw new Misshapen(`${place} must be at least 0`)
  return value as number
}

const LATEST_TIME = 8.64e15

/** Milliseconds since the epoch that a date can show. */
export const time: Read<number> = (value, place) => {
  if (count(value, place) > LATEST_TIME) throw new Misshapen(`${place} is not a time`)
  return value as number
}

export const exactly =
  <const T extends string | number | boolean>(...allowed: readonly T[]): Read<T> =>
  (value, place) => {
    const found = allowed.find((item) => item === value)
    if (found === undefined) throw new Misshapen(`${place} must be ${allowed.join(' or ')}`)
    return found
  }

export const list =
  <T>(item: Read<T>): Read<readonly T[]> =>
  (value, place) => {
    if (!Array.isArray(value)) throw new Misshapen(`${place} must be a list`)
    return value.map((element, index) => item(element, `${place}[${index}]`))
  }

export const record =
  <T>(item: Read<T>): Read<Readonly<Record<string, T>>> =>
  (value, place) => {
    if (!isPlainObject(value)) throw new Misshapen(`${place} must be a map`)
    refusePolluting(value, place)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, item(inner, `${place}.${key}`)]))
  }

type Fields = Readonly<Record<string, Read<unknown>>>
type Shape<R extends Fields, O extends Fields> = { readonly [K in keyof R]: ReturnType<R[K]> } & {
  readonly [K in keyof O]?: ReturnType<O[K]>
}

/** A map with these members and no others: a member that this version does not know may change what the rest means. */
export const object =
  <R extends Fields, O extends Fields = Record<never, never>>(required: R, optional?: O): Read<Shape<R, O>> =>
  (value, place) => {
    if (!isPlainObject(value)) throw new Misshapen(`${place} must be a map`)
    const result: Record<string, unknown> = {}
    for (const [key, read] of Object.entries(required)) {
      if (!Object.hasOwn(value, key)) throw new Misshapen(`${place}.${key} is missing`)
      result[key] = read(value[key], `${place}.${key}`)
    }
    for (const [key, inner] of Object.entries(value)) {
      if (Object.hasOwn(required, key)) continue
      const read = optional && Object.hasOwn(optional, key) ? optional[key] : undefined
      if (read === undefined) throw new Misshapen(`${place}.${key} is not a member of this format`)
      result[key] = read(inner, `${place}.${key}`)
    }
    return result as Shape<R, O>
  }

export const plainObject: Read<PlainObject> = (value, place) => {
  if (!isPlainObject(value)) throw new Misshapen(`${place} must be a map`)
  return plain(value, place) as PlainObject
}

const MAX_DEPTH = 128

function plain(value: unknown, place: string, depth = 0): Plain {
  if (depth > MAX_DEPTH) throw new Misshapen(`${place} is nested too deep`)
  if (typeof value !== 'object' || value === null) return value as Plain
  if (!Array.isArray(value)) refusePolluting(value, place)
  for (const [key, inner] of Object.entries(value)) plain(inner, `${place}.${key}`, depth + 1)
  return value as Plain
}

function refusePolluting(value: object, place: string): void {
  for (const key of ['__proto__', 'constructor', 'prototype']) {
    if (Object.hasOwn(value, key)) throw new Misshapen(`${place} must not have a member named ${key}`)
  }
}
