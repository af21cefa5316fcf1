import { type ArnParts, type ArnPattern, cutArn, splitArn } from './arn.ts'
import { ANY, type Glob, isLiteral, literalStart, matchesGlob } from './glob.ts'
import type { Lookup } from './request.ts'
import {
  fillTemplate,
  isEverything,
  isVariable,
  readTemplate,
  type Template,
  type TemplateOptions,
} from './template.ts'

/** Whether a value is what a policy means; undefined where that cannot be said: a variable is not known, or it is no number. */
export type Matcher = (value: string, lookup: Lookup) => boolean | undefined

export type ReadMatcher =
  | { readonly ok: true; readonly matches: Matcher; readonly keys: readonly string[] }
  | { readonly ok: false; readonly text: string }

const CERTAIN: Matcher = () => true

/** Makes a matcher of whole texts. */
export function matcherOfText(template: Template, foldCase = false): Matcher {
  if (isEverything(template)) return CERTAIN
  const fold = (text: string): string => (foldCase ? text.toLowerCase() : text)
  const [only] = template
  if (template.length === 0) return (value) => value === ''
  if (template.length === 1 && only !== undefined && !isVariable(only))
    return matcherOfGlob(foldGlob(only, foldCase), fold)
  return (value, lookup) => {
    const glob = fillTemplate(template, lookup)
    return glob && matchesGlob(foldGlob(glob, foldCase), fold(value))
  }
}

function matcherOfGlob(glob: Glob, fold: (text: string) => string): Matcher {
  const start = literalStart(glob)
  if (isLiteral(glob)) return (value) => fold(value) === start
  const isPrefix = glob.indexOf(ANY) === glob.length - 1 && isLiteral(glob.slice(0, -1))
  if (isPrefix) return (value) => fold(value).startsWith(start)
  return (value) => matchesGlob(glob, fold(value))
}

const foldGlob = (glob: Glob, foldCase: boolean): Glob =>
  foldCase
    ? glob.flatMap((code) =>
        code < 0 ? [code] : Array.from(String.fromCodePoint(code).toLowerCase(), (char) => char.codePointAt(0) ?? 0),
      )
    : glob

/** Whether an ARN, and its parts where it is one, is what a policy means. */
export type ArnMatcher = (value: string, parts: ArnParts | undefined, lookup: Lookup) => boolean | undefined

/** Makes a matcher that compares part by part. */
export function matcherOfArn(pattern: ArnPattern): ArnMatcher {
  if (pattern.kind === 'whole') {
    const matches = matcherOfText(pattern.template)
    return (value, _parts, lookup) => matches(value, lookup)
  }
  const matchers = pattern.templates.map((template) => matcherOfText(template))
  return (_value, parts, lookup) => {
    if (parts === undefined) return false
    let result: boolean | undefined = true
    for (let at = 0; at < matchers.length; at++) {
      const matched = matchers[at]?.(parts[at] ?? '', lookup)
      if (matched === false) return false
      if (matched === undefined) result = undefined
    }
    return result
  }
}

export type ReadArnPattern =
  | { readonly ok: true; readonly template: Template; readonly pattern: ArnPattern }
  | { readonly ok: false; readonly text: string }

/** Reads a pattern of ARNs. */
export function readArnPattern(text: string, options: Pick<TemplateOptions, 'variables'>): ReadArnPattern {
  const read = readTemplate(text, { ...options, wildcards: true })
  if (!read.ok) return read
  const pattern = cutArn(read.template)
  if (pattern === undefined) return { ok: false, text: `"${text}" must be in ARN format or "*".` }
  return { ok: true, template: read.template, pattern }
}

/** The same over single values, which are cut each time. */
export function matcherOfArnText(pattern: ArnPattern): Matcher {
  const matches = matcherOfArn(pattern)
  return (value, lookup) => matches(value, splitArn(value), lookup)
}
