import { isDeepStrictEqual } from 'node:util'
import { models, type ServiceModel, type Shape, type ShapeName } from './model.ts'

/** A JSON schema of the 2020-12 dialect, which is what OpenAPI 3.1 uses. */
export type JsonSchema = { readonly [keyword: string]: unknown }

/** Collects the schemas of the shapes that are referred to. */
export interface Schemas {
  /** A reference to a shape's schema, which is made on the way with all that it refers to. */
  refer(service: ServiceModel['service'], name: ShapeName): JsonSchema
  /** By component name. */
  readonly made: ReadonlyMap<string, JsonSchema>
}

export const refTo = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` })

export function createSchemas(): Schemas {
  const made = new Map<string, JsonSchema>()

  const refer: Schemas['refer'] = (service, shapeName) => {
    const shape = shapeOf(service, shapeName)
    const name = nameOf(service, shapeName, shape)
    if (!made.has(name)) {
      // The name is taken before the members are written, so that a shape may hold itself.
      made.set(name, {})
      made.set(name, toSchema(service, shapeName, shape))
    }
    return refTo(name)
  }

  const toSchema = (service: ServiceModel['service'], name: ShapeName, shape: Shape): JsonSchema => {
    switch (shape.type) {
      case 'structure':
        return structure(service, name, shape)
      case 'list':
        return {
          type: 'array',
          items: refer(service, inner(shape.member)),
          ...limits(shape, 'minItems', 'maxItems'),
        }
      case 'map':
        return {
          type: 'object',
          propertyNames: refer(service, inner(shape.key)),
          additionalProperties: refer(service, inner(shape.value)),
          ...limits(shape, 'minProperties', 'maxProperties'),
        }
      default:
        return scalar(shape)
    }
  }

  const structure = (service: ServiceModel['service'], name: ShapeName, shape: Shape): JsonSchema => {
    const members = Object.entries(shape.members ?? {})
    const properties = Object.fromEntries(members.map(([member, { shape: of }]) => [member, refer(service, of)]))
    const required = [...(shape.exception ? ['__type'] : []), ...(shape.required ?? [])]
    return {
      type: 'object',
      properties: shape.exception ? { __type: { const: name }, ...properties } : properties,
      ...(required.length > 0 && { required }),
      ...(shape.union && { minProperties: 1, maxProperties: 1 }),
    }
  }

  return { refer, made }
}

function scalar(shape: Shape): JsonSchema {
  const secret = shape.sensitive === true && { 'x-sensitive': true }
  switch (shape.type) {
    case 'boolean':
      return { type: 'boolean' }
    case 'integer':
    case 'long':
      return {
        type: 'integer',
        format: shape.type === 'long' ? 'int64' : 'int32',
        ...limits(shape, 'minimum', 'maximum'),
      }
    case 'timestamp':
      return { type: 'number', description: 'Seconds since 1970-01-01T00:00:00Z; a fraction is allowed.' }
    case 'blob':
      return { type: 'string', contentEncoding: 'base64', ...secret }
    default:
      return {
        type: 'string',
        ...limits(shape, 'minLength', 'maxLength'),
        ...(shape.pattern !== undefined && pattern(shape.pattern)),
        ...(shape.enum && { enum: shape.enum }),
        ...secret,
      }
  }
}

/** Not every pattern of the model is one of ECMA-262, whose dialect a schema's pattern has. */
function pattern(source: string): JsonSchema {
  try {
    new RegExp(source, 'u')
    return { pattern: source }
  } catch {
    return { 'x-pattern': source }
  }
}

const limits = ({ min, max }: Shape, least: string, greatest: string): JsonSchema => ({
  ...(min !== undefined && { [least]: min }),
  ...(max !== undefined && { [greatest]: max }),
})

/** A shape that the models have unlike under one name has the service's name before its own in the second. */
function nameOf(service: ServiceModel['service'], name: ShapeName, shape: Shape): string {
  const [first] = models
  const other = first?.service === service ? undefined : first?.shapes.get(name)
  return other === undefined || isDeepStrictEqual(other, shape) ? name : `${service}.${name}`
}

function shapeOf(service: ServiceModel['service'], name: ShapeName): Shape {
  const shape = models.find((model) => model.service === service)?.shapes.get(name)
  if (!shape) throw new Error(`the model of ${service} has no shape ${name}`)
  return shape
}

function inner(reference: { readonly shape: ShapeName } | undefined): ShapeName {
  if (!reference) throw new Error('a list or map of the model does not say what it holds')
  return reference.shape
}
