import { findShape, type OperationModel, type Shape } from '@muster/protocol/api'
import { isMatch } from './negative/oracle.ts'

/** Bodies that are no input of any operation. */
export const strangeBodies: readonly string[] = [
  '',
  '{}',
  '[]',
  'null',
  '1',
  '"x"',
  'true',
  '{',
  '{"a":1}',
  '\u0000',
  '\ufeff{}',
  '{"__proto__":{"constructor":{"prototype":{}}}}',
  `${'{"a":'.repeat(60)}1${'}'.repeat(60)}`,
  `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
]

/** Values that a member has no use for, or that something behind it may stumble over. */
const strangeValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  '',
  ' ',
  'x',
  '\u0000',
  '\ud800',
  "'; DROP TABLE command; --",
  '%s%n{{ x }}$(y)',
  '../../etc/passwd',
  'arn:aws:ssm:::document/',
  '9'.repeat(400),
  'é'.repeat(3_000),
  [],
  [null],
  [[]],
  ['x', 'x'],
  [{}],
  {},
  { x: [] },
  { Key: 'x', Values: [] },
]

/** What leads past the first checks: values of things that are really there, by the name of their shape. */
export interface Known {
  readonly values: Readonly<Record<string, unknown>>
  /** Members that an operation wants although the model calls them optional. */
  readonly needed: Readonly<Record<string, readonly string[]>>
}

/**
 * Inputs of one operation: its required members alone and with each further one, as the model wants them, and then
 * each strange value at every place of these.
 */
export function* hostileInputs(operation: OperationModel, known: Known): Generator<unknown> {
  const whole = sample({ operation, known }, operation.input, 0) as Readonly<Record<string, unknown>>
  const { required = [] } = findShape(operation.service, operation.input ?? '') ?? {}
  const wanted = [...required, ...(known.needed[operation.name] ?? [])]
  const bare = Object.fromEntries(Object.entries(whole).filter(([name]) => wanted.includes(name)))
  yield bare
  for (const [name, member] of Object.entries(whole)) {
    const input = { ...bare, [name]: member }
    yield input
    for (const path of pathsOf(member, [name])) for (const value of strangeValues) yield replaced(input, path, value)
  }
}

const MAX_DEPTH = 4

interface Making {
  readonly operation: OperationModel
  readonly known: Known
}

/** A value that fits a shape: every member, one element a list. */
function sample(making: Making, name: string | undefined, depth: number): unknown {
  if (name === undefined || depth > MAX_DEPTH) return {}
  if (Object.hasOwn(making.known.values, name)) return making.known.values[name]
  const shape = findShape(making.operation.service, name)
  const of = (inner: { readonly shape: string } | undefined) => sample(making, inner?.shape, depth + 1)
  switch (shape?.type) {
    case 'structure':
      return Object.fromEntries(Object.entries(shape.members ?? {}).map(([member, inner]) => [member, of(inner)]))
    case 'list':
      return [of(shape.member)]
    case 'map':
      return { sample: of(shape.value) }
    case 'boolean':
      return false
    case 'timestamp':
    case 'integer':
    case 'long':
      return shape.min ?? 1
    default:
      return shape && text(shape)
  }
}

/** Texts of the patterns that are most in use; where none fits, the checker has its say, which is as good here. */
const TEXTS = ['sample', '1', '50%', '01234567-89ab-cdef-0123-456789abcdef', '123456789012']

function text({ enum: values, pattern = '', min = 0, max = Number.POSITIVE_INFINITY }: Shape): string {
  const candidates = values ?? TEXTS
  const fits = candidates.find(({ length }) => length >= min && length <= max)
  return candidates.find((each) => each.length >= min && each.length <= max && isMatch(pattern, each)) ?? fits ?? ''
}

type Path = readonly [string | number, ...(string | number)[]]

function* pathsOf(value: unknown, path: Path): Generator<Path> {
  yield path
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value))
    yield* pathsOf(member, [...path, Array.isArray(value) ? Number(name) : name])
}

function replaced(value: unknown, [first, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (first === undefined) return by
  if (Array.isArray(value)) return value.map((item, index) => (index === first ? replaced(item, rest, by) : item))
  const members = value as Readonly<Record<string, unknown>>
  return { ...members, [first]: replaced(members[first], rest, by) }
}
