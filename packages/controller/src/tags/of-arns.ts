import type { Reader } from '#db/index.ts'
import type { TaggedKinds } from './deps.ts'
import { listTagsOf } from './store.ts'
import type { Tag } from './tag.ts'

/** Tags of resources of any types; an ARN that no type knows, or that carries none, has no entry. */
export async function tagsOfArns(
  db: Reader,
  kinds: TaggedKinds,
  arns: readonly string[],
): Promise<ReadonlyMap<string, readonly Tag[]>> {
  const found = new Map<string, readonly Tag[]>()
  for (const [type, { idOf }] of kinds) {
    const ids = new Map(
      arns.flatMap((arn) => {
        const id = idOf(arn)
        return id === undefined ? [] : [[id, arn] as const]
      }),
    )
    for (const [id, tags] of await listTagsOf(db, type, [...ids.keys()])) found.set(ids.get(id) ?? id, tags)
  }
  return found
}
