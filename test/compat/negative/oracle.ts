import { type RawModel, type RawOperation, type RawShape, shapeOf } from './model-file.ts'

// The service's texts for an input that breaks constraints, written down a second time for the tests alone.

const SHOWN_CHARACTERS = 1024
const SHOWN_PROBLEMS = 10

/** The whole text that an input of the right JSON types is answered with; undefined when it breaks nothing. */
export function expectedText(
  { model, input }: RawOperation,
  body: Readonly<Record<string, unknown>>,
): string | undefined {
  const problems = ofStructure(model, input, body, '', input.sensitive === true)
  if (problems.length === 0) return undefined
  const noun = problems.length === 1 ? 'error' : 'errors'
  return `${problems.length} validation ${noun} detected: ${problems.slice(0, SHOWN_PROBLEMS).join('; ')}`
}

/** The limits of a shape that a value breaks, in the service's words. */
export function brokenLimits(shape: RawShape, value: unknown): readonly string[] {
  return limitsOf(shape)
    .filter(({ holds }) => !holds(value))
    .map(({ text }) => text)
}

function limitsOf({ type, min, max, pattern, enum: values }: RawShape) {
  const isNumber = type === 'integer' || type === 'long'
  const what = isNumber ? 'value' : 'length'
  const size = (value: unknown): number => (isNumber ? Number(value) : lengthOf(type, value))
  return [
    ...(max === undefined
      ? []
      : [{ text: `Member must have ${what} less than or equal to ${max}`, holds: (v: unknown) => size(v) <= max }]),
    ...(min === undefined
      ? []
      : [{ text: `Member must have ${what} greater than or equal to ${min}`, holds: (v: unknown) => size(v) >= min }]),
    ...(pattern === undefined
      ? []
      : [
          {
            text: `Member must satisfy regular expression pattern: ${pattern}`,
            holds: (v: unknown) => isMatch(pattern, v),
          },
        ]),
    ...(values === undefined
      ? []
      : [
          {
            text: `Member must satisfy enum value set: [${values.join(', ')}]`,
            holds: (v: unknown) => values.includes(String(v)),
          },
        ]),
  ]
}

function lengthOf(type: string, value: unknown): number {
  if (type === 'blob') return Buffer.from(String(value), 'base64').length
  if (typeof value === 'string') return [...value].length
  return Object.keys(value as object).length
}

export function isMatch(pattern: string, value: unknown): boolean {
  const text = String(value)
  // The model's patterns are Java's, which match a whole text; (?i) is a flag here.
  const flags = pattern.startsWith('(?i)') ? 'i' : ''
  const source = `^(?:${pattern.replace('(?i)', '')})$`
  try {
    return new RegExp(source, `u${flags}`).test(text)
  } catch {
    return new RegExp(source, flags).test(text)
  }
}

const lower = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)
const below = (path: string, step: string): string => (path === '' ? step : `${path}.${step}`)

function ofStructure(model: RawModel, shape: RawShape, value: unknown, path: string, hidden: boolean): string[] {
  const members = value as Readonly<Record<string, unknown>>
  return Object.entries(shape.members ?? {}).flatMap(([name, { shape: inner }]) => {
    const place = below(path, lower(name))
    const member = members[name]
    if (member !== undefined && member !== null) return ofMember(model, inner, member, place, hidden)
    return shape.required?.includes(name)
      ? [`Value null at '${place}' failed to satisfy constraint: Member must not be null`]
      : []
  })
}

function ofMember(model: RawModel, name: string, value: unknown, path: string, above: boolean): string[] {
  const shape = shapeOf(model, name)
  const hidden = above || shape.sensitive === true
  const named = nameValue(model, name, value, path, hidden)
  return [
    ...ofInside(model, shape, value, path, hidden, named),
    ...brokenLimits(shape, value).map((text) => `${named} failed to satisfy constraint: ${text}`),
  ]
}

function ofInside(
  model: RawModel,
  shape: RawShape,
  value: unknown,
  path: string,
  hidden: boolean,
  named: string,
): string[] {
  if (shape.type === 'structure') return ofStructure(model, shape, value, path, hidden)
  if (shape.type === 'list') {
    const item = shapeOf(model, shape.member?.shape)
    const items = value as readonly unknown[]
    const inside = items.flatMap((each, index) =>
      ofInside(
        model,
        item,
        each,
        `${path}.${index + 1}.member`,
        hidden || item.sensitive === true,
        nameValue(model, shape.member?.shape ?? '', each, `${path}.${index + 1}.member`, hidden),
      ),
    )
    return [...inside, ...gathered(item, items, named, 'Member must satisfy constraint')]
  }
  if (shape.type === 'map') {
    const [key, item] = [shapeOf(model, shape.key?.shape), shapeOf(model, shape.value?.shape)]
    const entries = Object.entries(value as object)
    const inside = entries.flatMap(([name, each], index) => {
      const place = `${path}.${hidden ? index + 1 : name}.member`
      const named = nameValue(model, shape.value?.shape ?? '', each, place, hidden)
      return ofInside(model, item, each, place, hidden || item.sensitive === true, named)
    })
    return [
      ...inside,
      ...gathered(
        key,
        entries.map(([name]) => name),
        named,
        'Map keys must satisfy constraint',
      ),
      ...gathered(
        item,
        entries.map(([, each]) => each),
        named,
        'Map value must satisfy constraint',
      ),
    ]
  }
  return []
}

/** What elements break is told once for all of them, with every limit that an element has. */
function gathered(shape: RawShape, values: readonly unknown[], named: string, words: string): string[] {
  if (values.every((value) => brokenLimits(shape, value).length === 0)) return []
  const all = limitsOf(shape).map(({ text }) => text)
  return [`${named} failed to satisfy constraint: ${words}: [${all.join(', ')}]`]
}

function nameValue(model: RawModel, shape: string, value: unknown, path: string, hidden: boolean): string {
  if (hidden || isSecret(model, shape, new Set())) return `Value at '${path}'`
  const text = write(model, shape, value)
  const shown = text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS - 3)}...`
  return `Value '${shown}' at '${path}'`
}

function write(model: RawModel, name: string | undefined, value: unknown): string {
  const shape = model.shapes[name ?? '']
  if (shape?.type === 'list')
    return `[${(value as unknown[]).map((item) => write(model, shape.member?.shape, item)).join(', ')}]`
  if (shape?.type === 'map') {
    const entries = Object.entries(value as object)
    return `{${entries.map(([key, item]) => `${key}=${write(model, shape.value?.shape, item)}`).join(', ')}}`
  }
  if (shape?.type === 'structure') {
    const given = value as Readonly<Record<string, unknown>>
    const present = Object.entries(shape.members ?? {}).filter(([member]) => given[member] !== undefined)
    const parts = present.map(([member, inner]) => `${lower(member)}=${write(model, inner.shape, given[member])}`)
    return `${name}(${parts.join(', ')})`
  }
  return String(value)
}

function isSecret(model: RawModel, name: string, seen: Set<string>): boolean {
  if (seen.has(name)) return false
  seen.add(name)
  const { sensitive, members = {}, member, key, value } = shapeOf(model, name)
  const inner = [...Object.values(members), member, key, value].flatMap((each) => each?.shape ?? [])
  return sensitive === true || inner.some((each) => isSecret(model, each, seen))
}
