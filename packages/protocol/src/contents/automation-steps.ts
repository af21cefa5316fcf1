import { isMap } from '#documents/index.ts'
import type { Plain, PlainObject } from '#kit/index.ts'
import { findActionProblem, findConditionProblem, isAutomationAction, readChoices } from './automation-actions.ts'

/** A step of an Automation document, with where it leads. */
export interface AutomationStep {
  readonly place: string
  readonly name: string
  readonly action: string
  readonly inputs: PlainObject
  /** Steps that it names: by nextStep and the choices of a branch, when it fails, and when it is cancelled. */
  readonly next: readonly string[]
  readonly onFailure: string | undefined
  readonly onCancel: string | undefined
  /** Whether the step below it comes after it where nothing else is said. */
  readonly fallsThrough: boolean
  /** The steps inside a loop. */
  readonly inner: readonly AutomationStep[]
}

const MAX_STEPS = 200
const MAX_DEPTH = 3
const STEP_NAME = /^[a-zA-Z0-9_]{1,128}$/
const OUTPUT_TYPES = ['String', 'StringList', 'Boolean', 'Integer', 'MapList', 'StringMap']

/** Reads a list of steps, those of loops included; answers what is wrong, with its place, where it cannot. */
export function readSteps(place: string, value: Plain | undefined, depth = 0): readonly AutomationStep[] | string {
  if (value === undefined) return `${place} is missing.`
  if (!Array.isArray(value)) return `${place} must be a list of steps.`
  if (value.length === 0) return `${place} must have at least one step.`
  if (value.length > MAX_STEPS) return `${place} has ${value.length} steps; the limit is ${MAX_STEPS}.`
  const steps: AutomationStep[] = []
  for (const [index, item] of (value as readonly Plain[]).entries()) {
    const step = readStep(`${place}[${index}]`, item, depth)
    if (typeof step === 'string') return step
    steps.push(step)
  }
  return steps
}

function readStep(place: string, value: Plain, depth: number): AutomationStep | string {
  if (!isMap(value)) return `${place} must be a map.`
  const { name, action, inputs } = value
  if (name === undefined) return `${place}.name is missing.`
  if (typeof name !== 'string' || !STEP_NAME.test(name)) return `${place}.name must be 1 to 128 letters, digits or _`
  if (action === undefined) return `${place}.action is missing.`
  if (typeof action !== 'string') return `${place}.action must be a string.`
  if (!isAutomationAction(action)) return `${place}.action is ${action}, which is no action of Automation documents.`
  if (inputs !== undefined && inputs !== null && !isMap(inputs)) return `${place}.inputs must be a map.`
  const given = isMap(inputs) ? inputs : {}
  const unfit = findActionProblem(action, given)
  if (unfit !== undefined) return `${place}.inputs: ${unfit}`
  const problem = findFlowProblem(place, value) ?? findOutputsProblem(`${place}.outputs`, value['outputs'])
  if (problem !== undefined) return problem
  const choices = action === 'aws:branch' ? readBranch(place, given) : { targets: [], hasDefault: false }
  if (typeof choices === 'string') return choices
  const inner = action === 'aws:loop' ? readLoop(place, given, depth) : []
  if (typeof inner === 'string') return inner
  const { nextStep, isEnd } = value
  const ends = isEnd === true || isEnd === 'true'
  const stops = ends || nextStep !== undefined || choices.hasDefault
  const next = [...(typeof nextStep === 'string' ? [nextStep] : []), ...choices.targets]
  const jumps = { onFailure: jumpOf(value['onFailure']), onCancel: jumpOf(value['onCancel']) }
  return { place, name, action, inputs: given, next, ...jumps, fallsThrough: !stops, inner }
}

const JUMP = /^step:([a-zA-Z0-9_]{1,128})$/
const jumpOf = (value: Plain | undefined): string | undefined =>
  typeof value === 'string' ? JUMP.exec(value)?.[1] : undefined

function findFlowProblem(place: string, step: PlainObject): string | undefined {
  const { onFailure, onCancel, nextStep, description } = step
  if (onFailure !== undefined && onFailure !== 'Abort' && onFailure !== 'Continue' && jumpOf(onFailure) === undefined)
    return `${place}.onFailure must be Abort, Continue or step:NAME.`
  if (onCancel !== undefined && onCancel !== 'Abort' && jumpOf(onCancel) === undefined)
    return `${place}.onCancel must be Abort or step:NAME.`
  if (nextStep !== undefined && typeof nextStep !== 'string') return `${place}.nextStep must be the name of a step.`
  if (description !== undefined && typeof description !== 'string') return `${place}.description must be a string.`
  for (const name of ['isEnd', 'isCritical'] as const)
    if (step[name] !== undefined && !isFlag(step[name])) return `${place}.${name} must be true or false.`
  for (const name of ['maxAttempts', 'timeoutSeconds'] as const)
    if (step[name] !== undefined && !isCount(step[name]))
      return `${place}.${name} must be a whole number of at least 1.`
  return undefined
}

const REFERENCE = /^\s*\{\{[^{}]+\}\}\s*$/
const isFlag = (value: unknown): boolean =>
  typeof value === 'boolean' || (typeof value === 'string' && (/^(true|false)$/.test(value) || REFERENCE.test(value)))
const isCount = (value: unknown): boolean =>
  (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) ||
  (typeof value === 'string' && (/^[1-9]\d{0,9}$/.test(value) || REFERENCE.test(value)))

function findOutputsProblem(place: string, value: Plain | undefined): string | undefined {
  if (value === undefined || value === null) return undefined
  if (!Array.isArray(value)) return `${place} must be a list of maps with Name, Selector and Type.`
  const names = new Set<string>()
  for (const [index, output] of (value as readonly Plain[]).entries()) {
    const at = `${place}[${index}]`
    if (!isMap(output)) return `${at} must be a map with Name, Selector and Type.`
    const { Name, Selector, Type } = output
    if (typeof Name !== 'string' || Name === '') return `${at}.Name is missing.`
    if (names.has(Name)) return `${at}.Name is ${Name} for the second time.`
    names.add(Name)
    if (typeof Selector !== 'string' || !Selector.startsWith('$'))
      return `${at}.Selector must be a JSONPath such as $.Name.`
    if (Type !== undefined && (typeof Type !== 'string' || !OUTPUT_TYPES.includes(Type)))
      return `${at}.Type must be one of ${OUTPUT_TYPES.join(', ')}.`
  }
  return undefined
}

function readBranch(place: string, { Choices, Default }: PlainObject) {
  const targets = readChoices(`${place}.inputs.Choices`, Choices)
  if (typeof targets === 'string') return targets
  if (Default === undefined || Default === null) return { targets, hasDefault: false }
  if (typeof Default !== 'string') return `${place}.inputs.Default must be the name of a step.`
  return { targets: [...targets, Default], hasDefault: true }
}

const ITERATOR_TYPES = ['String', 'Boolean', 'Integer', 'StringMap']
const MAX_ITERATIONS = 100

function readLoop(place: string, inputs: PlainObject, depth: number): readonly AutomationStep[] | string {
  const { Steps, Iterators, IteratorDataType, LoopCondition, MaxIterations } = inputs
  const at = `${place}.inputs`
  if (depth >= MAX_DEPTH) return `${place}: loops stand at most ${MAX_DEPTH} deep in each other.`
  if ((Iterators === undefined) === (LoopCondition === undefined))
    return `${at} must have Iterators or LoopCondition, and one of them only.`
  if (Array.isArray(Iterators) && Iterators.length > MAX_ITERATIONS)
    return `${at}.Iterators has ${Iterators.length} items; the limit is ${MAX_ITERATIONS}.`
  if (IteratorDataType !== undefined && !ITERATOR_TYPES.includes(String(IteratorDataType)))
    return `${at}.IteratorDataType must be one of ${ITERATOR_TYPES.join(', ')}.`
  if (LoopCondition !== undefined) {
    const problem = findConditionProblem(`${at}.LoopCondition`, LoopCondition)
    if (problem !== undefined) return problem
    if (MaxIterations === undefined) return `${at}.MaxIterations is missing: a LoopCondition needs it.`
  }
  if (MaxIterations !== undefined && (!isCount(MaxIterations) || Number(MaxIterations) > MAX_ITERATIONS))
    return `${at}.MaxIterations must be a whole number from 1 to ${MAX_ITERATIONS}.`
  return readSteps(`${at}.Steps`, Steps, depth + 1)
}
