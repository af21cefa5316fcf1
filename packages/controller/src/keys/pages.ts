import type { ApiError } from '#api/index.ts'
import { decodeToken, encodeToken, type JsonValue, type PageScope } from '#kit/paging.ts'
import type { Sealer } from '#kit/seal.ts'

interface PageInput {
  readonly Limit?: number | undefined
  readonly Marker?: string | undefined
}

export interface Page<T> {
  readonly shown: readonly T[]
  readonly rest: { readonly NextMarker?: string; readonly Truncated: boolean }
}

export interface PageDeps {
  readonly sealer: Pick<Sealer, 'mac'>
  readonly principal: string
  readonly refuse: (code: 'InvalidMarkerException', text: string) => ApiError
}

const PAGE = 100

/** Reads one page of a list of keys' slice: `read` gets the last item's position and how many to find. */
export async function readPage<T>(
  { sealer, principal, refuse }: PageDeps,
  { Limit = PAGE, Marker, ...query }: PageInput & Readonly<Record<string, unknown>>,
  read: (after: JsonValue | undefined, limit: number) => Promise<readonly T[]>,
  positionOf: (item: T) => JsonValue,
): Promise<Page<T>> {
  const scope: PageScope = { principal, query }
  const after = Marker === undefined ? undefined : decodeToken(sealer, scope, Marker)
  if (Marker !== undefined && after === undefined)
    throw refuse('InvalidMarkerException', 'The marker does not continue this list.')
  const found = await read(after, Limit + 1)
  const shown = found.slice(0, Limit)
  const last = found.length > Limit ? shown.at(-1) : undefined
  if (last === undefined) return { shown, rest: { Truncated: false } }
  return { shown, rest: { Truncated: true, NextMarker: encodeToken(sealer, scope, positionOf(last)) } }
}
