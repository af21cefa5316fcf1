import { readFileSync } from 'node:fs'

// Read as a file, not through the product's own door: what is compared must not come from one piece of code.

export interface RawShape {
  readonly type: string
  readonly members?: Readonly<Record<string, { readonly shape: string }>>
  readonly required?: readonly string[]
  readonly member?: { readonly shape: string }
  readonly key?: { readonly shape: string }
  readonly value?: { readonly shape: string }
  readonly enum?: readonly string[]
  readonly pattern?: string
  readonly min?: number
  readonly max?: number
  readonly sensitive?: boolean
  readonly union?: boolean
}

export interface RawOperation {
  readonly name: string
  readonly target: string
  readonly model: RawModel
  readonly input: RawShape
  readonly errors: readonly string[]
}

export interface RawModel {
  readonly targetPrefix: string
  readonly operations: Readonly<Record<string, { readonly input?: string; readonly errors?: readonly string[] }>>
  readonly shapes: Readonly<Record<string, RawShape>>
}

const EMPTY: RawShape = { type: 'structure', members: {} }
const folder = new URL('../../../packages/protocol/model/', import.meta.url)
const read = (name: string): RawModel => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as RawModel

/** Muster's own operations stand in several files. */
const merged = (...files: readonly RawModel[]): RawModel => ({
  targetPrefix: files[0]?.targetPrefix ?? '',
  operations: Object.assign({}, ...files.map(({ operations }) => operations)),
  shapes: Object.assign({}, ...files.map(({ shapes }) => shapes)),
})

const models = [read('ssm'), merged(read('muster'), read('muster-access'), read('muster-audit'), read('muster-keys'))]

/** Every operation of both models. */
export const rawOperations: readonly RawOperation[] = models.flatMap((model) =>
  Object.entries(model.operations).map(([name, { input, errors = [] }]) => ({
    name,
    target: `${model.targetPrefix}.${name}`,
    model,
    input: (input === undefined ? undefined : model.shapes[input]) ?? EMPTY,
    errors,
  })),
)

export function shapeOf({ shapes }: RawModel, name: string | undefined): RawShape {
  const shape = shapes[name ?? '']
  if (shape === undefined) throw new Error(`the model has no shape ${name}`)
  return shape
}

/** A shape of the SSM model by its name. */
export const findRaw = (name: string): RawShape => {
  const [ssm] = models
  if (ssm === undefined) throw new Error('there is no model')
  return shapeOf(ssm, name)
}
