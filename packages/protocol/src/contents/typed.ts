import {
  type DocumentFormat,
  type DocumentProblemCode,
  isMap,
  MAX_DOCUMENT_BYTES,
  type ParameterDefinition,
  type Platform,
  readContent,
} from '#documents/index.ts'
import type { PlainObject } from '#kit/index.ts'

/** Every format that a document may be kept in. */
export type ContentFormat = DocumentFormat | 'TEXT'

/** What the API shows of a document's content, whatever its type. */
export interface TypedDocument {
  /** Absent for types whose content has none. */
  readonly schemaVersion?: string
  readonly description?: string
  readonly parameters: readonly ParameterDefinition[]
  readonly platformTypes: readonly Platform[]
  /** Files that the content names, which must be attached, with the SHA-256 (hex, lower case) that it gives for them. */
  readonly files: ReadonlyMap<string, string | undefined>
}

export interface Refused {
  readonly ok: false
  readonly code: DocumentProblemCode
  readonly text: string
}

export type TypedResult = { readonly ok: true; readonly document: TypedDocument } | Refused

export const ALL_PLATFORMS: readonly Platform[] = ['Linux', 'Windows', 'MacOS']
export const NOTHING = { parameters: [], platformTypes: [], files: new Map<string, undefined>() } as const

export const refuseContent = (text: string): Refused => ({ ok: false, code: 'InvalidDocumentContent', text })

/** The content's size, where it is too large. */
export function findSizeProblem(content: string): Refused | undefined {
  const bytes = new TextEncoder().encode(content).length
  if (bytes <= MAX_DOCUMENT_BYTES) return undefined
  const text = `The document has ${bytes} bytes; the limit is ${MAX_DOCUMENT_BYTES}.`
  return { ok: false, code: 'MaxDocumentSizeExceeded', text }
}

export type MapResult = { readonly ok: true; readonly root: PlainObject } | Refused

/** Reads a content that must be a map in JSON or YAML. */
export function readMap(type: string, content: string, format: ContentFormat, options = {}): MapResult {
  const large = findSizeProblem(content)
  if (large) return large
  if (format === 'TEXT') return refuseContent(`A document of type ${type} is JSON or YAML.`)
  const read = readContent(content, format, options)
  if (!read.ok) return refuseContent(read.text)
  return isMap(read.value)
    ? { ok: true, root: read.value }
    : refuseContent(`The content of a document of type ${type} must be a map.`)
}

/** What is wrong with the schema version of a map, where only these are known for its type. */
export function findSchemaProblem(type: string, root: PlainObject, known: readonly string[]): Refused | undefined {
  const value = root['schemaVersion']
  if (typeof value === 'string' && known.includes(value)) return undefined
  const supported = `Supported: ${known.join(', ')}.`
  const shown = typeof value === 'string' && value.length > 20 ? `${value.slice(0, 20)}…` : value
  const text =
    value === undefined
      ? `schemaVersion is missing. ${supported}`
      : typeof value === 'string'
        ? `Schema version ${shown} is not supported for a document of type ${type}. ${supported}`
        : `schemaVersion must be a string such as "${known.at(-1)}". ${supported}`
  return { ok: false, code: 'InvalidDocumentSchemaVersion', text }
}

/** What is wrong with the members of a map that are texts where they are there. */
export function findTextProblem(root: PlainObject, names: readonly string[], place = ''): string | undefined {
  const wrong = names.find((name) => root[name] !== undefined && typeof root[name] !== 'string')
  return wrong === undefined ? undefined : `${place}${wrong} must be a string.`
}

/** The description of a map, to be spread. */
export const descriptionOf = ({ description }: PlainObject): { description?: string } =>
  typeof description === 'string' ? { description } : {}

const SHA256 = /^[0-9a-fA-F]{64}$/

/** Reads `files`: `{name: {checksums: {sha256}}}`; answers what is wrong where it cannot. */
export function readFiles(value: unknown): ReadonlyMap<string, string | undefined> | string {
  const files = new Map<string, string | undefined>()
  if (value === undefined || value === null) return files
  if (!isMap(value as never)) return 'files must be a map of file names.'
  for (const [name, file] of Object.entries(value as PlainObject)) {
    const place = `files.${name}`
    if (!isMap(file)) return `${place} must be a map with checksums.`
    const { checksums } = file
    if (checksums === undefined || checksums === null) {
      files.set(name, undefined)
      continue
    }
    if (!isMap(checksums)) return `${place}.checksums must be a map such as {sha256: …}.`
    const { sha256 } = checksums
    if (typeof sha256 !== 'string' || !SHA256.test(sha256)) return `${place}.checksums.sha256 must be 64 hex digits.`
    files.set(name, sha256.toLowerCase())
  }
  return files
}
