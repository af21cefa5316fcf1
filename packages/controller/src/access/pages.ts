import type { OperationName } from '@muster/protocol/api'
import { ApiError } from '#api/index.ts'
import { decodeToken, encodeToken } from '#kit/paging.ts'
import type { Sealer } from '#kit/seal.ts'
import type { Asking } from './reach.ts'

interface PageInput {
  readonly Marker?: string | undefined
  readonly MaxItems?: number | undefined
}

export interface Page<T> {
  readonly items: readonly T[]
  /** What the answer says about the rest. */
  readonly rest: { readonly IsTruncated: boolean; readonly Marker?: string }
}

export interface PageSource<T> {
  /** In the order of their keys, those whose key comes after `after`, which is empty at first. */
  load(after: string, limit: number): Promise<readonly T[]>
  keyOf(item: NoInfer<T>): string
}

const PAGE = 100

/** One page of a list in IAM's manner. A marker is good for its caller and query only. */
export async function pageOf<T>(
  sealer: Pick<Sealer, 'mac'>,
  operation: OperationName,
  input: PageInput,
  { caller }: Pick<Asking, 'caller'>,
  { load, keyOf }: PageSource<T>,
): Promise<Page<T>> {
  const { Marker, MaxItems = PAGE, ...query } = input
  const scope = { principal: caller.id, query: { operation, ...query } }
  const after = Marker === undefined ? '' : decodeToken(sealer, scope, Marker)
  if (typeof after !== 'string') throw new ApiError('ValidationException', 'Invalid Marker.')
  const found = await load(after, MaxItems + 1)
  const items = found.slice(0, MaxItems)
  const last = found.length > MaxItems ? items.at(-1) : undefined
  if (last === undefined) return { items, rest: { IsTruncated: false } }
  return { items, rest: { IsTruncated: true, Marker: encodeToken(sealer, scope, keyOf(last)) } }
}

/** A list that is short enough to be read whole. */
export const wholeList = <T>(all: readonly T[], keyOf: (item: T) => string): PageSource<T> => ({
  load: async (after, limit) => all.filter((item) => keyOf(item) > after).slice(0, limit),
  keyOf,
})
