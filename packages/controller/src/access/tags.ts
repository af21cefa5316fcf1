import { ApiError } from '#api/index.ts'
import type { Tag } from './store/named.ts'

const MAX_TAGS = 50
const RESERVED = /^aws:/i

/** The tags that a new user, role or policy gets: checked, in the order of their keys. */
export const newTags = (given: readonly Tag[] = []): readonly Tag[] => addTags([], given)

/** Tags with more of them: a key that is there, in whatever case, gets the new value. */
export function addTags(present: readonly Tag[], given: readonly Tag[]): readonly Tag[] {
  const reserved = given.find(({ Key }) => RESERVED.test(Key))
  if (reserved) throw new ApiError('InvalidInput', `Tag keys that begin with aws: are reserved: ${reserved.Key}.`)
  const added = byKey(given)
  if (added.size < given.length)
    throw new ApiError('InvalidInput', 'Duplicate tag keys found. Please note that Tag keys are case insensitive.')
  const all = new Map([...byKey(present), ...added])
  if (all.size > MAX_TAGS) throw new ApiError('LimitExceeded', `There are at most ${MAX_TAGS} tags.`)
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { Key, Value }]) => ({ Key, Value }))
}

/** Tags without those of some keys; a key that is not there is no mistake. */
export function removeTags(present: readonly Tag[], keys: readonly string[]): readonly Tag[] {
  const removed = new Set(keys.map((key) => key.toLowerCase()))
  return present.filter(({ Key }) => !removed.has(Key.toLowerCase()))
}

const byKey = (tags: readonly Tag[]): Map<string, Tag> => new Map(tags.map((tag) => [tag.Key.toLowerCase(), tag]))
