import type { Matcher } from './matcher.ts'
import { COMPARISONS } from './operators.ts'
import type { Effect, PolicyCondition } from './policy.ts'
import type { Lookup } from './request.ts'
import { readBool } from './values.ts'

/** A condition, ready to be held against requests. */
export interface Condition {
  /** In lower case. */
  readonly key: string
  readonly written: PolicyCondition
  /** Keys of its variables, in lower case. */
  readonly variables: readonly string[]
  isMet(lookup: Lookup, effect: Effect): boolean
}

export type ReadCondition =
  | { readonly ok: true; readonly condition: Condition }
  | { readonly ok: false; readonly text: string }

type Quantifier = 'ForAllValues' | 'ForAnyValue'

/** The parts of an operator's name. */
export interface OperatorName {
  readonly quantifier?: Quantifier
  readonly base: string
  readonly ifExists: boolean
}

const NAME = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/

/** Takes an operator's name apart; undefined when there is none of that name. */
export function readOperator(name: string): OperatorName | undefined {
  const [, quantifier, base = '', ifExists] = NAME.exec(name) ?? []
  const isPlainNull = base === 'Null' && quantifier === undefined && ifExists === undefined
  if (!isPlainNull && !COMPARISONS.has(base)) return undefined
  return {
    base,
    ifExists: ifExists !== undefined,
    ...(quantifier !== undefined && { quantifier: quantifier as Quantifier }),
  }
}

/** Makes a condition ready; its problem is a text about one of its values or its operator. */
export function readCondition(written: PolicyCondition, options: { readonly variables: boolean }): ReadCondition {
  const operator = readOperator(written.operator)
  if (operator === undefined) return { ok: false, text: `Invalid Condition type : ${written.operator}.` }
  const key = written.key.toLowerCase()
  if (operator.base === 'Null') return readNull(written, key)
  const comparison = COMPARISONS.get(operator.base)
  if (comparison === undefined) throw new Error(`${operator.base} was found and is not there`)
  const matchers: Matcher[] = []
  const variables: string[] = []
  for (const value of written.values) {
    const read = comparison.read(value, options)
    if (!read.ok) return read
    matchers.push(read.matches)
    variables.push(...read.keys)
  }
  const isMet = comparison.negated ? negative(key, operator, matchers) : positive(key, operator, matchers)
  return { ok: true, condition: { key, written, variables, isMet } }
}

function readNull(written: PolicyCondition, key: string): ReadCondition {
  const wanted = written.values.map(readBool)
  const strange = written.values.find((_, at) => wanted[at] === undefined)
  if (strange !== undefined) return { ok: false, text: `"${strange}" is not true or false.` }
  const isMet: Condition['isMet'] = (lookup) => wanted.includes((lookup.get(key)?.length ?? 0) === 0)
  return { ok: true, condition: { key, written, variables: [], isMet } }
}

/** Met by a value that is one of the policy's. */
function positive(
  key: string,
  { quantifier, ifExists }: OperatorName,
  matchers: readonly Matcher[],
): Condition['isMet'] {
  const whenMissing = ifExists || quantifier === 'ForAllValues'
  return (lookup) => {
    const values = lookup.get(key)
    if (values === undefined || values.length === 0) return whenMissing
    const isOne = (value: string): boolean => matchers.some((matches) => matches(value, lookup) === true)
    return quantifier === 'ForAllValues' ? values.every(isOne) : values.some(isOne)
  }
}

/** Met by a value that is none of the policy's. What cannot be compared never makes an Allow wider, nor a Deny narrower. */
function negative(
  key: string,
  { quantifier, ifExists }: OperatorName,
  matchers: readonly Matcher[],
): Condition['isMet'] {
  const whenMissing = ifExists || quantifier !== 'ForAnyValue'
  return (lookup, effect) => {
    const values = lookup.get(key)
    if (values === undefined || values.length === 0) return whenMissing
    const isNone = (value: string): boolean =>
      matchers.every((matches) => {
        const matched = matches(value, lookup)
        return matched === false || (matched === undefined && effect === 'Deny')
      })
    return quantifier === 'ForAnyValue' ? values.some(isNone) : values.every(isNone)
  }
}
