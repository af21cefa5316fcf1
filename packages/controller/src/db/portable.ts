import { type RawBuilder, sql } from 'kysely'
import { prefixRange, withoutNul } from './portable-text.ts'

export { prefixRange, withoutNul }

/** A yes or no as both engines store it. */
export type Flag = 0 | 1

export const toFlag = (value: boolean): Flag => (value ? 1 : 0)
export const fromFlag = (value: number): boolean => value !== 0

/** A value as the text of a `json` column. */
export const toJson = (value: unknown): string => {
  const text = JSON.stringify(value)
  if (text === undefined) throw new TypeError(`A value of type ${typeof value} has no JSON form.`)
  return text
}

/** The value of a `json` column; the caller names the type that it wrote. */
export const fromJson = <T>(text: string): T => JSON.parse(text) as T

/** `column` begins with `prefix`: a range, which an index serves on both engines, where LIKE differs. */
export const startsWith = (column: string, prefix: string): RawBuilder<boolean> => {
  const { from, below } = prefixRange(prefix)
  const ref = sql.ref(column)
  return below === undefined ? sql<boolean>`${ref} >= ${from}` : sql<boolean>`(${ref} >= ${from} and ${ref} < ${below})`
}

/** Rows that follow the row with these key values, all columns ascending: the condition of a page by key. */
export const follows = (columns: readonly string[], values: readonly (string | number)[]): RawBuilder<boolean> =>
  sql<boolean>`(${sql.join(columns.map((column) => sql.ref(column)))}) > (${sql.join(values)})`

/** Rows that come before the row with these key values: the condition of a page from the newest. */
export const precedes = (columns: readonly string[], values: readonly (string | number)[]): RawBuilder<boolean> =>
  sql<boolean>`(${sql.join(columns.map((column) => sql.ref(column)))}) < (${sql.join(values)})`
