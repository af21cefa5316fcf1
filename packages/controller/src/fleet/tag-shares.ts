import type { Reader } from '#db/index.ts'
import type { Tags } from '#tags/index.ts'

/**
 * How large a part of the fleet these nodes are, tag key by tag key: the highest share, in percent, of all nodes that have
 * one value of that key. Keys that differ in case only count as one, as in policies; `isAsked` takes them in lower case.
 */
export async function findTagShares(
  db: Reader,
  tags: Tags,
  nodeIds: readonly string[],
  isAsked: (key: string) => boolean,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, Map<string, number>>()
  for (const list of (await tags.listOf(db, 'ManagedInstance', nodeIds)).values())
    for (const { key, value } of list) {
      if (!isAsked(key.toLowerCase())) continue
      const values = counts.get(key) ?? new Map<string, number>()
      counts.set(key, values.set(value, (values.get(value) ?? 0) + 1))
    }
  const shares = new Map<string, number>()
  for (const [key, values] of counts) {
    const all = await tags.countValues(db, 'ManagedInstance', key)
    for (const [value, count] of values) {
      const share = (100 * count) / Math.max(count, all.get(value) ?? 0)
      shares.set(key.toLowerCase(), Math.max(share, shares.get(key.toLowerCase()) ?? 0))
    }
  }
  return shares
}
