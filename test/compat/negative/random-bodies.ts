import fc from 'fast-check'
import { type RawModel, type RawOperation, shapeOf } from './model-file.ts'

const anything: fc.Arbitrary<unknown> = fc.jsonValue({ maxDepth: 3 })

/** Bodies that look like an operation's input here and there: some members as the model has them, some as nobody has. */
export function randomBodies(operation: RawOperation, count: number, seed: number): readonly unknown[] {
  const members = Object.entries(operation.input.members ?? {})
  const body = fc.record(
    Object.fromEntries(members.map(([name, { shape }]) => [name, likely(operation.model, shape, 0)])),
    { requiredKeys: [] },
  )
  return fc.sample(fc.oneof({ arbitrary: body, weight: 5 }, { arbitrary: anything, weight: 1 }), {
    numRuns: count,
    seed,
  })
}

function likely(model: RawModel, name: string, depth: number): fc.Arbitrary<unknown> {
  if (depth > 3) return anything
  const shape = shapeOf(model, name)
  const inner = (of: { readonly shape: string } | undefined) => likely(model, of?.shape ?? '', depth + 1)
  const right = (): fc.Arbitrary<unknown> => {
    switch (shape.type) {
      case 'structure':
        return fc.record(
          Object.fromEntries(Object.entries(shape.members ?? {}).map(([member, of]) => [member, inner(of)])),
          { requiredKeys: [] },
        )
      case 'list':
        return fc.array(inner(shape.member), { maxLength: 3 })
      case 'map':
        return fc.dictionary(fc.string(), inner(shape.value), { maxKeys: 3 })
      case 'boolean':
        return fc.boolean()
      case 'integer':
      case 'long':
        return fc.integer()
      case 'timestamp':
        return fc.double({ noNaN: true, noDefaultInfinity: true })
      default:
        return shape.enum ? fc.oneof(fc.constantFrom(...shape.enum), fc.string()) : fc.string()
    }
  }
  return fc.oneof({ arbitrary: right(), weight: 6 }, { arbitrary: anything, weight: 1 })
}
