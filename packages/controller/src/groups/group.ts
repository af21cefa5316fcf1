import type { TagCondition } from '#tags/index.ts'

/** What a query's text comes to. */
export interface GroupQuery {
  /** All of them hold; never empty. */
  readonly conditions: readonly TagCondition[]
}

export type ParsedQuery =
  | { readonly ok: true; readonly query: GroupQuery }
  | { readonly ok: false; readonly problem: string }

/** Types of resources that a managed node is. */
export const NODE_TYPES: readonly string[] = ['AWS::AllSupported', 'AWS::SSM::ManagedInstance']

export const MAX_GROUPS = 1000
const MAX_FILTERS = 50
const MAX_VALUES = 20
const MAX_KEY_CHARS = 128
const MAX_VALUE_CHARS = 256

const bad = (problem: string): ParsedQuery => ({ ok: false, problem })
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')
const strangeKeyOf = (value: object, known: readonly string[]): string | undefined =>
  Object.keys(value).find((key) => !known.includes(key))

/** Reads a query of type TAG_FILTERS_1_0; one without a tag filter is refused, since it would mean everyone. */
export function parseQuery(text: string): ParsedQuery {
  const value = readJson(text)
  if (!isObject(value)) return bad('Query must be the JSON text of an object.')
  const strange = strangeKeyOf(value, ['ResourceTypeFilters', 'TagFilters'])
  if (strange !== undefined) return bad(`Query has an unknown member ${strange}.`)
  const { ResourceTypeFilters: types, TagFilters: filters } = value
  if (!isTexts(types) || types.length === 0) return bad('Query.ResourceTypeFilters must be a list of types.')
  const foreign = types.find((type) => !NODE_TYPES.includes(type))
  if (foreign !== undefined) return bad(`Muster has no resources of type ${foreign}: use ${NODE_TYPES.join(' or ')}.`)
  if (!Array.isArray(filters) || filters.length === 0)
    return bad('Query.TagFilters must have a filter: no filter never means every node.')
  if (filters.length > MAX_FILTERS) return bad(`Query.TagFilters has more than ${MAX_FILTERS} filters.`)
  const conditions: TagCondition[] = []
  for (const filter of filters) {
    const condition = readFilter(filter)
    if (typeof condition === 'string') return bad(condition)
    const [key = ''] = condition.keys
    if (conditions.some(({ keys }) => keys[0] === key)) return bad(`Query.TagFilters has the key ${key} twice.`)
    conditions.push(condition)
  }
  return { ok: true, query: { conditions } }
}

function readFilter(filter: unknown): TagCondition | string {
  if (!isObject(filter)) return 'Query.TagFilters must be a list of {Key, Values}.'
  const strange = strangeKeyOf(filter, ['Key', 'Values'])
  if (strange !== undefined) return `A filter of Query.TagFilters has an unknown member ${strange}.`
  const { Key: key, Values: values = [] } = filter
  if (typeof key !== 'string' || key === '' || key.length > MAX_KEY_CHARS)
    return `A filter of Query.TagFilters needs a Key of 1 to ${MAX_KEY_CHARS} characters.`
  if (!isTexts(values)) return `Values of ${key} in Query.TagFilters must be a list of texts.`
  if (values.length > MAX_VALUES) return `Values of ${key} in Query.TagFilters has more than ${MAX_VALUES} values.`
  if (values.some((value) => value.length > MAX_VALUE_CHARS))
    return `Values of ${key} in Query.TagFilters has a value of more than ${MAX_VALUE_CHARS} characters.`
  // No values: the key alone counts, whatever its value.
  return values.length === 0 ? { keys: [key] } : { keys: [key], values }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
