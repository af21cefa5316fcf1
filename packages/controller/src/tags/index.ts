/**
 * Tags: up to 50 key and value pairs on a resource of another slice. In come the three tag operations and tags given
 * when a resource is made; out go tags for lists, and the selection of resources by tag. This slice is below those
 * whose resources it tags: each of them registers what its resources are by `registerType`, and removes the tags of
 * what it removes.
 */
import type { ResourceTags } from '#api/index.ts'
import type { Operation } from '#api/operation.ts'
import type { Reader, Tx } from '#db/index.ts'
import type { TaggedKind, TagsDeps } from './deps.ts'
import { tagsOfArns } from './of-arns.ts'
import { addTagsToResource } from './operations/add-tags-to-resource.ts'
import { listTagsForResource } from './operations/list-tags-for-resource.ts'
import { removeTagsFromResource } from './operations/remove-tags-from-resource.ts'
import { countValues, findByTags, idsMatching, listTags, listTagsOf, putTags, removeTags } from './store.ts'
import type { Tag, TagCondition } from './tag.ts'

export type { TaggedKind, TagsDeps } from './deps.ts'
export { mayTag } from './may-tag.ts'
export { findTagsProblem, MAX_TAGS, type Tag, type TagCondition } from './tag.ts'
export { fromTagList, toTagList } from './wire.ts'

export interface Tags {
  readonly operations: readonly Operation[]
  /** Makes resources of a type taggable; called once a type, when the slices are wired. */
  registerType(type: string, kind: TaggedKind): void
  list(db: Reader, type: string, id: string): Promise<Tag[]>
  listOf(db: Reader, type: string, ids: readonly string[]): Promise<Map<string, Tag[]>>
  /** How many resources of a type have each value of a key. */
  countValues(db: Reader, type: string, key: string): Promise<ReadonlyMap<string, number>>
  put(tx: Tx, type: string, id: string, tags: readonly Tag[]): Promise<void>
  /** Tags of resources of any type by their ARN, as policies ask for them. */
  readonly ofArns: ResourceTags
  removeAll(tx: Tx, type: string, id: string): Promise<void>
  remove(tx: Tx, type: string, id: string, keys: readonly string[]): Promise<void>
  /** Conditions all hold (AND), any of a condition's values (OR); no condition selects nothing. */
  findByTags(db: Reader, type: string, conditions: readonly TagCondition[]): Promise<string[]>
  /** The same as a subquery. */
  idsMatching: typeof idsMatching
}

/** Wires the tags slice. */
export function createTags({ home }: TagsDeps): Tags {
  const kinds = new Map<string, TaggedKind>()
  const deps = { home, kinds }
  return {
    operations: [addTagsToResource(deps), removeTagsFromResource(deps), listTagsForResource(deps)],
    registerType(type, kind) {
      if (kinds.has(type)) throw new Error(`Resources of type ${type} are registered already.`)
      kinds.set(type, kind)
    },
    list: listTags,
    listOf: listTagsOf,
    ofArns: (db, arns) => tagsOfArns(db, kinds, arns),
    countValues,
    put: putTags,
    removeAll: (tx, type, id) => removeTags(tx, type, id),
    remove: removeTags,
    findByTags,
    idsMatching,
  }
}
