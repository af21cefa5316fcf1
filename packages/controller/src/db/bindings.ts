import { BadBinding } from './errors.ts'
import { withoutNul } from './portable-text.ts'

/** What a statement may be given: the values that both engines store alike. */
export type Binding = string | number | Uint8Array | null

/** A whole column of values for `unnest`, bound as one PostgreSQL array. */
export class ColumnValues {
  readonly values: readonly unknown[]
  constructor(values: readonly unknown[]) {
    this.values = values
  }
}

const refuse = (position: number, what: string): never => {
  throw new BadBinding(`Value ${position + 1} of the statement is ${what}; bind text, numbers, bytes or null.`)
}

const checkNumber = (value: number, position: number): number => {
  if (!Number.isFinite(value)) return refuse(position, 'not a finite number')
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return refuse(position, 'an integer beyond 2^53')
  return value
}

const checkValue = (value: unknown, position: number): Binding => {
  if (value === null) return null
  switch (typeof value) {
    case 'string':
      return withoutNul(value)
    case 'number':
      return checkNumber(value, position)
    case 'bigint':
      return checkNumber(Number(value), position)
  }
  if (!(value instanceof Uint8Array)) {
    return refuse(
      position,
      value instanceof Date ? 'a Date' : Array.isArray(value) ? 'an array' : `of type ${typeof value}`,
    )
  }
  // A view is cloned to the worker with its whole buffer, which for a small Buffer is the shared pool.
  return value.byteLength === value.buffer.byteLength ? value : new Uint8Array(value)
}

/** Refuses what node:sqlite would bind silently as something else: dates and objects (named parameters), undefined, NaN. */
export const checkBindings = (values: readonly unknown[]): Binding[] => values.map(checkValue)

/** The same for PostgreSQL, where a column of values may be bound too. */
export const checkPostgresBindings = (values: readonly unknown[]): (Binding | Binding[])[] =>
  values.map((value, position) =>
    value instanceof ColumnValues ? checkBindings(value.values) : checkValue(value, position),
  )
