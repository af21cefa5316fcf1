import type { Conditions } from '@muster/protocol/iam'
import type { Reader } from '#db/index.ts'

/** Condition keys as they are written in policies, with one value or several; undefined is a key without a value. */
export type GivenConditions = Readonly<Record<string, string | readonly string[] | undefined>>

/** Tags of resources by their ARN; what carries none has no entry. */
export type ResourceTags = (
  db: Reader,
  arns: readonly string[],
) => Promise<ReadonlyMap<string, readonly { readonly key: string; readonly value: string }[]>>

interface Tagging {
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[]
  readonly TagKeys?: readonly string[]
}

/** What a request says of itself: the operation's own keys, and the tags that it gives or takes away. */
export function requestConditions(input: unknown, given: GivenConditions = {}): Conditions {
  const { Tags = [], TagKeys } = input as Tagging
  const keys = TagKeys ?? Tags.map(({ Key }) => Key)
  const found = toConditions(given)
  for (const { Key, Value } of Tags) found.set(`aws:requesttag/${Key.toLowerCase()}`, [Value])
  if (keys.length > 0) found.set('aws:tagkeys', keys)
  return found
}

/** The same, with more. */
export const withConditions = (conditions: Conditions, given: GivenConditions): Conditions =>
  new Map([...conditions, ...toConditions(given)])

/** The same, with the tags that a resource carries. */
export function withTags(
  conditions: Conditions,
  tags: readonly { readonly key: string; readonly value: string }[] = [],
): Conditions {
  if (tags.length === 0) return conditions
  const found = new Map(conditions)
  for (const prefix of TAG_PREFIXES)
    for (const { key, value } of tags) found.set(`${prefix}${key.toLowerCase()}`, [value])
  return found
}

/** Keys of a resource's tags: the global one, and the one that SSM has had for longer. */
export const TAG_PREFIXES = ['aws:resourcetag/', 'ssm:resourcetag/']

function toConditions(given: GivenConditions): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (const [key, value] of Object.entries(given))
    if (value !== undefined) found.set(key.toLowerCase(), typeof value === 'string' ? [value] : value)
  return found
}
