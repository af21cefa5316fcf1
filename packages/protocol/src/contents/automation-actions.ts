import { isMap } from '#documents/index.ts'
import type { Plain, PlainObject } from '#kit/index.ts'

type Check = (inputs: PlainObject) => string | undefined

const needs =
  (...names: readonly string[]): Check =>
  (inputs) => {
    const missing = names.find((name) => inputs[name] === undefined)
    return missing && `${missing} is missing.`
  }

const needsOne =
  (...names: readonly string[]): Check =>
  (inputs) => {
    const given = names.filter((name) => inputs[name] !== undefined)
    if (given.length === 1) return undefined
    return `${names.join(' or ')} is needed${given.length > 1 ? ', and only one of them' : ''}.`
  }

const all =
  (...checks: readonly Check[]): Check =>
  (inputs) => {
    for (const check of checks) {
      const problem = check(inputs)
      if (problem !== undefined) return problem
    }
    return undefined
  }

const awsCall = needs('Service', 'Api')
const property = needs('Service', 'Api', 'PropertySelector', 'DesiredValues')

/** Every action of Automation documents, with what its inputs must have. Branch and loop have files of their own. */
const ACTIONS: Readonly<Record<string, Check>> = {
  'aws:approve': needsOne('Approvers', 'EnhancedApprovals'),
  'aws:assertAwsResourceProperty': property,
  'aws:branch': needs('Choices'),
  'aws:changeInstanceState': needs('InstanceIds', 'DesiredState'),
  'aws:copyImage': needs('SourceImageId', 'SourceRegion', 'ImageName'),
  'aws:createImage': needs('InstanceId', 'ImageName'),
  'aws:createStack': all(needs('StackName'), needsOne('TemplateBody', 'TemplateURL')),
  'aws:createTags': needs('ResourceIds', 'Tags'),
  'aws:deleteImage': needs('ImageId'),
  'aws:deleteStack': needs('StackName'),
  'aws:executeAutomation': needs('DocumentName'),
  'aws:executeAwsApi': awsCall,
  'aws:executeScript': all(needs('Runtime'), needsOne('Script', 'Attachment'), findScriptProblem),
  'aws:executeStateMachine': needs('stateMachineArn'),
  'aws:invokeLambdaFunction': needs('FunctionName'),
  'aws:invokeWebhook': needs('IntegrationName'),
  'aws:loop': needs('Steps'),
  'aws:pause': () => undefined,
  'aws:runCommand': needs('DocumentName'),
  'aws:runInstances': needs('ImageId'),
  'aws:sleep': needsOne('Duration', 'Timestamp'),
  'aws:updateVariable': needs('Name', 'Value'),
  'aws:waitForAwsResourceProperty': property,
}

/** Actions that the work after a cancellation may not lead to: they wait, or make what would be left behind. */
export const NOT_AFTER_CANCEL: ReadonlySet<string> = new Set(
  ['approve', 'copyImage', 'createImage', 'createStack', 'createTags', 'pause', 'runInstances', 'sleep'].map(
    (name) => `aws:${name}`,
  ),
)

/** Whether Automation documents have this action. */
export const isAutomationAction = (action: string): boolean => Object.hasOwn(ACTIONS, action)

/** What is wrong with the inputs of an action, after the place of the inputs; undefined when nothing is. */
export const findActionProblem = (action: string, inputs: PlainObject): string | undefined => ACTIONS[action]?.(inputs)

function findScriptProblem({ Runtime, Handler }: PlainObject): string | undefined {
  if (typeof Runtime !== 'string') return 'Runtime must be a string such as python3.11.'
  if (Runtime.startsWith('python') && Handler === undefined) return 'Handler is missing: a Python script needs it.'
  return undefined
}

const OPERATORS = new Set([
  ...['StringEquals', 'EqualsIgnoreCase', 'StartsWith', 'EndsWith', 'Contains', 'BooleanEquals'],
  ...['NumericEquals', 'NumericGreater', 'NumericLesser', 'NumericGreaterOrEquals', 'NumericLesserOrEquals'],
])

/** Reads the choices of a branch: the steps that they lead to, or what is wrong, with its place. */
export function readChoices(place: string, value: Plain | undefined): readonly string[] | string {
  if (!Array.isArray(value) || value.length === 0) return `${place} must be a list of at least one choice.`
  const targets: string[] = []
  for (const [index, choice] of (value as readonly Plain[]).entries()) {
    const at = `${place}[${index}]`
    if (!isMap(choice)) return `${at} must be a map with NextStep and a condition.`
    const { NextStep, ...condition } = choice
    if (typeof NextStep !== 'string') return `${at}.NextStep must be the name of a step.`
    const problem = findConditionProblem(at, condition)
    if (problem !== undefined) return problem
    targets.push(NextStep)
  }
  return targets
}

/** What is wrong with a condition: `{Variable, one operator}`, or And, Or, Not of such. */
export function findConditionProblem(place: string, condition: Plain): string | undefined {
  if (!isMap(condition)) return `${place} must be a map: Variable and an operator, or And, Or, Not.`
  for (const word of ['And', 'Or'] as const) {
    const operands = condition[word]
    if (operands === undefined) continue
    if (!Array.isArray(operands) || operands.length < 2)
      return `${place}.${word} must be a list of at least two conditions.`
    for (const [index, operand] of (operands as readonly Plain[]).entries()) {
      const problem = findConditionProblem(`${place}.${word}[${index}]`, operand)
      if (problem !== undefined) return problem
    }
    return undefined
  }
  if (condition['Not'] !== undefined) return findConditionProblem(`${place}.Not`, condition['Not'])
  const { Variable, ...rest } = condition
  if (Variable === undefined) return `${place}.Variable is missing.`
  const names = Object.keys(rest)
  const unknown = names.find((name) => !OPERATORS.has(name))
  if (unknown !== undefined) return `${place}.${unknown} is no operator: ${[...OPERATORS].join(', ')}.`
  return names.length === 1 ? undefined : `${place} must have exactly one operator; it has ${names.length}.`
}
