import { type ArnParts, splitArn } from './arn.ts'
import { type Condition, readCondition } from './condition.ts'
import { matchesGlob, wildcardGlob } from './glob.ts'
import { type ArnMatcher, matcherOfArn, readArnPattern } from './matcher.ts'
import type { Matched, Policy, PolicyPrincipals, Statement } from './policy.ts'
import type { AccessRequest, Asker, Lookup } from './request.ts'
import { keysOf } from './template.ts'

/** A statement that can be asked. */
export interface CompiledStatement {
  readonly written: Statement
  /** Which of its policy's statements it is, from 0. */
  readonly index: number
  readonly conditions: readonly Condition[]
  /** Condition keys that it names, in lower case: of conditions, and of variables. */
  readonly keys: readonly string[]
  /** `action` in lower case. */
  hasAction(action: string): boolean
  hasResource(resource: string, parts: ArnParts | undefined, lookup: Lookup): boolean
  hasAsker(asker: Asker | undefined): boolean
}

/** Compiles the statements of a policy that `parsePolicy` found good. */
export function compileStatements({ version, statements }: Policy): readonly CompiledStatement[] {
  const options = { variables: version === '2012-10-17' }
  return statements.map((written, index) => compileStatement(written, index, options))
}

function compileStatement(
  written: Statement,
  index: number,
  options: { readonly variables: boolean },
): CompiledStatement {
  const conditions = written.conditions.map((condition) => {
    const read = readCondition(condition, options)
    if (!read.ok) throw new Error(`a policy was not checked: ${read.text}`)
    return read.condition
  })
  const resources = compileResources(written, options)
  return {
    written,
    index,
    conditions,
    keys: [...conditions.flatMap(({ key, variables }) => [key, ...variables]), ...resources.keys],
    hasAction: compileActions(written.actions),
    hasResource: resources.has,
    hasAsker: (asker) => written.principals === undefined || isAmong(written.principals, asker),
  }
}

function compileActions({ negated, patterns }: Matched): (action: string) => boolean {
  const globs = patterns.map((pattern) => wildcardGlob(pattern.toLowerCase()))
  return (action) => globs.some((glob) => matchesGlob(glob, action)) !== negated
}

function compileResources(
  { effect, resources: { negated, patterns } }: Statement,
  options: { readonly variables: boolean },
): { readonly keys: readonly string[]; readonly has: CompiledStatement['hasResource'] } {
  const keys: string[] = []
  const matchers: ArnMatcher[] = []
  for (const pattern of patterns) {
    const read = readArnPattern(pattern, options)
    if (!read.ok) throw new Error(`a policy was not checked: ${read.text}`)
    keys.push(...keysOf(read.template))
    matchers.push(matcherOfArn(read.pattern))
  }
  if (!negated)
    return {
      keys,
      has: (resource, parts, lookup) => matchers.some((matches) => matches(resource, parts, lookup) === true),
    }
  // What cannot be filled excludes nothing from a Deny, and everything from an Allow.
  const isNone = (matched: boolean | undefined): boolean =>
    matched === false || (matched === undefined && effect === 'Deny')
  return {
    keys,
    has: (resource, parts, lookup) => matchers.every((matches) => isNone(matches(resource, parts, lookup))),
  }
}

function isAmong({ negated, everyone, named }: PolicyPrincipals, asker: Asker | undefined): boolean {
  if (asker === undefined) return false
  const isNamed = (name: string): boolean => {
    const account = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(name)?.[1]
    return account === asker.accountId || asker.arns.includes(name)
  }
  const isService = asker.service !== undefined && (named['Service'] ?? []).includes(asker.service)
  const isOne = everyone || isService || (asker.service === undefined && (named['AWS'] ?? []).some(isNamed))
  return isOne !== negated
}

/** Whether the parts of a request are what a statement is about, conditions included. */
export const applies = (
  statement: CompiledStatement,
  { resource, conditions, asker }: AccessRequest,
  parts: ArnParts | undefined,
): boolean =>
  statement.hasResource(resource, parts, conditions) &&
  statement.hasAsker(asker) &&
  statement.conditions.every((condition) => condition.isMet(conditions, statement.written.effect))

export const partsOf = (resource: string): ArnParts | undefined => splitArn(resource)
