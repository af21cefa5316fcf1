import { type Home, ssmArn } from '#kit/identity.ts'

/** Which version is meant: by number, by label, or the latest when there is no selector. */
export type Selector = { readonly version: number } | { readonly label: string }

/** A parameter as a request names it: by name or by ARN, with a selector or without. */
export interface Reference {
  /** What was given, whole. */
  readonly given: string
  /** The name with a slash in front; undefined for an ARN of another account or region. */
  readonly path: string | undefined
  /** The name; undefined for an ARN, which has lost whether the name began with a slash. */
  readonly name: string | undefined
  /** Text of the selector with its colon; empty when there is none. */
  readonly suffix: string
  readonly selector: Selector | undefined
}

export type NameProblem = {
  readonly code: 'AccessDeniedException' | 'ValidationException' | 'HierarchyLevelLimitExceededException'
  readonly text: string
}

const MAX_NAME_CHARS = 1011
const MAX_LEVELS = 15
const MALFORMED =
  'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths ' +
  'divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_'

/** A name as hierarchies and ARNs have it. */
export const pathOf = (name: string): string => (name.startsWith('/') ? name : `/${name}`)
export const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('/'))
export const parameterArn = (home: Home, path: string): string => ssmArn(home, `parameter${pathOf(path)}`)

/** The path in an ARN of a parameter here; undefined for any other text. */
export function pathInArn(home: Home, arn: string): string | undefined {
  const prefix = ssmArn(home, 'parameter/')
  return arn.startsWith(prefix) ? arn.slice(prefix.length - 1) : undefined
}

/** Reads a name or an ARN with its selector, `:3` or `:label`. */
export function readReference(home: Home, given: string): Reference {
  if (!given.startsWith('arn:')) {
    const [name, suffix] = cut(given)
    return { given, name, path: pathOf(name), suffix, selector: selectorOf(suffix) }
  }
  const inArn = pathInArn(home, given)
  if (inArn === undefined) return { given, name: undefined, path: undefined, suffix: '', selector: undefined }
  const [path, suffix] = cut(inArn)
  return { given, name: undefined, path, suffix, selector: selectorOf(suffix) }
}

const cut = (text: string): [string, string] => {
  const colon = text.indexOf(':')
  return colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon)]
}

function selectorOf(suffix: string): Selector | undefined {
  if (suffix === '') return undefined
  const text = suffix.slice(1)
  return /^\d{1,15}$/.test(text) ? { version: Number(text) } : { label: text }
}

/** What a request's name means to policies: the parameter's ARN, or the foreign one as it is. */
export function referenceArn(home: Home, given: string): string {
  const { path } = readReference(home, given)
  return path === undefined ? given : parameterArn(home, path)
}

/** The sentence for parameters of others. */
export const foreignText = (arn: string): string =>
  `${arn} is not a parameter of this account and region: Muster shares no parameters between accounts.`

/** What is wrong with the name of a parameter that is about to be put; undefined when nothing is. */
export function findNameProblem(name: string): NameProblem | undefined {
  const bare = name.replace(/^\//, '').toLowerCase()
  if (bare.startsWith('aws'))
    return { code: 'AccessDeniedException', text: `No access to reserved parameter name: ${name}.` }
  const malformed = bare.startsWith('ssm') || !/^\/?[a-zA-Z0-9._-]+(\/[a-zA-Z0-9._-]+)*$/.test(name)
  if (malformed) return { code: 'ValidationException', text: MALFORMED }
  if (name.includes('/') && !name.startsWith('/'))
    return { code: 'ValidationException', text: 'Parameter name must be a fully qualified name.' }
  if (name.length > MAX_NAME_CHARS)
    return { code: 'ValidationException', text: `A parameter name has at most ${MAX_NAME_CHARS} characters.` }
  if (pathOf(name).split('/').length - 1 > MAX_LEVELS)
    return {
      code: 'HierarchyLevelLimitExceededException',
      text: `A hierarchy can have a maximum of ${MAX_LEVELS} levels.`,
    }
  return undefined
}

/** A path as `prefix` of what stands below it: without a slash at its end; undefined when it cannot be one. */
export function readPath(path: string): string | undefined {
  if (!/^\/([a-zA-Z0-9._-]+(\/[a-zA-Z0-9._-]+)*\/?)?$/.test(path)) return undefined
  return path.endsWith('/') ? path.slice(0, -1) : path
}

/** The service's sentence for a path that is none. */
export const PATH_TEXT =
  'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". ' +
  'It can\'t be prefixed with "aws" or "ssm" (case-insensitive). It must use only letters, numbers, or the following ' +
  'symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, ' +
  'must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.'
