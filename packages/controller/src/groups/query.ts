import type { ResourceQuery } from '@muster/protocol/api'
import { parseQuery } from './group.ts'

/** What is wrong with a query, as a sentence; undefined when nothing is. */
export function findQueryProblem({ Type, Query }: ResourceQuery): string | undefined {
  if (Type !== 'TAG_FILTERS_1_0') return `Queries of type ${Type} are not supported: use TAG_FILTERS_1_0.`
  const parsed = parseQuery(Query)
  return parsed.ok ? undefined : parsed.problem
}

/** The sentence for a group that is not there. */
export const noSuchGroup = (name: string): string => `There is no group ${name}.`
