export interface Tag {
  readonly key: string
  readonly value: string
}

/** Selects resources that have any of the keys, with any of the values (or values that begin so) when some are given. */
export interface TagCondition {
  readonly keys: readonly string[]
  readonly values?: readonly string[]
  readonly prefixes?: readonly string[]
}

export const MAX_TAGS = 50
const RESERVED = /^aws:/i

/** What is wrong with tag keys of one request, as a sentence; undefined when nothing is. */
export function findKeyProblem(keys: readonly string[]): string | undefined {
  const reserved = keys.find((key) => RESERVED.test(key))
  if (reserved !== undefined) return `Tag keys that begin with aws: are reserved: ${reserved}.`
  const seen = new Set<string>()
  for (const key of keys) {
    if (seen.has(key)) return `A tag key is given twice: ${key}.`
    seen.add(key)
  }
  return undefined
}

/** What is wrong with the tags of a new resource; undefined when nothing is. */
export function findTagsProblem(tags: readonly Tag[]): string | undefined {
  if (tags.length > MAX_TAGS) return `A resource has at most ${MAX_TAGS} tags; ${tags.length} are given.`
  return findKeyProblem(tags.map(({ key }) => key))
}

/** Whether a resource stays within the limit when these keys are added to those that it has. */
export const fits = (present: readonly string[], added: readonly string[]): boolean =>
  new Set([...present, ...added]).size <= MAX_TAGS
