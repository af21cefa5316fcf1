import { isMap, readContent } from '#documents/index.ts'
import type { PlainObject } from '#kit/index.ts'
import {
  type ContentFormat,
  descriptionOf,
  findSizeProblem,
  NOTHING,
  readMap,
  refuseContent,
  type TypedResult,
} from './typed.ts'

type Check = (root: PlainObject) => string | undefined

/** Documents that are kept as they are given: maps in JSON or YAML, with what their type asks of the topmost members. */
export const keptMap =
  (type: string, check: Check = () => undefined, options: { readonly anyTags?: boolean } = {}) =>
  (content: string, format: ContentFormat): TypedResult => {
    const read = readMap(type, content, format, options)
    if (!read.ok) return read
    const { root } = read
    const problem = check(root)
    if (problem !== undefined) return refuseContent(problem)
    const { schemaVersion } = root
    const schema = typeof schemaVersion === 'string' && /^\d+\.\d+$/.test(schemaVersion) ? { schemaVersion } : {}
    return { ok: true, document: { ...NOTHING, ...schema, ...descriptionOf(root) } }
  }

/** CloudFormation templates and the like: YAML tags such as `!Ref` are theirs, and nothing here follows them. */
export const keptTemplate = (type: string) =>
  keptMap(
    type,
    ({ Resources }) =>
      Resources === undefined
        ? 'Resources is missing.'
        : isMap(Resources) && Object.keys(Resources).length > 0
          ? undefined
          : 'Resources must be a map of at least one resource.',
    { anyTags: true },
  )

/** Configurations: any text, or any JSON or YAML map. */
export const keptText =
  (type: string) =>
  (content: string, format: ContentFormat): TypedResult => {
    const large = findSizeProblem(content)
    if (large) return large
    if (format === 'TEXT') return { ok: true, document: NOTHING }
    const read = readContent(content, format)
    if (!read.ok) return refuseContent(read.text)
    return isMap(read.value) ? keptMap(type)(content, format) : { ok: true, document: NOTHING }
  }

/** Schemas of configurations: a JSON Schema is a map whose type, where it is there, is a name or a list of names. */
export const keptSchema = (type: string) =>
  keptMap(type, ({ type: given, properties }) => {
    const names = Array.isArray(given) ? given : [given]
    if (given !== undefined && !names.every((name) => typeof name === 'string' && SCHEMA_TYPES.has(name)))
      return `type must be one of ${[...SCHEMA_TYPES].join(', ')}.`
    return properties === undefined || isMap(properties) ? undefined : 'properties must be a map.'
  })

const SCHEMA_TYPES = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'])
