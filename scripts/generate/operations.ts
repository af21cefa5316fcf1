// TypeScript types of every shape that an operation of either model reaches.
import type { ServiceModel, Shape } from '../../packages/protocol/src/api/model.ts'

const HEAD = `// Written by "npm run generate" from packages/protocol/model/*.json. Do not edit.
// Timestamps are seconds since 1970 (a fraction is allowed); blobs are base64.

`

/** A declaration by its TypeScript name; shapes that both models have alike are declared once. */
type Declarations = Map<string, { text: string; facts: string }>

/** The text of operations.generated.ts. */
export function generateOperations(models: readonly ServiceModel[]): string {
  const declarations: Declarations = new Map()
  const operations: string[] = []
  for (const model of models) {
    const naming = new Naming(model, declarations)
    for (const [name, { input, output, errors }] of Object.entries(model.operations)) {
      for (const code of errors) naming.use(code)
      operations.push(
        `  ${name}: {`,
        `    input: ${input === undefined ? 'Record<string, never>' : naming.use(input)}`,
        `    output: ${output === undefined ? 'Record<string, never>' : naming.use(output)}`,
        `    error: ${union(errors) || 'never'}`,
        '  }',
      )
    }
  }
  const texts = [...declarations].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { text }]) => text)
  const table = [
    '/** Every operation of both models by its bare name. */',
    'export interface Operations {',
    ...operations,
    '}',
  ]
  const names = [
    '/** The bare name of an operation of either model. */',
    'export type OperationName = keyof Operations',
  ]
  return `${HEAD}${[table.join('\n'), names.join('\n'), ...texts].join('\n\n')}\n`
}

class Naming {
  readonly #model: ServiceModel
  readonly #declarations: Declarations
  readonly #names = new Map<string, string>()

  constructor(model: ServiceModel, declarations: Declarations) {
    this.#model = model
    this.#declarations = declarations
  }

  /** The TypeScript type of a shape; structures and sets of values are declared on the way. */
  use(shapeName: string): string {
    const shape = this.#shape(shapeName)
    switch (shape.type) {
      case 'structure':
        return this.#declare(shapeName, (name) => this.#interface(name, shape))
      case 'list':
        return listOf(this.use(inner(shape.member)))
      case 'map':
        return `Record<string, ${this.use(inner(shape.value))}>`
      case 'boolean':
        return 'boolean'
      case 'integer':
      case 'long':
      case 'timestamp':
        return 'number'
      default:
        if (shape.enum === undefined) return 'string'
        return this.#declare(shapeName, (name) => `export type ${name} = ${union(shape.enum ?? [])}`)
    }
  }

  #declare(shapeName: string, write: (name: string) => string): string {
    const known = this.#names.get(shapeName)
    if (known !== undefined) return known
    const facts = JSON.stringify(this.#facts(shapeName, new Set()))
    const name = this.#free(shapeName, facts)
    // The name is taken before the members are written, so that a shape may hold itself.
    this.#names.set(shapeName, name)
    if (!this.#declarations.has(name)) {
      const entry = { text: '', facts }
      this.#declarations.set(name, entry)
      entry.text = write(name)
    }
    return name
  }

  #free(shapeName: string, facts: string): string {
    const taken = this.#declarations.get(shapeName)
    return taken === undefined || taken.facts === facts ? shapeName : `Muster${shapeName}`
  }

  #interface(name: string, shape: Shape): string {
    const members = Object.entries(shape.members ?? {}).map(([member, reference]) => {
      const type = this.use(reference.shape)
      return shape.required?.includes(member) ? `  ${member}: ${type}` : `  ${member}?: ${type} | undefined`
    })
    if (members.length === 0) return `export type ${name} = Record<string, never>`
    return [`export interface ${name} {`, ...members, '}'].join('\n')
  }

  /** A shape and all that it reaches, to tell whether two models mean the same by a name. */
  #facts(shapeName: string, seen: Set<string>): unknown {
    if (seen.has(shapeName)) return shapeName
    seen.add(shapeName)
    const { members, member, key, value, ...own } = this.#shape(shapeName)
    const parts = Object.entries({ ...members, '[]': member, '{': key, '}': value })
    return { ...own, parts: parts.map(([name, part]) => [name, part && this.#facts(part.shape, seen)]) }
  }

  #shape(name: string): Shape {
    const shape = this.#model.shapes.get(name)
    if (!shape) throw new Error(`the model of ${this.#model.service} has no shape ${name}`)
    return shape
  }
}

function inner(reference: { readonly shape: string } | undefined): string {
  if (!reference) throw new Error('a list or map of the model does not say what it holds')
  return reference.shape
}

function listOf(type: string): string {
  return /^\w+$/.test(type) ? `${type}[]` : `Array<${type}>`
}

function union(values: readonly string[]): string {
  return values.map((value) => `'${value.replaceAll("'", "\\'")}'`).join(' | ')
}
