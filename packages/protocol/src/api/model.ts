// The one import that leaves src: the model is data beside it, and a JSON import is what bundlers carry along.
import muster from '../../model/muster.json' with { type: 'json' }
import musterAccess from '../../model/muster-access.json' with { type: 'json' }
import musterAudit from '../../model/muster-audit.json' with { type: 'json' }
import musterKeys from '../../model/muster-keys.json' with { type: 'json' }
import ssm from '../../model/ssm.json' with { type: 'json' }

/** A name of a shape in the model of one service. */
export type ShapeName = string
export type ServiceName = 'ssm' | 'muster'

/** One operation as the pipeline sees it: where it belongs, its shapes, the errors it may answer. */
export interface OperationModel {
  readonly name: string
  readonly service: ServiceName
  readonly input?: ShapeName
  readonly output?: ShapeName
  readonly errors: readonly string[]
}

/** A member of a structure, list or map. */
export interface Reference {
  readonly shape: ShapeName
}

/** One shape as the model file states it. */
export interface Shape {
  readonly type: 'structure' | 'list' | 'map' | 'string' | 'integer' | 'long' | 'boolean' | 'timestamp' | 'blob'
  readonly members?: Readonly<Record<string, Reference>>
  readonly required?: readonly string[]
  readonly member?: Reference
  readonly key?: Reference
  readonly value?: Reference
  readonly enum?: readonly string[]
  readonly pattern?: string
  readonly min?: number
  readonly max?: number
  readonly sensitive?: boolean
  readonly union?: boolean
  readonly exception?: boolean
  readonly fault?: boolean
}

/** The model of one service: operations by name, shapes by name. */
export interface ServiceModel {
  readonly service: ServiceName
  readonly targetPrefix: string
  readonly operations: Readonly<Record<string, Omit<OperationModel, 'name' | 'service'>>>
  readonly shapes: ReadonlyMap<ShapeName, Shape>
}

interface ModelFile extends Pick<ServiceModel, 'operations'> {
  readonly shapes: Readonly<Record<string, Shape>>
}

/** A model may stand in several files: each name in one of them, the shapes that all of them use in the first. */
function load(first: unknown, service: ServiceName, more: readonly unknown[] = []): ServiceModel {
  const { targetPrefix } = first as Pick<ServiceModel, 'targetPrefix'>
  const operations: Record<string, Omit<OperationModel, 'name' | 'service'>> = {}
  const shapes = new Map<ShapeName, Shape>()
  for (const file of [first, ...more] as ModelFile[]) {
    for (const [name, facts] of Object.entries(file.operations)) {
      if (Object.hasOwn(operations, name)) throw new Error(`two files of the model have the operation ${name}`)
      operations[name] = facts
    }
    for (const [name, shape] of Object.entries(file.shapes)) {
      if (shapes.has(name)) throw new Error(`two files of the model have the shape ${name}`)
      shapes.set(name, shape)
    }
  }
  return { service, targetPrefix, operations, shapes }
}

/** Both models, SSM's own and Muster's, in that order. */
export const models: readonly ServiceModel[] = [
  load(ssm, 'ssm'),
  load(muster, 'muster', [musterAccess, musterAudit, musterKeys]),
]

const byTarget = new Map<string, OperationModel>()
const byName = new Map<string, OperationModel>()
for (const { service, targetPrefix, operations } of models) {
  for (const [name, facts] of Object.entries(operations)) {
    const operation: OperationModel = Object.freeze({ ...facts, name, service })
    byTarget.set(`${targetPrefix}.${name}`, operation)
    byName.set(name, operation)
  }
}

/** Every operation of both models, in the model's order. */
export const allOperations: readonly OperationModel[] = [...byTarget.values()]

/** Finds an operation by the value of X-Amz-Target: `AmazonSSM.X` or `Muster.X`. */
export function findOperation(target: string): OperationModel | undefined {
  return byTarget.get(target)
}

/** Finds an operation of either model by its bare name, as in `POST /api/X`. */
export function findOperationByName(name: string): OperationModel | undefined {
  return byName.get(name)
}

/** Finds a shape in the model of one service. */
export function findShape(service: ServiceName, name: ShapeName): Shape | undefined {
  return models.find((model) => model.service === service)?.shapes.get(name)
}
