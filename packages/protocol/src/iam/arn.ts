import { ANY, type Glob } from './glob.ts'
import { isVariable, type Template, type Variable } from './template.ts'

/** The six parts of an ARN; the last has everything behind the fifth colon. */
export type ArnParts = readonly string[]

const PARTS = 6
const COLON = 58

/** The parts of an ARN; undefined for what is none. */
export function splitArn(text: string): ArnParts | undefined {
  const parts: string[] = []
  let start = 0
  for (let count = 1; count < PARTS; count++) {
    const end = text.indexOf(':', start)
    if (end < 0) return undefined
    parts.push(text.slice(start, end))
    start = end + 1
  }
  parts.push(text.slice(start))
  return parts[0] === 'arn' ? parts : undefined
}

/**
 * A pattern for ARNs, cut before variables are filled: neither a wildcard nor what a variable brings reaches over a colon
 * of the first five parts. `whole` is compared with the whole text: `*`, or one variable alone.
 */
export type ArnPattern =
  | { readonly kind: 'whole'; readonly template: Template }
  | { readonly kind: 'parts'; readonly templates: readonly Template[] }

/** Cuts a pattern; undefined when it has fewer than six parts. */
export function cutArn(template: Template): ArnPattern | undefined {
  const [only] = template
  if (template.length === 1 && only !== undefined) {
    if (isVariable(only)) return { kind: 'whole', template }
    if (only.length === 1 && only[0] === ANY) return { kind: 'whole', template }
  }
  const templates: (Glob | Variable)[][] = [[]]
  for (const piece of template) {
    if (isVariable(piece)) templates.at(-1)?.push(piece)
    else cutPiece(piece, templates)
  }
  return templates.length === PARTS ? { kind: 'parts', templates } : undefined
}

function cutPiece(piece: Glob, templates: (Glob | Variable)[][]): void {
  let start = 0
  while (templates.length < PARTS) {
    const end = piece.indexOf(COLON, start)
    if (end < 0) break
    if (end > start) templates.at(-1)?.push(piece.slice(start, end))
    templates.push([])
    start = end + 1
  }
  if (start < piece.length) templates.at(-1)?.push(piece.slice(start))
}
