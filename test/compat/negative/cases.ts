import { type RawModel, type RawOperation, type RawShape, shapeOf } from './model-file.ts'
import { brokenLimits, isMatch } from './oracle.ts'

/** One constraint of one place, broken; everything else is as the model wants it. */
export interface Case {
  /** The place and the constraint, for a test's message. */
  readonly title: string
  /** The member of the input that holds the place. */
  readonly member: string
  readonly body: Readonly<Record<string, unknown>>
}

const MAX_DEPTH = 5

/** Every constraint of every place of an operation's input, each broken once. */
export function casesOf(operation: RawOperation): readonly Case[] {
  const { model, input } = operation
  const base = sampleStructure(model, input, 0)
  return Object.entries(input.members ?? {}).flatMap(([member, { shape }]) => [
    ...(input.required?.includes(member)
      ? [{ title: `${member} is absent`, member, body: without(base, member) }]
      : []),
    ...violations(model, shape, member, 0).map(({ title, value }) => ({
      title,
      member,
      body: { ...base, [member]: value },
    })),
  ])
}

/** Two constraints of different members broken at once, for every neighbouring two. */
export function pairsOf(cases: readonly Case[]): readonly Case[] {
  return cases.flatMap((first, index) => {
    const second = cases.slice(index + 1).find(({ member }) => member !== first.member)
    if (second === undefined) return []
    const value = second.body[second.member]
    const body = value === undefined ? without(first.body, second.member) : { ...first.body, [second.member]: value }
    return [{ title: `${first.title}, and ${second.title}`, member: first.member, body }]
  })
}

const without = (body: Readonly<Record<string, unknown>>, member: string) =>
  Object.fromEntries(Object.entries(body).filter(([name]) => name !== member))

interface Violation {
  readonly title: string
  readonly value: unknown
}

function violations(model: RawModel, name: string, path: string, depth: number): readonly Violation[] {
  const shape = shapeOf(model, name)
  if (depth > MAX_DEPTH) return []
  return [...ownViolations(model, name, shape, path), ...innerViolations(model, shape, path, depth)]
}

function innerViolations(model: RawModel, shape: RawShape, path: string, depth: number): readonly Violation[] {
  const into = (inner: string, step: string, wrap: (value: unknown) => unknown) =>
    violations(model, inner, `${path}.${step}`, depth + 1).map(({ title, value }) => ({ title, value: wrap(value) }))
  switch (shape.type) {
    case 'structure': {
      const base = sampleStructure(model, shape, depth)
      return Object.entries(shape.members ?? {}).flatMap(([member, inner]) => [
        ...(shape.required?.includes(member)
          ? [{ title: `${path}.${member} is absent`, value: without(base, member) }]
          : []),
        ...into(inner.shape, member, (value) => (shape.union ? { [member]: value } : { ...base, [member]: value })),
      ])
    }
    case 'list': {
      const inner = shape.member?.shape ?? ''
      return into(inner, 'item', (value) => [value, ...fill(model, inner, (shape.min ?? 0) - 1, depth)])
    }
    case 'map': {
      const value = sample(model, shape.value?.shape ?? '', depth + 1)
      const key = String(sample(model, shape.key?.shape ?? '', depth + 1))
      return [
        ...into(shape.key?.shape ?? '', 'key', (broken) => ({ [String(broken)]: value })),
        ...into(shape.value?.shape ?? '', 'value', (broken) => ({ [key]: broken })),
      ]
    }
    default:
      return []
  }
}

/** Values that break this very shape's limits: each limit at least once where that can be done. */
function ownViolations(model: RawModel, name: string, shape: RawShape, path: string): readonly Violation[] {
  const { type, min, max, pattern, enum: values } = shape
  const found: Violation[] = []
  const add = (limit: string, value: unknown) => {
    // A limit that nothing breaks would be one that nobody tests.
    if (brokenLimits(shape, value).length === 0) throw new Error(`no value here breaks the limit ${limit} of ${name}`)
    found.push({ title: `${path}: ${limit}`, value })
  }
  if (type === 'integer' || type === 'long') {
    if (max !== undefined) add('greatest', max + 1)
    if (min !== undefined) add('least', min - 1)
  } else if (type === 'list') {
    if (max !== undefined) add('longest', fill(model, shape.member?.shape ?? '', max + 1, 1))
    if (min !== undefined && min > 0) add('shortest', fill(model, shape.member?.shape ?? '', min - 1, 1))
  } else if (type === 'map') {
    const entries = (count: number) => {
      const value = sample(model, shape.value?.shape ?? '', 1)
      return Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, value]))
    }
    if (max !== undefined) add('longest', entries(max + 1))
    if (min !== undefined && min > 0) add('shortest', entries(min - 1))
  } else if (type === 'blob') {
    if (max !== undefined) add('longest', Buffer.alloc(max + 1).toString('base64'))
  } else if (type === 'string') {
    const good = String(sample(model, name, 0))
    if (max !== undefined) add('longest', lengthened(good, max + 1))
    if (min !== undefined && min > 0) add('shortest', good.slice(0, min - 1))
    if (values !== undefined) add('set of values', `${'~'.repeat(Math.max(1, (min ?? 1) - 1))}x`.slice(0, max))
    if (pattern !== undefined) {
      const unfit = UNFIT.map((text) => text.padEnd(min ?? 0, text)).find(
        (text) => !isMatch(pattern, text) && text.length <= (max ?? text.length),
      )
      if (unfit === undefined) throw new Error(`no text here is unfit for ${name}: ${pattern}`)
      add('pattern', unfit)
    }
  }
  return found
}

const UNFIT = ['!', ' ', '\n', '\u0001', '~~', 'é!', 'x y']
const lengthened = (good: string, length: number): string =>
  (good === '' ? 'a' : good).padEnd(length, good.slice(-1) || 'a')
const fill = (model: RawModel, name: string, count: number, depth: number): unknown[] =>
  Array.from({ length: Math.max(0, count) }, () => sample(model, name, depth + 1))

/** The required members of a structure, each as the model wants it; one of them when it is a choice. */
function sampleStructure(model: RawModel, shape: RawShape, depth: number): Readonly<Record<string, unknown>> {
  const members = Object.entries(shape.members ?? {})
  const wanted = shape.union ? members.slice(0, 1) : members.filter(([name]) => shape.required?.includes(name))
  return Object.fromEntries(wanted.map(([name, inner]) => [name, sample(model, inner.shape, depth + 1)]))
}

/** A value that keeps a shape's limits. */
export function sample(model: RawModel, name: string, depth: number): unknown {
  const shape = shapeOf(model, name)
  switch (shape.type) {
    case 'structure':
      return sampleStructure(model, shape, depth)
    case 'list':
      return fill(model, shape.member?.shape ?? '', shape.min ?? 0, depth)
    case 'map':
      return (shape.min ?? 0) === 0
        ? {}
        : { [String(sample(model, shape.key?.shape ?? '', depth))]: sample(model, shape.value?.shape ?? '', depth) }
    case 'boolean':
      return true
    case 'integer':
    case 'long':
      return shape.min ?? 1
    case 'timestamp':
      return 1_700_000_000
    case 'blob':
      return ''
    default:
      return sampleText(name, shape)
  }
}

/** Texts of which one fits each pattern that a required member has. */
const FIT = [
  'a',
  'sample',
  '1',
  'v1',
  '123456',
  '50%',
  'mi-0123456789abcdef0',
  '01234567-89ab-cdef-0123-456789abcdef',
  '123456789012',
  'a'.repeat(20),
  'a'.repeat(36),
  'b'.repeat(64),
  'arn:aws:iam::123456789012:role/sample',
  'arn:aws:ssm:us-east-1:123456789012:document/sample',
  'tag:sample',
  '/sample',
  '/',
  'Sample1',
  '$LATEST',
  '2026-11-30T00:00:00Z',
]

function sampleText(name: string, shape: RawShape): string {
  const texts = [...(shape.enum ?? []), ...FIT, 'a'.repeat(shape.min ?? 1)]
  const fit = texts.find((text) => brokenLimits(shape, text).length === 0)
  if (fit === undefined) throw new Error(`no text here keeps the limits of ${name}: ${JSON.stringify(shape)}`)
  return fit
}
