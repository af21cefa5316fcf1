import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkInput, checkOutput } from './check.ts'
import { allOperations, models, type OperationModel, type ServiceModel, type Shape } from './model.ts'

/** How a value sits in what holds it: this decides how its broken limits are counted. */
type Seat = 'member' | 'element'

/** One place of an operation's input that a value can be put into, the rest of the input being valid. */
interface Spot {
  readonly path: string
  readonly shape: Shape
  readonly seat: Seat
  put(value: unknown): unknown
}

// Texts for patterns whose samples are quicker to write down than to search for.
const SAMPLES = [
  'a1',
  'abc',
  '1',
  'v1',
  '123456',
  '123456789012',
  '1.0',
  '1.0.0',
  'count',
  'all',
  '$LATEST',
  'AWS:a',
  'aws:abc',
  'abc:1',
  '2026-11-24',
  '2026-11-24T10:00:00Z',
  'mw-0123456789abcdef0',
  'mi-0123456789abcdef0',
  'oi-0123456789ab',
  'Name',
  'https://a',
  '/a',
  '/',
  'ou-ab12-abcdef12',
  '123e4567-e89b-42d3-a456-426614174000',
  'arn:aws:iam::123456789012:role/abcd',
  'arn:aws:ssm:us-east-1:123456789012:opsmetadata/a',
  'arn:aws:ssm:us-east-1:123456789012:opsitem/oi-1',
  'arn:aws:config:us-east-1:123456789012:connector/a',
  'arn:aws:ssm:us-east-1:123456789012:cloud-connector/123e4567-e89b-42d3-a456-426614174000',
  'https://b.s3.amazonaws.com/k',
]
const UNFIT = ['\n', '!', ' ', 'not one of these', '', '\u0000'.repeat(8)]

const javascriptPatterns = new Map<string, RegExp>()
/** The original pattern on JavaScript's own engine: an oracle that shares nothing with RE2 and the translations. */
function javascript(source: string): RegExp {
  const known = javascriptPatterns.get(source)
  if (known) return known
  const flags = `${source.includes('\\p{') ? 'u' : ''}${source.startsWith('(?i)') ? 'i' : ''}`
  const made = new RegExp(`^(?:${source.replace('(?i)', '')})$`, flags)
  javascriptPatterns.set(source, made)
  return made
}

const sizeOf = (value: unknown) =>
  typeof value === 'string'
    ? [...value].length
    : Array.isArray(value)
      ? value.length
      : Object.keys(value as object).length

function limitsBroken({ type, max, min, pattern, enum: values }: Shape, value: unknown): number {
  const size =
    typeof value === 'number' ? value : type === 'blob' ? Buffer.from(String(value), 'base64').length : sizeOf(value)
  return [
    max !== undefined && size > max,
    min !== undefined && size < min,
    pattern !== undefined && !javascript(pattern).test(String(value)),
    values !== undefined && !values.includes(String(value)),
  ].filter(Boolean).length
}

function shapeOf(model: ServiceModel, name: string | undefined): Shape {
  return model.shapes.get(name ?? '')!
}

/** The smallest value that breaks nothing. */
function smallest(model: ServiceModel, shape: Shape): unknown {
  switch (shape.type) {
    case 'structure': {
      const names = shape.union ? Object.keys(shape.members ?? {}).slice(0, 1) : (shape.required ?? [])
      return Object.fromEntries(
        names.map((name) => [name, smallest(model, shapeOf(model, shape.members?.[name]?.shape))]),
      )
    }
    case 'list':
      return Array.from({ length: shape.min ?? 0 }, () => smallest(model, shapeOf(model, shape.member?.shape)))
    case 'map':
      return Object.fromEntries(fitEntries(model, shape, shape.min ?? 0))
    case 'boolean':
      return true
    case 'timestamp':
      return 1.5
    case 'integer':
    case 'long':
      return shape.min ?? 0
    case 'blob':
      return ''
    default:
      return fitText(shape)
  }
}

function fitText(shape: Shape): string {
  const sized = 'a'.repeat(Math.max(shape.min ?? 0, 1))
  const found = [...(shape.enum ?? []), sized, ...SAMPLES].find((text) => limitsBroken(shape, text) === 0)
  if (found === undefined) throw new Error(`no sample fits ${JSON.stringify(shape)}`)
  return found
}

function fitEntries(model: ServiceModel, shape: Shape, count: number): [string, unknown][] {
  const key = shapeOf(model, shape.key?.shape)
  const value = smallest(model, shapeOf(model, shape.value?.shape))
  const keys = count === 1 ? [fitText(key)] : Array.from({ length: count }, (_, index) => `${fitText(key)}${index}`)
  return keys.map((each) => [each, value])
}

/** Every spot of an input; a shape inside itself is entered once. */
function* spots(
  model: ServiceModel,
  shape: Shape,
  seat: Seat,
  path: string,
  put: Spot['put'],
  seen: Set<Shape>,
): Generator<Spot> {
  yield { path, shape, seat, put }
  if (seen.has(shape)) return
  const inside = new Set([...seen, shape])
  if (shape.type === 'structure') {
    const base = shape.union ? {} : (smallest(model, shape) as object)
    for (const [name, { shape: member }] of Object.entries(shape.members ?? {})) {
      yield* spots(
        model,
        shapeOf(model, member),
        'member',
        `${path}.${name}`,
        (value) => put({ ...base, [name]: value }),
        inside,
      )
    }
  } else if (shape.type === 'list') {
    const rest = (smallest(model, shape) as unknown[]).slice(1)
    yield* spots(
      model,
      shapeOf(model, shape.member?.shape),
      'element',
      `${path}[]`,
      (value) => put([value, ...rest]),
      inside,
    )
  } else if (shape.type === 'map') {
    const key = fitText(shapeOf(model, shape.key?.shape))
    const value = smallest(model, shapeOf(model, shape.value?.shape))
    yield* spots(
      model,
      shapeOf(model, shape.value?.shape),
      'element',
      `${path}{}`,
      (each) => put({ [key]: each }),
      inside,
    )
    yield {
      path: `${path}{key}`,
      shape: shapeOf(model, shape.key?.shape),
      seat: 'element',
      put: (each) => put({ [String(each)]: value }),
    }
  }
}

const spotsOf = (operation: OperationModel) => {
  const model = models.find(({ service }) => service === operation.service)!
  return {
    model,
    all: [...spots(model, shapeOf(model, operation.input), 'member', operation.name, (value) => value, new Set())],
  }
}

/** Values that break one limit of the shape each, and as few others as can be. */
function unfit(model: ServiceModel, shape: Shape): unknown[] {
  const { type, max, min } = shape
  const whole = type === 'integer' || type === 'long'
  const values: unknown[] = []
  if (whole && max !== undefined) values.push(max + 1)
  if (whole && min !== undefined) values.push(min - 1)
  const sized = (size: number): unknown => {
    if (type === 'string') return 'a'.repeat(size)
    if (type === 'blob') return Buffer.alloc(size).toString('base64')
    if (type === 'map') return Object.fromEntries(fitEntries(model, shape, size))
    return Array.from({ length: size }, () => smallest(model, shapeOf(model, shape.member?.shape)))
  }
  if (!whole && max !== undefined) values.push(sized(max + 1))
  if (!whole && min !== undefined && min > 0) values.push(sized(min - 1))
  if (shape.pattern !== undefined)
    values.push(
      UNFIT.toSorted((a, b) => limitsBroken(shape, a) - limitsBroken(shape, b)).find(
        (text) => !javascript(shape.pattern!).test(text),
      ),
    )
  if (shape.enum !== undefined) values.push('NotOneOfThem')
  return values
}

const countIn = (text: string) => Number(/^(\d+) validation errors? detected: /.exec(text)?.[1])

describe.each(models.map((model) => [model.service]))('every limit of %s', (service) => {
  const operations = allOperations.filter((operation) => operation.service === service)

  it('is kept by the smallest valid input and by one value in each spot', () => {
    for (const operation of operations) {
      const { model, all } = spotsOf(operation)
      for (const { path, shape, put } of all) {
        const checked = checkInput(operation, put(smallest(model, shape)))
        expect(checked.ok, `${path}: ${JSON.stringify(checked)}`).toBe(true)
      }
    }
  })

  it('gives its own error, counted exactly, in each spot that has it', () => {
    let tried = 0
    for (const operation of operations) {
      const { model, all } = spotsOf(operation)
      for (const { path, shape, seat, put } of all) {
        for (const value of unfit(model, shape)) {
          const broken = limitsBroken(shape, value)
          expect(broken, `${path} ${JSON.stringify(value).slice(0, 80)}`).toBeGreaterThan(0)
          const checked = checkInput(operation, put(value))
          expect(checked, path).toMatchObject({ ok: false, code: 'ValidationException' })
          if (!checked.ok)
            expect(countIn(checked.text), `${path}: ${checked.text}`).toBe(seat === 'member' ? broken : 1)
          tried += 1
        }
      }
    }
    expect(tried).toBeGreaterThan(service === 'ssm' ? 1500 : 20)
  })

  it('includes the required members, each with one error', () => {
    for (const operation of operations) {
      const { model, all } = spotsOf(operation)
      for (const { path, shape, put } of all) {
        for (const name of shape.required ?? []) {
          const rest = Object.entries(smallest(model, shape) as object).filter(([member]) => member !== name)
          const checked = checkInput(operation, put(Object.fromEntries(rest)))
          const last = name.charAt(0).toLowerCase() + name.slice(1)
          expect(checked, path).toMatchObject({
            text: expect.stringMatching(
              new RegExp(
                `^1 validation error detected: Value null at '(.*\\.)?${last}' failed to satisfy constraint: Member must not be null$`,
              ),
            ),
          })
        }
      }
    }
  })
})

describe('any JSON value', () => {
  const byName = fc.constantFrom(...allOperations)
  const keys = [
    ...new Set(
      models.flatMap(({ shapes }) => [...shapes.values()].flatMap(({ members }) => Object.keys(members ?? {}))),
    ),
  ]
  const { json } = fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 1e300, '', 'abc', '\ud800', '__proto__'),
      fc.array(tie('json'), { maxLength: 4 }),
      fc.dictionary(
        fc.oneof(fc.constantFrom(...keys), fc.constantFrom('__proto__', 'constructor', 'toString')),
        tie('json'),
        { maxKeys: 5 },
      ),
    ),
  }))

  it('is answered, never thrown at, by every operation', () => {
    for (const operation of allOperations) {
      fc.assert(
        fc.property(json, (value) => {
          for (const checked of [checkInput(operation, value), checkOutput(operation, value)]) {
            if (!checked.ok) expect(checked.text).not.toBe('')
          }
        }),
        { numRuns: 40, seed: 20261124 },
      )
    }
  })

  it('in a known member is answered without being changed when it passes', () => {
    fc.assert(
      fc.property(byName, fc.nat(), json, (operation, pick, value) => {
        const all = spotsOf(operation).all.filter(({ path }) => !path.endsWith('{key}'))
        const checked = checkInput(operation, all[pick % all.length]!.put(value))
        if (checked.ok) expect(checkInput(operation, checked.input)).toEqual(checked)
      }),
      { numRuns: 2000, seed: 20261124 },
    )
  })
})
