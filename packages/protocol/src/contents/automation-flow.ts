import { NOT_AFTER_CANCEL } from './automation-actions.ts'
import type { AutomationStep } from './automation-steps.ts'

/** What is wrong with where steps lead: names that are taken twice or lead nowhere, circles, work after a cancellation. */
export function findStepsProblem(steps: readonly AutomationStep[]): string | undefined {
  return findNamesProblem(steps, new Map()) ?? findListProblem(steps)
}

function findNamesProblem(steps: readonly AutomationStep[], places: Map<string, string>): string | undefined {
  for (const { name, place, inner } of steps) {
    const first = places.get(name)
    if (first !== undefined) return `${place}.name is "${name}", the name of ${first}.`
    places.set(name, place)
    const problem = findNamesProblem(inner, places)
    if (problem !== undefined) return problem
  }
  return undefined
}

/** A step leads to steps of its own list only: what is in a loop stays in it. */
function findListProblem(steps: readonly AutomationStep[]): string | undefined {
  const byName = new Map(steps.map((step) => [step.name, step]))
  for (const { place, next, onFailure, onCancel, inner } of steps) {
    const named = [...next, ...[onFailure, onCancel].filter((name) => name !== undefined)]
    const lost = named.find((name) => !byName.has(name))
    if (lost !== undefined) return `${place} leads to the step ${lost}, which is not there.`
    const problem = inner.length > 0 ? findListProblem(inner) : undefined
    if (problem !== undefined) return problem
  }
  return findCircle(steps, byName) ?? findCancelProblem(steps, byName)
}

type ByName = ReadonlyMap<string, AutomationStep>

const followers = (steps: readonly AutomationStep[], step: AutomationStep): readonly string[] => {
  const below = step.fallsThrough ? steps[steps.indexOf(step) + 1]?.name : undefined
  return [...step.next, step.onFailure, below].filter((name) => name !== undefined)
}

/** The first circle of steps, as a trace. */
function findCircle(steps: readonly AutomationStep[], byName: ByName): string | undefined {
  const done = new Set<string>()
  const trace: string[] = []
  const visit = (name: string): string | undefined => {
    if (trace.includes(name)) return [...trace.slice(trace.indexOf(name)), name].join(' -> ')
    const step = byName.get(name)
    if (done.has(name) || !step) return undefined
    trace.push(name)
    for (const follower of followers(steps, step)) {
      const circle = visit(follower)
      if (circle !== undefined) return circle
    }
    trace.pop()
    done.add(name)
    return undefined
  }
  for (const { name } of steps) {
    const circle = visit(name)
    if (circle !== undefined) return `The steps run in a circle: ${circle}.`
  }
  return undefined
}

function findCancelProblem(steps: readonly AutomationStep[], byName: ByName): string | undefined {
  for (const { place, onCancel } of steps) {
    if (onCancel === undefined) continue
    const reached = new Set([onCancel])
    for (const name of reached) {
      const step = byName.get(name)
      if (!step) continue
      if (NOT_AFTER_CANCEL.has(step.action))
        return `${place}.onCancel leads to ${name}, and ${step.action} cannot run after a cancellation.`
      for (const follower of followers(steps, step)) reached.add(follower)
    }
  }
  return undefined
}
