import { allOperations, findShape, type OperationModel } from '@muster/protocol/api'

/** What is known of the store by the names of members, to be asked about: each value becomes a request of its own. */
export type Subjects = Readonly<Record<string, readonly unknown[]>>

const READING = /^(Describe|Explain|Get|List|Query|Simulate|Verify|Watch)/
/** Asked for where an operation has it: what shows more. */
const MORE: Readonly<Record<string, unknown>> = {
  WithDecryption: true,
  Recursive: true,
  Details: true,
  IncludeQuarantined: true,
}

/** Every operation that only reads, in both models. */
export const readingOperations: readonly OperationModel[] = allOperations.filter(({ name }) => READING.test(name))

/**
 * Inputs for an operation: its members by name, once for each subject of the member that has most of them, the required
 * ones alone, and all of it again with everything asked for that shows more.
 */
export function inputsFor(operation: OperationModel, subjects: Subjects): readonly Record<string, unknown>[] {
  const shape = operation.input === undefined ? undefined : findShape(operation.service, operation.input)
  const members = shape?.members ?? {}
  const required = shape?.required ?? []
  const chosen = Object.keys(members).filter((name) => required.includes(name) || subjects[name] !== undefined)
  const more = Object.fromEntries(Object.entries(MORE).filter(([name]) => members[name] !== undefined))
  const valuesOf = (name: string): readonly unknown[] =>
    subjects[name] ?? [fallback(operation, members[name]?.shape ?? '')]
  const most = Math.max(1, ...chosen.map((name) => valuesOf(name).length))
  const given = Array.from({ length: most }, (_, index) =>
    Object.fromEntries(
      chosen.map((name) => {
        const values = valuesOf(name)
        return [name, values[index % values.length]]
      }),
    ),
  )
  const onlyRequired = Object.fromEntries(required.map((name) => [name, valuesOf(name)[0]]))
  const plain = [...given, onlyRequired]
  return Object.keys(more).length === 0 ? plain : [...plain, ...plain.map((input) => ({ ...input, ...more }))]
}

function fallback({ service }: OperationModel, name: string): unknown {
  const shape = findShape(service, name)
  switch (shape?.type) {
    case 'list':
      return [fallback({ service } as OperationModel, shape.member?.shape ?? '')]
    case 'structure':
      return Object.fromEntries(
        (shape.required ?? []).map((member) => [
          member,
          fallback({ service } as OperationModel, shape.members?.[member]?.shape ?? ''),
        ]),
      )
    case 'map':
      return {}
    case 'boolean':
      return true
    case 'integer':
    case 'long':
      return shape.min ?? 1
    default:
      return shape?.enum?.[0] ?? 'x'.repeat(Math.max(1, shape?.min ?? 1))
  }
}
