import type { Plain, PlainObject } from '#kit/index.ts'
import { inspectAction } from './actions.ts'
import { type Document, SCHEMA_VERSIONS, type SchemaVersion, type Step } from './document.ts'
import { isMap, parseParameters } from './parse-parameters.ts'
import { parseRuntimeConfig } from './parse-runtime-config.ts'
import { inspectPrecondition } from './precondition.ts'
import { type DocumentFormat, readContent } from './read-content.ts'

export type DocumentProblemCode = 'InvalidDocumentContent' | 'InvalidDocumentSchemaVersion' | 'MaxDocumentSizeExceeded'
export type ParseResult =
  | { readonly ok: true; readonly document: Document }
  | { readonly ok: false; readonly code: DocumentProblemCode; readonly text: string }

export const MAX_DOCUMENT_BYTES = 65_536
const MAX_STEPS = 100
// A step's name becomes a folder on the node and PluginName in the API.
const STEP_NAME = /^(?!\.{1,2}$)[a-zA-Z0-9_.-]{1,128}$/

/** Reads a Command document of schema 1.2, 2.0 or 2.2; what is refused is refused with the place named. */
export function parseDocument(content: string, format: DocumentFormat): ParseResult {
  const bytes = new TextEncoder().encode(content).length
  if (bytes > MAX_DOCUMENT_BYTES) {
    return refuse('MaxDocumentSizeExceeded', `The document has ${bytes} bytes; the limit is ${MAX_DOCUMENT_BYTES}.`)
  }
  const read = readContent(content, format)
  if (!read.ok) return refuse('InvalidDocumentContent', read.text)
  if (!isMap(read.value))
    return refuse('InvalidDocumentContent', 'The document must be a map with schemaVersion and mainSteps.')

  const schema = readSchemaVersion(read.value['schemaVersion'])
  if (!schema.ok) return schema
  return parseBody(read.value, schema.version)
}

function parseBody(root: PlainObject, schemaVersion: SchemaVersion): ParseResult {
  const { description } = root
  if (description !== undefined && typeof description !== 'string') {
    return refuse('InvalidDocumentContent', 'description must be a string.')
  }
  const parameters = parseParameters(root['parameters'])
  if (!parameters.ok) return refuse('InvalidDocumentContent', parameters.text)
  const names = new Set(parameters.value.map(({ name }) => name))
  const steps =
    schemaVersion === '1.2'
      ? parseRuntimeConfig(root['runtimeConfig'], MAX_STEPS)
      : parseSteps(root['mainSteps'], schemaVersion, names)
  if (typeof steps === 'string') return refuse('InvalidDocumentContent', steps)
  const document = {
    schemaVersion,
    ...(description !== undefined && { description }),
    parameters: parameters.value,
    steps,
  }
  return { ok: true, document }
}

type SchemaResult = { readonly ok: true; readonly version: SchemaVersion } | (ParseResult & { readonly ok: false })

function readSchemaVersion(value: Plain | undefined): SchemaResult {
  if (value === undefined)
    return refuse('InvalidDocumentSchemaVersion', 'schemaVersion is missing. Supported: 1.2, 2.0, 2.2.')
  if (typeof value !== 'string') {
    return refuse(
      'InvalidDocumentSchemaVersion',
      'schemaVersion must be a string such as "2.2". Supported: 1.2, 2.0, 2.2.',
    )
  }
  const version = SCHEMA_VERSIONS.find((known) => known === value)
  if (version !== undefined) return { ok: true, version }
  const shown = value.length > 20 ? `${value.slice(0, 20)}…` : value
  return refuse(
    'InvalidDocumentSchemaVersion',
    `Schema version ${shown} is not supported for a document of type Command. Supported: 1.2, 2.0, 2.2.`,
  )
}

function parseSteps(
  value: Plain | undefined,
  schemaVersion: SchemaVersion,
  parameters: ReadonlySet<string>,
): readonly Step[] | string {
  if (value === undefined) return 'mainSteps is missing.'
  if (!Array.isArray(value)) return 'mainSteps must be a list of steps.'
  if (value.length === 0) return 'mainSteps must have at least one step.'
  if (value.length > MAX_STEPS) return `mainSteps has ${value.length} steps; the limit is ${MAX_STEPS}.`
  const steps: Step[] = []
  const places = new Map<string, number>()
  for (const [index, item] of (value as readonly Plain[]).entries()) {
    const step = parseStep(item, index, schemaVersion, parameters)
    if (typeof step === 'string') return step
    const first = places.get(step.name)
    if (first !== undefined) return `mainSteps[${index}].name is "${step.name}", the name of mainSteps[${first}].`
    places.set(step.name, index)
    steps.push(step)
  }
  return steps
}

function parseStep(
  value: Plain,
  index: number,
  schemaVersion: SchemaVersion,
  parameters: ReadonlySet<string>,
): Step | string {
  const place = `mainSteps[${index}]`
  if (!isMap(value)) return `${place} must be a map.`
  const { action, name, inputs, precondition } = value
  if (action === undefined) return `${place}.action is missing.`
  const unfit = inspectAction(action)
  if (typeof action !== 'string' || unfit !== undefined) return `${place}.action ${unfit}`
  if (name === undefined) return `${place}.name is missing.`
  if (typeof name !== 'string' || !STEP_NAME.test(name))
    return `${place}.name must be 1 to 128 letters, digits or _ . -`
  if (inputs !== undefined && inputs !== null && !isMap(inputs)) return `${place}.inputs must be a map.`
  const step = { index, name, action, inputs: inputs ?? {} }
  if (precondition === undefined || precondition === null) return step
  if (!isMap(precondition)) return `${place}.precondition must be a map such as {StringEquals: [platformType, Linux]}.`
  // Below 2.2 a precondition is not looked at here: the node fails the step with the service's own text.
  const [problem] = schemaVersion === '2.2' ? inspectPrecondition(precondition, parameters) : []
  return problem === undefined ? { ...step, precondition } : `${place}.precondition is malformed: ${problem}.`
}

function refuse(code: DocumentProblemCode, text: string): ParseResult & { readonly ok: false } {
  return { ok: false, code, text }
}
