import { ANY, type Glob, literalGlob, ONE, wildcardGlob } from './glob.ts'
import type { Lookup } from './request.ts'

/** A `${key}` that is filled from what is known about a request, once: what it brings is text, never a wildcard or another variable. */
export interface Variable {
  /** In lower case. */
  readonly key: string
  /** What stands for it where nothing is known. */
  readonly fallback?: string
}

/** A text of a policy, read once: fixed pieces, and variables between them. */
export type Template = readonly (Glob | Variable)[]

export type ReadTemplate =
  | { readonly ok: true; readonly template: Template }
  | { readonly ok: false; readonly text: string }

const ESCAPES = new Set(['*', '?', '$'])
/** A key, and perhaps a default in single quotes. */
const VARIABLE = /^\s*([A-Za-z0-9_-]+:[^\s,'"{}$](?:[^,'"{}$]*[^\s,'"{}$])?)\s*(?:,\s*'([^']*)'\s*)?$/

export interface TemplateOptions {
  /** Whether `${…}` means something; in policies of 2008 it is text. */
  readonly variables: boolean
  readonly wildcards: boolean
}

/** Reads a text of a policy; the problem of a variable that cannot be read is the text of the answer. */
export function readTemplate(text: string, { variables, wildcards }: TemplateOptions): ReadTemplate {
  const globOf = wildcards ? wildcardGlob : literalGlob
  if (!variables || !text.includes('${')) return { ok: true, template: [globOf(text)] }
  const template: (Glob | Variable)[] = []
  for (let at = 0; at < text.length; ) {
    const start = text.indexOf('${', at)
    if (start !== at) template.push(globOf(text.slice(at, start < 0 ? undefined : start)))
    if (start < 0) break
    const end = text.indexOf('}', start)
    if (end < 0) return { ok: false, text: `The variable that begins in "${text.slice(start)}" does not end.` }
    const inside = text.slice(start + 2, end)
    const variable = ESCAPES.has(inside) ? undefined : readVariable(inside)
    if (variable === undefined && !ESCAPES.has(inside)) return { ok: false, text: `"\${${inside}}" is not a variable.` }
    template.push(variable ?? literalGlob(inside))
    at = end + 1
  }
  return { ok: true, template }
}

function readVariable(inside: string): Variable | undefined {
  const [, key, fallback] = VARIABLE.exec(inside) ?? []
  if (key === undefined) return undefined
  return { key: key.toLowerCase(), ...(fallback !== undefined && { fallback }) }
}

export const isVariable = (piece: Glob | Variable | undefined): piece is Variable =>
  piece !== undefined && !Array.isArray(piece)

/** Keys of the variables. */
export const keysOf = (template: Template): readonly string[] => template.filter(isVariable).map(({ key }) => key)

/** The pattern with its variables filled; undefined where nothing, or more than one value, is known for one of them. */
export function fillTemplate(template: Template, lookup: Lookup): Glob | undefined {
  const [only] = template
  if (template.length === 1 && only !== undefined && !isVariable(only)) return only
  const glob: number[] = []
  for (const piece of template) {
    if (!isVariable(piece)) {
      glob.push(...piece)
      continue
    }
    const values = lookup.get(piece.key)
    const value =
      values?.length === 1 ? values[0] : values === undefined || values.length === 0 ? piece.fallback : undefined
    if (value === undefined) return undefined
    glob.push(...literalGlob(value))
  }
  return glob
}

/** The widest that the pattern can become, whatever its variables are. */
export const widestGlob = (template: Template): Glob =>
  template.flatMap((piece) => (isVariable(piece) ? [ANY] : [...piece]))

/** Whether it matches every text. */
export const isEverything = (template: Template): boolean => {
  const [only] = template
  return (
    template.length === 1 &&
    only !== undefined &&
    !isVariable(only) &&
    only.includes(ANY) &&
    !only.some((code) => code >= 0 || code === ONE)
  )
}
