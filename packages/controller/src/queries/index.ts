/**
 * Queries: pages of resources that are filtered, sorted and counted, for consoles. In comes one operation; the slices
 * that own the resources answer, and each is asked with the permission that its own list needs. Nothing is stored here.
 */
import type { Operation } from '#api/operation.ts'
import type { QueriesDeps } from './deps.ts'
import { queryResources } from './operations/query-resources.ts'

export type { QueriesDeps } from './deps.ts'

export interface Queries {
  readonly operations: readonly Operation[]
}

/** Wires the queries slice. */
export const createQueries = (deps: QueriesDeps): Queries => ({ operations: [queryResources(deps)] })
