/** One condition of a query; all of them hold, any of a condition's values. */
export interface QueryCondition {
  readonly key: string
  readonly operator?: 'Equal' | 'NotEqual' | 'BeginWith' | 'LessThan' | 'GreaterThan' | undefined
  readonly values: readonly string[]
}

/** What a slice is asked for of its resources: a part of those that meet the conditions, how many there are, and counts. */
export interface Query {
  readonly conditions: readonly QueryCondition[]
  /** Absent: as the slice lists them. */
  readonly sort?: { readonly key: string; readonly descending: boolean }
  readonly offset: number
  readonly limit: number
  /** Keys by whose values to count. */
  readonly facets: readonly string[]
}

export interface Facet {
  readonly key: string
  /** The commonest first. */
  readonly values: readonly { readonly value: string; readonly count: number }[]
}

export interface QueryFound<T> {
  readonly items: readonly T[]
  readonly total: number
  readonly facets: readonly Facet[]
}

/** What is found, or which part of the query cannot be asked and why. */
export type QueryAnswer<T> = QueryFound<T> | { readonly problem: 'filter' | 'sort' | 'facets'; readonly text: string }

/** Values that a facet shows at most. */
export const FACET_VALUES = 50

/** Adds up counts of equal words, the commonest first. */
export function toFacet(key: string, counted: Iterable<{ readonly value: string; readonly count: number }>): Facet {
  const sums = new Map<string, number>()
  for (const { value, count } of counted) sums.set(value, (sums.get(value) ?? 0) + count)
  const values = [...sums].map(([value, count]) => ({ value, count }))
  values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  return { key, values: values.slice(0, FACET_VALUES) }
}
