import { isPlainObject, type Plain } from '#kit/index.ts'

/** How deep documents may run others: a command's own document runs one of depth 1. */
export const MAX_DOCUMENT_DEPTH = 3

/** The refusal of a document that is deeper, in the words of the service's agent. */
export const tooDeepText = (depth: number): string =>
  `Maximum depth for document execution exceeded. Maximum depth permitted - ${MAX_DOCUMENT_DEPTH} and current depth - ${depth}`

const IN_ARN = /^(arn:[^/]*document\/[^:]*)(?::(.*))?$/

/** Reads what a step names a document by: `name`, `name:version`, or an ARN with or without a version. */
export function readDocumentPath(path: string): { readonly name: string; readonly version: string } {
  const inArn = IN_ARN.exec(path)
  const at = path.indexOf(':')
  const [name, version] = inArn
    ? [inArn[1] ?? path, inArn[2]]
    : at < 0
      ? [path, undefined]
      : [path.slice(0, at), path.slice(at + 1)]
  return { name, version: version === undefined || version === '' ? '$DEFAULT' : version }
}

export type GivenResult =
  | { readonly ok: true; readonly given: Readonly<Record<string, readonly string[]>> }
  | { readonly ok: false; readonly text: string }

/** Reads parameters that a step gives to a document: a map, or the JSON text of one; values become the lists of texts that the API has. */
export function readNestedParameters(value: Plain | undefined): GivenResult {
  if (value === undefined || value === null || value === '') return { ok: true, given: {} }
  const map = typeof value === 'string' ? parse(value) : value
  if (!isPlainObject(map)) return { ok: false, text: 'documentParameters must be a map or the JSON text of one' }
  return { ok: true, given: Object.fromEntries(Object.entries(map).map(([name, item]) => [name, toTexts(item)])) }
}

const toTexts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(toText) : [toText(value)])
const toText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
