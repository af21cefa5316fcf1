import { brokenConstraints, constraintsOf } from './constraints.ts'
import { echo, holdsSecrets } from './echo.ts'
import { models, type OperationModel, type ServiceModel, type Shape, type ShapeName } from './model.ts'
import { at, type Place, pathOf, top } from './place.ts'
import { readScalar } from './scalars.ts'
import { findUnfit } from './scan.ts'

/** What the checker answers: the value that the model knows, or the service's code and text. */
export type Checked =
  | { readonly ok: true; readonly input: unknown }
  | { readonly ok: false; readonly code: 'ValidationException' | 'SerializationException'; readonly text: string }

/** Checks the body of a request against the model and keeps only what the model knows of it. */
export function checkInput(operation: OperationModel, value: unknown): Checked {
  return check(operation, operation.input, value, 'drop')
}

/** Checks an answer in the same manner, but refuses members that the model does not have: those are mistakes of ours. */
export function checkOutput(operation: OperationModel, value: unknown): Checked {
  return check(operation, operation.output, value, 'refuse')
}

const MAX_PROBLEMS_WRITTEN = 10
const NOT_NULL = 'Member must not be null'
const EMPTY: Shape = { type: 'structure', members: {} }

type Unknown = 'drop' | 'refuse'

/** The value does not have the JSON type that the model asks for, so there is nothing to check limits on. */
class Malformed extends Error {
  override readonly name = 'Malformed'
}

interface Walk {
  readonly model: ServiceModel
  readonly unknown: Unknown
  readonly problems: string[]
  count: number
}

function check(operation: OperationModel, shapeName: ShapeName | undefined, value: unknown, unknown: Unknown): Checked {
  const unfit = findUnfit(value)
  if (unfit !== undefined) return { ok: false, code: 'SerializationException', text: unfit }
  const model = models.find((each) => each.service === operation.service)
  if (!model) throw new Error(`no model of the service ${operation.service}`)
  const walk: Walk = { model, unknown, problems: [], count: 0 }
  try {
    const shape = shapeName === undefined ? EMPTY : shapeOf(walk, shapeName)
    const input = walkStructure(walk, shape, value, top(shape.sensitive === true))
    if (walk.count === 0) return { ok: true, input }
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, code: 'SerializationException', text: error.message }
    throw error
  }
  const noun = walk.count === 1 ? 'error' : 'errors'
  const text = `${walk.count} validation ${noun} detected: ${walk.problems.join('; ')}`
  return { ok: false, code: 'ValidationException', text }
}

function walkStructure(walk: Walk, shape: Shape, value: unknown, place: Place): Record<string, unknown> {
  if (!isObject(value)) throw malformed(place, 'must be an object')
  const members = shape.members ?? {}
  const result: Record<string, unknown> = {}
  for (const [name, reference] of Object.entries(members)) {
    const member = Object.hasOwn(value, name) ? value[name] : undefined
    const seat = at(place, 'member', name, isSensitive(walk, reference.shape))
    if (member !== undefined && member !== null) result[name] = walkMember(walk, reference.shape, member, seat)
    else if (shape.required?.includes(name)) note(walk, () => `Value null at '${pathOf(seat)}'`, NOT_NULL)
  }
  if (walk.unknown === 'refuse') refuseUnknown(members, value, place)
  if (shape.union && Object.keys(result).length !== 1) throw malformed(place, 'must have exactly one of its members')
  return result
}

function refuseUnknown(members: object, value: Record<string, unknown>, place: Place): void {
  for (const [name, member] of Object.entries(value)) {
    if (member !== undefined && !Object.hasOwn(members, name)) throw malformed(place, `has no member ${name}`)
  }
}

/** A member of a structure: its own limits are told one by one, at its own path. */
function walkMember(walk: Walk, shapeName: ShapeName, value: unknown, place: Place): unknown {
  const shape = shapeOf(walk, shapeName)
  const { result, measured } = walkInto(walk, shape, shapeName, value, place)
  for (const text of brokenConstraints(shape, measured)) note(walk, () => subject(walk, shapeName, value, place), text)
  return result
}

/** Goes into a value without asking its own limits; `measured` is what those limits are asked of. */
function walkInto(walk: Walk, shape: Shape, shapeName: ShapeName, value: unknown, place: Place) {
  switch (shape.type) {
    case 'structure':
      return same(walkStructure(walk, shape, value, place))
    case 'list':
      return { result: walkList(walk, shape, shapeName, value, place), measured: value }
    case 'map':
      return { result: walkMap(walk, shape, shapeName, value, place), measured: value }
    default: {
      const read = readScalar(shape.type, value)
      if (!read.ok) throw malformed(place, read.problem)
      return { result: read.value, measured: read.measured }
    }
  }
}

const same = <T>(result: T) => ({ result, measured: result })

/** Elements break limits together: the service names the list once, with every limit of the element's shape. */
function walkList(walk: Walk, shape: Shape, shapeName: ShapeName, value: unknown, place: Place): unknown[] {
  if (!Array.isArray(value)) throw malformed(place, 'must be a list')
  const itemName = inner(shape.member)
  const item = shapeOf(walk, itemName)
  const result: unknown[] = []
  const broken = { limit: false, none: false }
  for (let index = 0; index < value.length; index += 1) {
    const seat = at(place, 'item', index, item.sensitive === true)
    result.push(walkElement(walk, item, itemName, value[index], seat, broken))
  }
  const named = () => subject(walk, shapeName, value, place)
  noteBroken(walk, item, broken, named, 'Member must satisfy constraint')
  return result
}

function walkMap(walk: Walk, shape: Shape, shapeName: ShapeName, value: unknown, place: Place) {
  if (!isObject(value)) throw malformed(place, 'must be an object')
  const keyShape = shapeOf(walk, inner(shape.key))
  const itemName = inner(shape.value)
  const item = shapeOf(walk, itemName)
  const result: Record<string, unknown> = {}
  const keys = { limit: false, none: false }
  const items = { limit: false, none: false }
  for (const [index, key] of Object.keys(value).entries()) {
    if (value[key] === undefined) continue
    if (!keys.limit && brokenConstraints(keyShape, key).length > 0) keys.limit = true
    const seat = at(place, 'entry', place.hidden ? index : key, item.sensitive === true)
    result[key] = walkElement(walk, item, itemName, value[key], seat, items)
  }
  const named = () => subject(walk, shapeName, value, place)
  noteBroken(walk, keyShape, keys, named, 'Map keys must satisfy constraint')
  noteBroken(walk, item, items, named, 'Map value must satisfy constraint')
  return result
}

interface Broken {
  limit: boolean
  none: boolean
}

function walkElement(walk: Walk, shape: Shape, name: ShapeName, value: unknown, place: Place, broken: Broken) {
  if (value === null || value === undefined) {
    if (shape.type === 'structure') note(walk, () => `Value null at '${pathOf(place)}'`, NOT_NULL)
    else broken.none = true
    return null
  }
  const { result, measured } = walkInto(walk, shape, name, value, place)
  if (!broken.limit && brokenConstraints(shape, measured).length > 0) broken.limit = true
  return result
}

function noteBroken(walk: Walk, shape: Shape, broken: Broken, named: () => string, words: string): void {
  if (!broken.limit && !broken.none) return
  const texts = constraintsOf(shape).map(({ text }) => text)
  if (broken.none) texts.push(NOT_NULL)
  note(walk, named, `${words}: [${texts.join(', ')}]`)
}

function note(walk: Walk, named: () => string, constraint: string): void {
  walk.count += 1
  if (walk.count <= MAX_PROBLEMS_WRITTEN) walk.problems.push(`${named()} failed to satisfy constraint: ${constraint}`)
}

function subject(walk: Walk, shapeName: ShapeName, value: unknown, place: Place): string {
  const path = pathOf(place)
  if (place.hidden || holdsSecrets(walk.model, shapeName)) return `Value at '${path}'`
  return `Value '${echo(walk.model, shapeName, value)}' at '${path}'`
}

function isSensitive(walk: Walk, shapeName: ShapeName): boolean {
  return shapeOf(walk, shapeName).sensitive === true
}

function malformed(place: Place, problem: string): Malformed {
  const path = pathOf(place)
  return new Malformed(path === '' ? `The request ${problem}` : `'${path}' ${problem}`)
}

function shapeOf({ model }: Walk, name: ShapeName): Shape {
  const shape = model.shapes.get(name)
  if (!shape) throw new Error(`the model of ${model.service} has no shape ${name}`)
  return shape
}

function inner(reference: { readonly shape: ShapeName } | undefined): ShapeName {
  if (!reference) throw new Error('a list or map of the model does not say what it holds')
  return reference.shape
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
