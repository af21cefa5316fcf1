import { findShape, type OperationModel, type Shape, type ShapeName } from '@muster/protocol/api'

const MAX_ITEMS = 1000

/** The input of an operation in the fields of a form: `Tags.member.1.Key` and the like, as JSON has it. */
export function readForm(model: OperationModel, form: URLSearchParams): unknown {
  return model.input === undefined ? {} : (readValue(model, model.input, form, '') ?? {})
}

function readValue(model: OperationModel, name: ShapeName, form: URLSearchParams, place: string): unknown {
  const shape = shapeOf(model, name)
  if (shape.type === 'structure') return readStructure(model, shape, form, place)
  if (shape.type === 'list') return readList(model, shape, form, place)
  const text = form.get(place)
  if (text === null) return undefined
  if (shape.type === 'integer' || shape.type === 'long') return /^-?\d{1,15}$/.test(text) ? Number(text) : text
  if (shape.type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  return text
}

function readStructure(model: OperationModel, shape: Shape, form: URLSearchParams, place: string): unknown {
  const members = Object.entries(shape.members ?? {}).flatMap(([member, { shape: inner }]) => {
    const value = readValue(model, inner, form, place === '' ? member : `${place}.${member}`)
    return value === undefined ? [] : [[member, value] as const]
  })
  return members.length === 0 ? undefined : Object.fromEntries(members)
}

function readList(model: OperationModel, shape: Shape, form: URLSearchParams, place: string): unknown {
  const items: unknown[] = []
  for (let at = 1; at <= MAX_ITEMS; at++) {
    const item = readValue(model, shape.member?.shape ?? '', form, `${place}.member.${at}`)
    if (item === undefined) break
    items.push(item)
  }
  return items.length === 0 ? undefined : items
}

/** The members of an operation's answer as XML. */
export const writeAnswer = (model: OperationModel, answer: unknown): string =>
  model.output === undefined ? '' : writeValue(model, model.output, answer)

function writeValue(model: OperationModel, name: ShapeName, value: unknown): string {
  const shape = shapeOf(model, name)
  if (shape.type === 'structure')
    return Object.entries(value as object)
      .map(([member, inner]) => element(member, writeValue(model, shape.members?.[member]?.shape ?? '', inner)))
      .join('')
  if (shape.type === 'list')
    return (value as readonly unknown[])
      .map((item) => element('member', writeValue(model, shape.member?.shape ?? '', item)))
      .join('')
  if (shape.type === 'timestamp') return new Date(Number(value) * 1000).toISOString().replace(/\.\d{3}Z$/, 'Z')
  return toXml(String(value))
}

const element = (name: string, content: string): string => `<${name}>${content}</${name}>`

// Control characters have no place in XML 1.0, not even escaped.
export const toXml = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)

function shapeOf({ service, name: operation }: OperationModel, name: ShapeName): Shape {
  const shape = findShape(service, name)
  if (!shape) throw new Error(`${operation} has a member of the shape ${name}, which the model does not have`)
  return shape
}
