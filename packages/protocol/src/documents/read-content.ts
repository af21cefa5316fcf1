import { LineCounter, parseDocument as parseYaml } from 'yaml'
import { isPlainObject, type Plain } from '#kit/index.ts'

export type DocumentFormat = 'JSON' | 'YAML'
export type ReadResult = { readonly ok: true; readonly value: Plain } | { readonly ok: false; readonly text: string }

const MAX_DEPTH = 64
const MAX_YAML_ALIASES = 100
const POLLUTING_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

/** Reads JSON or YAML (1.2, core schema, no tags) into a plain value, or says where it cannot. */
export function readContent(content: string, format: DocumentFormat): ReadResult {
  const read = format === 'JSON' ? readJson(content) : readYaml(content)
  if (!read.ok) return read
  const problem = findProblem(read.value, '', 0)
  return problem === undefined ? { ok: true, value: read.value as Plain } : { ok: false, text: problem }
}

type RawResult = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly text: string }

function readJson(content: string): RawResult {
  try {
    return { ok: true, value: JSON.parse(content) }
  } catch (error) {
    // The engine's own message quotes the content; only the place is taken from it.
    const place = /line \d+ column \d+/.exec(error instanceof Error ? error.message : '')
    return { ok: false, text: `The content is not valid JSON${place ? ` (${place[0]})` : ''}.` }
  }
}

function readYaml(content: string): RawResult {
  if (isNestedTooDeep(content)) return { ok: false, text: `The content is nested deeper than ${MAX_DEPTH} levels.` }
  try {
    const lines = new LineCounter()
    const parsed = parseYaml(content, {
      version: '1.2',
      schema: 'core',
      logLevel: 'error',
      prettyErrors: false,
      lineCounter: lines,
    })
    // Unknown tags are warnings to the library; here they would change what a value means.
    const [fault] = [...parsed.errors, ...parsed.warnings]
    if (fault) {
      const { line, col } = lines.linePos(fault.pos[0])
      return { ok: false, text: `The content is not valid YAML (line ${line} column ${col}): ${fault.message}.` }
    }
    return { ok: true, value: parsed.toJS({ maxAliasCount: MAX_YAML_ALIASES }) }
  } catch (error) {
    const text =
      error instanceof ReferenceError ? `has more than ${MAX_YAML_ALIASES} expanded aliases` : 'is not valid YAML'
    return { ok: false, text: `The content ${text}.` }
  }
}

// The YAML parser recurses: flow collections ([[[[…) and compact blocks (- - - -) are counted before it sees them.
function isNestedTooDeep(content: string): boolean {
  let depth = 0
  for (const char of content) {
    if (char === '[' || char === '{') depth++
    else if (char === ']' || char === '}') depth--
    // Brackets in a script's text need not be balanced, so only a number no script reaches is refused here.
    if (depth > 2000) return true
  }
  return /(?:[-?:][ \t]+){200}/.test(content)
}

function findProblem(value: unknown, place: string, depth: number): string | undefined {
  if (depth > MAX_DEPTH) return `The content is nested deeper than ${MAX_DEPTH} levels.`
  if (value === null || typeof value === 'boolean') return undefined
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `${place} is not a finite number.`
  if (typeof value === 'string') return findTextProblem(value, place)
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const problem = findProblem(item, `${place}[${index}]`, depth + 1)
      if (problem !== undefined) return problem
    }
    return undefined
  }
  if (!isPlainObject(value)) return `${place} is not a plain value.`
  for (const key of Object.keys(value)) {
    if (POLLUTING_KEYS.has(key)) return `A member must not be named ${key}.`
    const problem =
      findTextProblem(key, 'A member name') ??
      findProblem(value[key], place === '' ? key : `${place}.${key}`, depth + 1)
    if (problem !== undefined) return problem
  }
  return undefined
}

function findTextProblem(text: string, place: string): string | undefined {
  if (text.includes('\0')) return `${place} holds a NUL character.`
  return text.isWellFormed() ? undefined : `${place} holds half a character (a lone surrogate).`
}
