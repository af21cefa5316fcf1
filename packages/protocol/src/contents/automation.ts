import { isMap, type ParameterRules, type ParameterType, parseParameters } from '#documents/index.ts'
import type { Plain, PlainObject } from '#kit/index.ts'
import { findStepsProblem } from './automation-flow.ts'
import { type AutomationStep, readSteps } from './automation-steps.ts'
import {
  ALL_PLATFORMS,
  type ContentFormat,
  descriptionOf,
  findSchemaProblem,
  findTextProblem,
  readFiles,
  readMap,
  refuseContent,
  type TypedResult,
} from './typed.ts'

const AWS_TYPE = /^AWS::[A-Za-z0-9]+(::[A-Za-z0-9]+)*(<[A-Za-z0-9:<>]+>)?$/
const AWS_LIST = /^List<(.+)>$/

/** The parameters of Automation documents: types of AWS's resources stand for texts and lists of texts. */
const PARAMETERS: ParameterRules = {
  place: 'parameters',
  name: /^[a-zA-Z0-9_]+$/,
  nameText: 'letters, digits or _',
  alias(type): ParameterType | undefined {
    if (AWS_TYPE.test(type)) return 'String'
    return AWS_TYPE.test(AWS_LIST.exec(type)?.[1] ?? '') ? 'StringList' : undefined
  },
}
const VARIABLES: ParameterRules = { ...PARAMETERS, place: 'variables' }

/** Automation documents: schema 0.3; `type` is also that of change templates, which are runbooks with an approval. */
export const automation =
  (type: 'Automation' | 'Automation.ChangeTemplate') =>
  (content: string, format: ContentFormat): TypedResult => {
    const read = readMap(type, content, format)
    if (!read.ok) return read
    const { root } = read
    const schema = findSchemaProblem(type, root, ['0.3'])
    if (schema) return schema
    const texts = findTextProblem(root, ['description', 'assumeRole'])
    if (texts !== undefined) return refuseContent(texts)
    const parameters = parseParameters(root['parameters'], PARAMETERS)
    if (!parameters.ok) return refuseContent(parameters.text)
    const variables = parseParameters(root['variables'], VARIABLES)
    if (!variables.ok) return refuseContent(variables.text)
    const steps = readSteps('mainSteps', root['mainSteps'])
    if (typeof steps === 'string') return refuseContent(steps)
    const files = readFiles(root['files'])
    if (typeof files === 'string') return refuseContent(files)
    const names = {
      parameters: new Set(parameters.value.map(({ name }) => name)),
      variables: new Set(variables.value.map(({ name }) => name)),
    }
    const problem =
      findStepsProblem(steps) ??
      findInputsProblem(steps, names.variables) ??
      findOutputsProblem(root['outputs'], steps, names) ??
      (type === 'Automation' ? undefined : findTemplateProblem(root, steps))
    if (problem !== undefined) return refuseContent(problem)
    const shown = { schemaVersion: '0.3', ...descriptionOf(root), parameters: parameters.value, files }
    return { ok: true, document: { ...shown, platformTypes: ALL_PLATFORMS } }
  }

function findInputsProblem(steps: readonly AutomationStep[], variables: ReadonlySet<string>): string | undefined {
  for (const { place, action, inputs, inner } of steps) {
    const { Steps: _, Script, ...own } = inputs
    const problem =
      findTokenProblem(`${place}.inputs`, own) ??
      (typeof Script === 'string' && SSM_REFERENCE.test(Script) ? ssmProblem(`${place}.inputs.Script`) : undefined) ??
      (action === 'aws:updateVariable' ? findVariableProblem(place, inputs, variables) : undefined) ??
      findInputsProblem(inner, variables)
    if (problem !== undefined) return problem
  }
  return undefined
}

const SSM_REFERENCE = /\{\{\s*ssm:[/\w.:-]+\s*\}\}/
const NESTED = /\{\{[^{}]*\{\{/
const ssmProblem = (place: string): string =>
  `${place} refers to Parameter Store ({{ ssm:… }}), which only the default of a parameter may.`

function findTokenProblem(place: string, value: Plain): string | undefined {
  if (typeof value === 'string') {
    if (SSM_REFERENCE.test(value)) return ssmProblem(place)
    return NESTED.test(value) ? `${place} has a reference within a reference.` : undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const entries: readonly (readonly [string, Plain])[] = Array.isArray(value)
    ? (value as readonly Plain[]).map((item, index) => [`${place}[${index}]`, item] as const)
    : Object.entries(value as PlainObject).map(([name, item]) => [`${place}.${name}`, item] as const)
  for (const [at, item] of entries) {
    const problem = findTokenProblem(at, item)
    if (problem !== undefined) return problem
  }
  return undefined
}

function findVariableProblem(place: string, { Name }: PlainObject, variables: ReadonlySet<string>): string | undefined {
  const name = typeof Name === 'string' ? /^variable:([a-zA-Z0-9_]+)$/.exec(Name)?.[1] : undefined
  if (name === undefined) return `${place}.inputs.Name must be variable:NAME.`
  return variables.has(name)
    ? undefined
    : `${place}.inputs.Name is the variable ${name}, which variables does not have.`
}

interface Names {
  readonly parameters: ReadonlySet<string>
  readonly variables: ReadonlySet<string>
}

function findOutputsProblem(value: Plain | undefined, steps: readonly AutomationStep[], names: Names) {
  if (value === undefined || value === null) return undefined
  if (!Array.isArray(value)) return 'outputs must be a list of texts such as step.Output.'
  const known = new Set(steps.flatMap(namesOf))
  for (const [index, item] of (value as readonly Plain[]).entries()) {
    if (typeof item !== 'string') return `outputs[${index}] must be a string such as step.Output.`
    const name = item.replace(/^\{\{|\}\}$/g, '').trim()
    const [first = ''] = name.split('.')
    const variable = /^variable:(\w+)/.exec(name)?.[1]
    if (variable === undefined ? known.has(first) || names.parameters.has(first) : names.variables.has(variable))
      continue
    return `outputs[${index}] is ${name}, and neither a step nor a parameter has that name.`
  }
  return undefined
}

const namesOf = ({ name, inner }: AutomationStep): readonly string[] => [name, ...inner.flatMap(namesOf)]

function findTemplateProblem(root: PlainObject, steps: readonly AutomationStep[]): string | undefined {
  for (const name of ['emergencyChange', 'autoApprovable'] as const)
    if (root[name] !== undefined && typeof root[name] !== 'boolean') return `${name} must be true or false.`
  const { executableRunBooks: runbooks } = root
  if (runbooks !== undefined) {
    if (!Array.isArray(runbooks)) return 'executableRunBooks must be a list of maps with name and version.'
    for (const [index, runbook] of (runbooks as readonly Plain[]).entries())
      if (!isMap(runbook) || typeof runbook['name'] !== 'string')
        return `executableRunBooks[${index}].name must be the name of a document.`
  }
  if (steps.some(({ action }) => action === 'aws:executeAutomation')) return undefined
  return 'mainSteps must have a step with the action aws:executeAutomation: the change itself.'
}
