import type { Plain, PlainObject } from '#kit/index.ts'
import { inspectAction } from './actions.ts'
import type { Step } from './document.ts'
import { FLOW_INPUTS } from './flow.ts'
import { isMap } from './parse-parameters.ts'

/**
 * Reads the `runtimeConfig` of schema 1.2 as steps: one for each set of properties, named as their plugin. Answers what
 * is wrong, with its place, where it cannot.
 */
export function parseRuntimeConfig(value: Plain | undefined, maxSteps: number): readonly Step[] | string {
  if (value === undefined) return 'runtimeConfig is missing.'
  if (!isMap(value)) return 'runtimeConfig must be a map of plugins.'
  const steps: Step[] = []
  for (const [action, plugin] of Object.entries(value)) {
    const place = `runtimeConfig.${action}`
    const problem = inspectAction(action)
    if (problem !== undefined) return `${place} ${problem}`
    const sets = readProperties(place, plugin)
    if (typeof sets === 'string') return sets
    for (const inputs of sets) steps.push({ index: steps.length, name: action, action, inputs })
  }
  if (steps.length === 0) return 'runtimeConfig must have at least one plugin.'
  return steps.length > maxSteps
    ? `runtimeConfig has ${steps.length} sets of properties; the limit is ${maxSteps}.`
    : steps
}

function readProperties(place: string, plugin: Plain): readonly PlainObject[] | string {
  if (!isMap(plugin)) return `${place} must be a map.`
  const { properties } = plugin
  if (properties === undefined || properties === null) return `${place}.properties is missing.`
  if (isMap(properties)) return [properties]
  if (!Array.isArray(properties) || properties.length === 0)
    return `${place}.properties must be a map, or a list of at least one map.`
  const sets: PlainObject[] = []
  for (const [index, item] of (properties as readonly Plain[]).entries()) {
    if (!isMap(item)) return `${place}.properties[${index}] must be a map.`
    sets.push(withoutFlow(item))
  }
  return sets
}

// The service's agent reads the flow of a plugin only where its properties are no list.
const withoutFlow = (inputs: PlainObject): PlainObject =>
  Object.fromEntries(Object.entries(inputs).filter(([name]) => !FLOW_INPUTS.has(name)))
