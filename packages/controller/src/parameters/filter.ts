import type { TagCondition } from '#tags/index.ts'
import { PATH_TEXT, pathOf, readPath } from './name.ts'

/** A column that lists are narrowed by. */
export type Column = 'path' | 'type' | 'tier' | 'data_type' | 'key_reference'

export interface ColumnCondition {
  readonly column: Column
  readonly how: 'Equals' | 'BeginsWith' | 'Contains'
  /** Any of them. */
  readonly values: readonly string[]
}

/** A place in the hierarchy, without a slash at its end. */
export interface Place {
  readonly path: string
  readonly recursive: boolean
}

/** Which parameters to list: all of it must hold. */
export interface ParameterFilter {
  readonly columns: readonly ColumnCondition[]
  /** Any of these places; everywhere when undefined. */
  readonly places: readonly Place[] | undefined
  readonly tags: readonly TagCondition[]
  /** The version that has this label, instead of the latest. */
  readonly label: string | undefined
}

export interface GivenFilter {
  readonly Key: string
  readonly Option?: string | undefined
  readonly Values?: readonly string[] | undefined
}

export type FilterCode = 'InvalidFilterKey' | 'InvalidFilterOption' | 'InvalidFilterValue' | 'ValidationException'

export type ParsedFilter =
  | { readonly ok: true; readonly filter: ParameterFilter }
  | { readonly ok: false; readonly code: FilterCode; readonly text: string }

type Key = {
  readonly column?: Column
  readonly options: readonly string[]
  /** Only these values, for an option that compares whole. */
  readonly words?: readonly string[]
}

const EQUALS = ['BeginsWith', 'Equals']
const KEYS: Readonly<Record<string, Key>> = {
  Name: { column: 'path', options: ['BeginsWith', 'Contains', 'Equals'] },
  Type: { column: 'type', options: EQUALS, words: ['String', 'StringList', 'SecureString'] },
  KeyId: { column: 'key_reference', options: EQUALS },
  Path: { options: ['Recursive', 'OneLevel'] },
  Label: { options: ['Equals'] },
  Tier: { column: 'tier', options: EQUALS, words: ['Standard', 'Advanced', 'Intelligent-Tiering'] },
  DataType: { column: 'data_type', options: EQUALS },
}
const TAG = 'tag:'
const OF_TAG: Key = { options: EQUALS }

export const EVERYTHING: ParameterFilter = { columns: [], places: undefined, tags: [], label: undefined }
/** Keys of each list; the service has no others there. */
export const DESCRIBE_KEYS: readonly string[] = [TAG, 'DataType', 'KeyId', 'Name', 'Path', 'Tier', 'Type']
export const BY_PATH_KEYS: readonly string[] = ['Type', 'KeyId', 'Label']

class Refused extends Error {
  readonly code: FilterCode

  constructor(code: FilterCode, text: string) {
    super(text)
    this.code = code
  }
}

/** Reads the filters of a list that has these keys. */
export function parseFilters(keys: readonly string[], given: readonly GivenFilter[]): ParsedFilter {
  try {
    const seen = new Set<string>()
    let filter = EVERYTHING
    for (const one of given) {
      const key = findKey(keys, one.Key)
      if (seen.has(one.Key))
        throw new Refused(
          'InvalidFilterKey',
          `The following filter is duplicated in the request: ${one.Key}. A request can contain only one occurrence of a specific filter.`,
        )
      seen.add(one.Key)
      filter = narrow(filter, key, one)
    }
    return { ok: true, filter }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, code: error.code, text: error.message }
    throw error
  }
}

function findKey(keys: readonly string[], name: string): Key {
  if (keys.includes(TAG) && name.startsWith(TAG)) return OF_TAG
  const key = keys.includes(name) && name !== TAG ? KEYS[name] : undefined
  if (key) return key
  const valid = keys.map((each) => (each === TAG ? 'tag' : each)).join(', ')
  throw new Refused(
    'InvalidFilterKey',
    `The following filter key is not valid: ${name}. Valid filter keys include: [${valid}].`,
  )
}

function narrow(filter: ParameterFilter, key: Key, { Key: name, Option, Values }: GivenFilter): ParameterFilter {
  const option = Option ?? (name === 'Path' ? 'OneLevel' : 'Equals')
  if (!key.options.includes(option))
    throw new Refused(
      'InvalidFilterOption',
      `The following filter option is not valid: ${option}. Valid options include: [${key.options.join(', ')}].`,
    )
  if (name.startsWith(TAG)) return { ...filter, tags: [...filter.tags, toTagCondition(name, option, Values)] }
  if (!Values || Values.length === 0)
    throw new Refused('InvalidFilterValue', `The following filter values are missing : null for filter key ${name}.`)
  if (name === 'Path') return { ...filter, places: Values.map((path) => toPlace(path, option === 'Recursive')) }
  if (name === 'Label') return { ...filter, label: onlyOne(Values) }
  const strange = option === 'Equals' && key.words && Values.find((value) => !key.words?.includes(value))
  if (strange)
    throw new Refused(
      'InvalidFilterValue',
      `The following filter value is not valid: ${strange}. Valid values include: [${key.words?.join(', ')}].`,
    )
  const column = key.column ?? 'path'
  // Names are found with their slash or without; a part in the middle is taken as it is.
  const values = column === 'path' && option !== 'Contains' ? Values.map(pathOf) : Values
  const condition: ColumnCondition = { column, how: option as ColumnCondition['how'], values }
  return { ...filter, columns: [...filter.columns, condition] }
}

function toTagCondition(name: string, option: string, values: readonly string[] = []): TagCondition {
  const keys = [name.slice(TAG.length)]
  if (values.length === 0) return { keys }
  return option === 'BeginsWith' ? { keys, prefixes: values } : { keys, values }
}

function toPlace(given: string, recursive: boolean): Place {
  const path = readPath(given)
  if (path === undefined) throw new Refused('ValidationException', PATH_TEXT)
  return { path, recursive }
}

function onlyOne([first = '', ...more]: readonly string[]): string {
  if (more.length > 0) throw new Refused('InvalidFilterValue', 'A filter with the key Label takes one value.')
  return first
}
