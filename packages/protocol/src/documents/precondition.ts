import type { Plain, PlainObject } from '#kit/index.ts'
import type { ResolvedParameters } from './document.ts'
import { hasParameterStoreReference } from './parameter-store.ts'
import { referencedNames, substituteText } from './substitute.ts'

/** One side of a comparison: the node's platform, or a text fixed when the command was accepted. */
export type Operand = { readonly platform: true } | { readonly text: string }

export interface Comparison {
  readonly left: Operand
  readonly right: Operand
  /** As the document wrote it, for the texts that people read. */
  readonly written: string
}

/** A precondition with its parameters put in: what travels to nodes, which know their platform only. */
export interface FrozenPrecondition {
  readonly comparisons: readonly Comparison[]
  /** What is malformed, in the agent's words. */
  readonly problems: readonly string[]
}

export type Platform = 'Linux' | 'Windows' | 'MacOS'

const OPERATOR = 'StringEquals'
const PLATFORM = 'platformType'

/** What is wrong with a precondition, in the agent's words; empty when nothing is. */
export function inspectPrecondition(precondition: PlainObject, parameters: ReadonlySet<string>): readonly string[] {
  return Object.entries(precondition).flatMap(([operator, operands]) => inspect(operator, operands, parameters) ?? [])
}

/** Puts parameters into a precondition once, so that every node compares the same texts. */
export function freezePrecondition(precondition: PlainObject, parameters: ResolvedParameters): FrozenPrecondition {
  const names = new Set(parameters.keys())
  const comparisons: Comparison[] = []
  const problems: string[] = []
  for (const [operator, operands] of Object.entries(precondition)) {
    const problem = inspect(operator, operands, names)
    if (problem !== undefined) problems.push(problem)
    else comparisons.push(freezeComparison(operands as readonly [string, string], parameters))
  }
  return { comparisons, problems }
}

/** Whether a comparison holds on a platform; the platform compares without regard to case. */
export function isSatisfied({ left, right }: Comparison, platform: Platform): boolean {
  if ('platform' in left) return 'text' in right && right.text.toLowerCase() === platform.toLowerCase()
  if ('platform' in right) return left.text.toLowerCase() === platform.toLowerCase()
  return left.text === right.text
}

function freezeComparison([left, right]: readonly [string, string], parameters: ResolvedParameters): Comparison {
  const freeze = (operand: string): Operand =>
    operand === PLATFORM ? { platform: true } : { text: substituteText(operand, parameters) }
  return { left: freeze(left), right: freeze(right), written: `"${OPERATOR}": [${left}, ${right}]` }
}

function inspect(operator: string, operands: Plain, parameters: ReadonlySet<string>): string | undefined {
  if (operator !== OPERATOR) return `unrecognized operator: "${operator}"`
  const problem = (text: string) => `"${OPERATOR}": ${text}`
  if (!Array.isArray(operands) || operands.length !== 2) return problem('operator accepts exactly 2 arguments')
  const [left, right] = operands as readonly Plain[]
  if (typeof left !== 'string' || typeof right !== 'string') return problem("operator's arguments must be strings")
  if (left === right)
    return left === PLATFORM ? problem(`[${left} ${right}]`) : problem("operator's arguments can't be identical")
  if (hasParameterStoreReference(left) || hasParameterStoreReference(right)) {
    const secure = /\{\{ *ssm-secure:/.test(left + right) && !/\{\{ *ssm:/.test(left + right)
    return problem(`operator's arguments can't contain ${secure ? 'secure ' : ''}SSM parameters`)
  }
  const refers = (text: string) => referencedNames(text).some((name) => parameters.has(name))
  if (left === PLATFORM || right === PLATFORM) {
    return refers(left) || refers(right)
      ? problem("the second argument for the platformType variable can't contain document parameters")
      : undefined
  }
  return refers(left) || refers(right)
    ? undefined
    : problem("at least one of operator's arguments must contain a valid document parameter")
}
