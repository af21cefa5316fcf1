import { describe, expect, it } from 'vitest'
import { allOperations, findOperationByName } from './model.ts'
import { describeApi } from './openapi.ts'

const document = describeApi(allOperations, '1.2.3')
const { schemas } = document.components

/** Every object in a value, with where it is. */
function* objectsIn(value: unknown, at = '#'): Generator<[string, Readonly<Record<string, unknown>>]> {
  if (typeof value !== 'object' || value === null) return
  if (!Array.isArray(value)) yield [at, value as Record<string, unknown>]
  for (const [key, member] of Object.entries(value)) yield* objectsIn(member, `${at}/${key}`)
}
const refs = [...objectsIn(document)].flatMap(([, { $ref }]) => (typeof $ref === 'string' ? [$ref] : []))
const KEYWORDS = new Set([
  ...['$ref', 'type', 'properties', 'required', 'items', 'propertyNames', 'additionalProperties', 'enum', 'const'],
  ...['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'minimum', 'maximum'],
  ...['pattern', 'format', 'contentEncoding', 'description', 'x-pattern', 'x-sensitive'],
])

describe('the OpenAPI document', () => {
  it('resolves every reference, and has no schema that nothing refers to', () => {
    const named = new Set(refs.map((ref) => ref.replace('#/components/schemas/', '')))
    expect([...named].filter((name) => !Object.hasOwn(schemas, name))).toEqual([])
    expect(Object.keys(schemas).filter((name) => !named.has(name))).toEqual([])
  })

  it('has each operation once, with its own path, id, tag and responses', () => {
    const { '/': signed, ...paths } = document.paths
    expect(Object.keys(paths).sort()).toEqual(allOperations.map(({ name }) => `/api/${name}`).sort())
    for (const [path, item] of Object.entries(paths)) {
      const post = item['post'] as Record<string, unknown>
      expect(`/api/${post['operationId']}`).toBe(path)
      expect(document.tags).toContainEqual({ name: (post['tags'] as string[])[0] })
      expect(Object.keys(post['responses'] as object)).toEqual(['200', '400', '413', '500', '503'])
      expect(post['security']).toEqual([{ bearer: [] }])
    }
    expect(signed).toMatchObject({ post: { security: [{ sigv4: [] }] } })
    expect(Object.keys(document.components.securitySchemes)).toEqual(['bearer', 'sigv4'])
  })

  it('states types and limits as JSON schemas do', () => {
    expect(schemas['SendCommandRequest']).toMatchObject({ type: 'object', required: ['DocumentName'] })
    expect(schemas['ServiceSettingId']).toEqual({ type: 'string', minLength: 1, maxLength: 1000 })
    expect(schemas['NodeFilterKey']).toMatchObject({ type: 'string', enum: expect.arrayContaining(['AgentVersion']) })
    expect(schemas['NodeAggregatorList']).toEqual({
      ...{ type: 'array', items: { $ref: '#/components/schemas/NodeAggregator' }, minItems: 1, maxItems: 2 },
    })
    expect(schemas['NodeType']).toMatchObject({ minProperties: 1, maxProperties: 1 })
    expect(schemas['NodeSummary']).toEqual({
      type: 'object',
      propertyNames: { $ref: '#/components/schemas/AttributeName' },
      additionalProperties: { $ref: '#/components/schemas/AttributeValue' },
      ...{ minProperties: 0, maxProperties: 3 },
    })
    expect(schemas['DateTime']).toMatchObject({ type: 'number' })
    expect(schemas['OutputData']).toEqual({ type: 'string', contentEncoding: 'base64', 'x-sensitive': true })
    expect(schemas['QueryTotal']).toEqual({ type: 'integer', format: 'int64', minimum: 0 })
    expect(schemas['InvalidInstanceId']).toEqual({
      type: 'object',
      properties: { __type: { const: 'InvalidInstanceId' }, Message: { $ref: '#/components/schemas/String' } },
      required: ['__type'],
    })
  })

  it('uses only keywords that schemas have, and patterns that compile', () => {
    for (const [at, schema] of Object.entries(schemas)) {
      const { properties = {}, ...own } = schema as { properties?: Record<string, object> }
      const strange = [own, ...Object.values(properties)]
        .flatMap((each) => Object.keys(each))
        .filter((key) => !KEYWORDS.has(key))
      expect([at, strange]).toEqual([at, []])
      const pattern = (schema as { pattern?: string }).pattern
      if (pattern !== undefined) expect(() => new RegExp(pattern, 'u'), at).not.toThrow()
    }
  })

  it('holds what is asked of it and nothing else, the same each time', () => {
    const [one] = [findOperationByName('GetConnectionStatus')]
    const small = describeApi(one ? [one] : [], '1')
    expect(Object.keys(small.paths)).toEqual(['/', '/api/GetConnectionStatus'])
    expect(Object.keys(small.components.schemas)).not.toContain('SendCommandRequest')
    expect(JSON.stringify(describeApi(allOperations, '1.2.3'))).toBe(JSON.stringify(document))
  })
})
