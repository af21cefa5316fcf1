import { isNode, isScalar, LineCounter, parseDocument as parseYaml, visit, type Document as YamlDocument } from 'yaml'
import { isPlainObject, type Plain } from '#kit/index.ts'

export type DocumentFormat = 'JSON' | 'YAML'
export type ReadResult = { readonly ok: true; readonly value: Plain } | { readonly ok: false; readonly text: string }

const MAX_DEPTH = 64
const MAX_YAML_ALIASES = 100
const POLLUTING_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Reads JSON or YAML (1.2, core schema, no tags) into a plain value, or says where it cannot. With `anyTags`, YAML tags
 * such as `!Sub` are looked over: for texts that are only kept, since a tag changes what a value means.
 */
export function readContent(content: string, format: DocumentFormat, { anyTags = false } = {}): ReadResult {
  const read = format === 'JSON' ? readJson(content) : readYaml(content, anyTags)
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
    return fail(`The content is not valid JSON${place ? ` (${place[0]})` : ''}.`)
  }
}

function readYaml(content: string, anyTags: boolean): RawResult {
  const tooDeep = fail(`The content is nested deeper than ${MAX_DEPTH} levels.`)
  if (COMPACT_NESTING.test(content)) return tooDeep
  try {
    const lines = new LineCounter()
    // The library compares each key with all others of its map; findRepeatedKey does it in one pass.
    const options = {
      version: '1.2',
      schema: 'core',
      uniqueKeys: false,
      prettyErrors: false,
      lineCounter: lines,
    } as const
    const parsed = parseYaml(content, { ...options, logLevel: 'error' })
    // Unknown tags are warnings to the library; here they would change what a value means.
    const warnings = parsed.warnings.filter(({ code }) => !anyTags || code !== 'TAG_RESOLVE_FAILED')
    const [fault = findRepeatedKey(parsed)] = [...parsed.errors, ...warnings]
    if (fault?.code === 'RESOURCE_EXHAUSTION') return tooDeep
    if (fault) {
      const { line, col } = lines.linePos(fault.pos[0])
      return fail(`The content is not valid YAML (line ${line} column ${col}): ${fault.message}.`)
    }
    return { ok: true, value: parsed.toJS({ maxAliasCount: MAX_YAML_ALIASES }) }
  } catch (error) {
    if (error instanceof RangeError) return tooDeep
    if (error instanceof ReferenceError) return fail(`The content has more than ${MAX_YAML_ALIASES} expanded aliases.`)
    return fail('The content is not valid YAML.')
  }
}

interface Fault {
  readonly code: string
  readonly pos: readonly [number, ...number[]]
  readonly message: string
}

function findRepeatedKey(parsed: YamlDocument.Parsed): Fault | undefined {
  let fault: Fault | undefined
  visit(parsed, {
    Map(_, { items }) {
      const keys = new Set<string>()
      for (const { key } of items) {
        const position = (isNode(key) && key.range?.[0]) || 0
        const name = isScalar(key) ? String(key.value ?? '') : undefined
        if (name !== undefined && !keys.has(name)) {
          keys.add(name)
          continue
        }
        const message = name === undefined ? 'a key must be a plain text' : 'a map has the same key twice'
        fault = { code: 'KEY', pos: [position], message }
        return visit.BREAK
      }
      return undefined
    },
  })
  return fault
}

// Compact blocks (- - - -) take the YAML parser time that grows with the square of their depth.
const COMPACT_NESTING = /(?:[-?:][ \t]+){200}/

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

function fail(text: string): { readonly ok: false; readonly text: string } {
  return { ok: false, text }
}
