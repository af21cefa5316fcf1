export interface Sides<T> {
  limit(round: number): Promise<T>
  muster(round: number): Promise<T>
}

/** What both sides gave, one entry a round. */
export interface Rounds<T> {
  readonly limit: readonly T[]
  readonly muster: readonly T[]
}

/**
 * Runs the bare limit and Muster in turn. Every second round begins with the other side, so that neither always
 * finds what the other left behind: a disk that still writes, a processor that slowed down.
 */
export async function alternate<T>(
  { rounds, signal }: { readonly rounds: number; readonly signal: AbortSignal },
  sides: Sides<T>,
): Promise<Rounds<T>> {
  const results: { limit: T[]; muster: T[] } = { limit: [], muster: [] }
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? (['limit', 'muster'] as const) : (['muster', 'limit'] as const)
    for (const side of order) {
      signal.throwIfAborted()
      results[side].push(await sides[side](round))
    }
  }
  return results
}

/** One member of each round's result, for a figure. */
export const pick = <T>(rounds: Rounds<T>, value: (result: T) => number): Rounds<number> => ({
  limit: rounds.limit.map(value),
  muster: rounds.muster.map(value),
})
