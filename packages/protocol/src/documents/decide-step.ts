import type { PlainObject } from '#kit/index.ts'
import { actionPlatforms } from './actions.ts'
import type { SchemaVersion } from './document.ts'
import { readFlow } from './flow.ts'
import { type FrozenPrecondition, isSatisfied, type Platform } from './precondition.ts'

/** What a node knows when a step's turn comes. */
export interface StepQuestion {
  readonly step: {
    readonly name: string
    readonly action: string
    readonly inputs: PlainObject
    readonly precondition?: FrozenPrecondition
  }
  readonly schemaVersion: SchemaVersion
  readonly platform: Platform
  /** Actions that this version of Muster has heard of. */
  readonly knownActions: ReadonlySet<string>
  /** Actions that this node can run. */
  readonly supportedActions: ReadonlySet<string>
  /** An earlier step ended the document (`StepConclusion.exits`). */
  readonly exited?: boolean
  /** No step comes after it. */
  readonly isLast?: boolean
}

export type StepDecision = { readonly run: true } | { readonly skip: string } | { readonly fail: string }

/** Decides whether a step runs, is skipped or fails before it starts; the order of the checks is the service's agent's. */
export function decideStep(question: StepQuestion): StepDecision {
  const { step, schemaVersion, exited = false, isLast = false } = question
  if (exited && !(isLast && readFlow(step.inputs).finallyStep))
    return {
      skip: `Plugin with name ${step.action} and id ${step.name} skipped due to prior step with an exit condition`,
    }
  return schemaVersion === '2.2' ? decideCrossPlatform(question) : decideOrdered(question)
}

function decideOrdered(question: StepQuestion): StepDecision {
  const { name, action, precondition } = question.step
  if (!question.knownActions.has(action)) return { fail: unknownText(name, action) }
  if (!question.supportedActions.has(action)) {
    if (isLacking(question)) return { fail: unknownText(name, action) }
    return { fail: `Plugin with name ${action} is not supported in current platform. Step name: ${name}` }
  }
  if (hasClauses(precondition)) {
    return { fail: `Precondition is not supported for document schema version prior to 2.2. Step name: ${name}` }
  }
  return { run: true }
}

function decideCrossPlatform(question: StepQuestion): StepDecision {
  const { step, platform, knownActions, supportedActions } = question
  const { name, action, precondition = { comparisons: [], problems: [] } } = step
  const unsatisfied = precondition.comparisons.filter((comparison) => !isSatisfied(comparison, platform))
  const isKnown = knownActions.has(action)
  if (unsatisfied.length === 0 && !isKnown) return { fail: unknownText(name, action) }
  const lacking = isLacking(question)
  // The platform has the action, so skipping it would let the command succeed without its work.
  if (unsatisfied.length === 0 && lacking) return { fail: unknownText(name, action) }
  // On a false precondition an unknown action is only one that cannot run here, so the step is skipped.
  if (!isKnown || (!supportedActions.has(action) && !lacking)) {
    return { skip: `Step execution skipped due to unsupported plugin: ${action}. Step name: ${name}` }
  }
  const listed = [...unsatisfied.map(({ written }) => written), ...precondition.problems].join(', ')
  if (unsatisfied.length > 0)
    return { skip: `Step execution skipped due to unsatisfied preconditions: '${listed}'. Step name: ${name}` }
  if (precondition.problems.length > 0) {
    return {
      fail: `Unrecognized precondition(s): '${listed}', please update agent to latest version. Step name: ${name}`,
    }
  }
  return { run: true }
}

/** The platform has the action, and this agent is one that cannot run it. */
function isLacking({ step: { action }, platform, supportedActions }: StepQuestion): boolean {
  return !supportedActions.has(action) && actionPlatforms(action).includes(platform)
}

function hasClauses(precondition: FrozenPrecondition | undefined): boolean {
  return precondition !== undefined && precondition.comparisons.length + precondition.problems.length > 0
}

function unknownText(name: string, action: string): string {
  return `Plugin with name ${action} is not supported by this version of ssm agent, please update to latest version. Step name: ${name}`
}
