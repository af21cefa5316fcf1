import type { ArnPattern } from './arn.ts'
import { readCondition, readOperator } from './condition.ts'
import { ANY, type Glob, globsOverlap, includesGlob, literalGlob, wildcardGlob } from './glob.ts'
import { readArnPattern } from './matcher.ts'
import type { Effect, NamedPolicy, Policy, PolicyCondition, Statement } from './policy.ts'
import type { Lookup } from './request.ts'
import { fillTemplate, isVariable, keysOf, readTemplate, type Template, widestGlob } from './template.ts'

/** Whoever hands rights out: several layers (its policies, and that of its session) must each allow them. */
export interface Holder {
  readonly layers: readonly (readonly NamedPolicy[])[]
  /** What variables of its policies stand for: what is known about itself. */
  readonly conditions: Lookup
}

export type Covered = { readonly ok: true } | { readonly ok: false; readonly sentence: string }

/**
 * Whether everything that policies allow is, provably, allowed to their giver too. Sound and not complete: what cannot be
 * proven from the texts is no, with a sentence that says which statement it is about.
 */
export function covers(holder: Holder, granted: readonly NamedPolicy[]): Covered {
  const given = granted.flatMap(placedStatements)
  const ownDenies = given.filter(({ statement }) => statement.effect === 'Deny')
  for (const layer of holder.layers) {
    const held = layer.flatMap(placedStatements)
    for (const grant of given.filter(({ statement }) => statement.effect === 'Allow')) {
      const problem = findUncovered(grant, held, ownDenies, holder.conditions)
      if (problem !== undefined) return { ok: false, sentence: problem }
    }
  }
  return { ok: true }
}

interface Placed {
  readonly name: string
  readonly policy: Policy
  readonly statement: Statement
  readonly index: number
}

const placedStatements = ({ name, policy }: NamedPolicy): readonly Placed[] =>
  policy.statements.map((statement, index) => ({ name, policy, statement, index }))

/** One action pattern on one resource pattern, as wide as they can be. */
interface Piece {
  readonly action: Glob
  readonly resource: readonly Glob[]
}

function findUncovered(
  grant: Placed,
  held: readonly Placed[],
  ownDenies: readonly Placed[],
  known: Lookup,
): string | undefined {
  const allows = held.filter(({ statement }) => statement.effect === 'Allow')
  const denies = held.filter(({ statement }) => statement.effect === 'Deny')
  const where = `statement number ${grant.index + 1} of ${grant.name}`
  for (const { action, resource, actionText, resourceText } of piecesOf(grant)) {
    const piece = { action, resource }
    if (!allows.some((own) => includesPiece(own, piece, known) && conditionsWithin(grant, own, known)))
      return `The ${where} allows ${actionText} on ${resourceText}, which is more than whoever grants it is allowed.`
    const standing = denies.find(
      (own) => overlapsPiece(own, piece, known) && !ownDenies.some((deny) => deniesAsMuch(deny, own, known)),
    )
    if (standing)
      return `The ${where} allows ${actionText} on ${resourceText}, of which statement number ${standing.index + 1} of ${standing.name} denies a part to whoever grants it.`
  }
  return undefined
}

interface ShownPiece extends Piece {
  readonly actionText: string
  readonly resourceText: string
}

/** What a statement allows; `NotAction` and `NotResource` count as everything. */
function piecesOf({ statement: { actions, resources }, policy }: Placed): readonly ShownPiece[] {
  const actionTexts = actions.negated ? ['*'] : actions.patterns
  const resourceTexts = resources.negated ? ['*'] : resources.patterns
  return actionTexts.flatMap((actionText) =>
    resourceTexts.map((resourceText) => ({
      ...{ actionText, resourceText, action: wildcardGlob(actionText.toLowerCase()) },
      resource: widest(patternOf(resourceText, policy)),
    })),
  )
}

function patternOf(text: string, policy: Policy): ArnPattern {
  const read = readArnPattern(text, { variables: policy.version === '2012-10-17' })
  if (!read.ok) throw new Error(`a policy was not checked: ${read.text}`)
  return read.pattern
}

/** One glob where anything may stand, else one for each part. */
const widest = (pattern: ArnPattern): readonly Glob[] =>
  pattern.kind === 'whole' ? [widestGlob(pattern.template)] : pattern.templates.map(widestGlob)

/** Keys about the principal itself, which are the same in all its requests. */
const isOfPrincipal = (key: string): boolean => /^aws:(principal.*|userid|username)$/.test(key.toLowerCase())

const isOfRequest = (template: Template): boolean => keysOf(template).some((key) => !isOfPrincipal(key))

/** The pattern as it is for its holder; undefined where a variable is not known, or is another in each request. */
function filled(pattern: ArnPattern, known: Lookup): readonly Glob[] | undefined {
  const templates: readonly Template[] = pattern.kind === 'whole' ? [pattern.template] : pattern.templates
  if (templates.some(isOfRequest)) return undefined
  const globs = templates.map((template) => fillTemplate(template, known))
  return globs.every((glob) => glob !== undefined) ? globs : undefined
}

const isAll = (globs: readonly Glob[]): boolean => globs.length === 1 && globs[0]?.length === 1 && globs[0][0] === ANY

function includesResource(outer: readonly Glob[], inner: readonly Glob[]): boolean {
  if (isAll(outer)) return true
  if (outer.length !== inner.length) return false
  return outer.every((glob, at) => includesGlob(glob, inner[at] ?? []))
}

function overlapsResource(a: readonly Glob[], b: readonly Glob[]): boolean {
  if (a.length !== b.length) return true
  return a.every((glob, at) => globsOverlap(glob, b[at] ?? []))
}

function includesPiece({ statement, policy }: Placed, { action, resource }: Piece, known: Lookup): boolean {
  const { actions, resources } = statement
  const hasAction = actions.negated
    ? actions.patterns.every((pattern) => !globsOverlap(wildcardGlob(pattern.toLowerCase()), action))
    : actions.patterns.some((pattern) => includesGlob(wildcardGlob(pattern.toLowerCase()), action))
  if (!hasAction) return false
  const patterns = resources.patterns.map((pattern) => filled(patternOf(pattern, policy), known))
  if (resources.negated)
    return patterns.every((pattern) => pattern !== undefined && !overlapsResource(pattern, resource))
  return patterns.some((pattern) => pattern !== undefined && includesResource(pattern, resource))
}

/** Whether a Deny may touch what is granted; of its conditions, only those on the holder itself can keep it away. */
function overlapsPiece({ statement, policy }: Placed, { action, resource }: Piece, known: Lookup): boolean {
  const { actions, resources, conditions } = statement
  if (conditions.some((condition) => isOfPrincipal(condition.key) && !isMetBy(condition, 'Deny', policy, known)))
    return false
  const touchesAction = actions.negated
    ? !actions.patterns.some((pattern) => includesGlob(wildcardGlob(pattern.toLowerCase()), action))
    : actions.patterns.some((pattern) => globsOverlap(wildcardGlob(pattern.toLowerCase()), action))
  if (!touchesAction) return false
  const patterns = resources.patterns.map((pattern) => patternOf(pattern, policy))
  if (resources.negated)
    return !patterns.some((pattern) => {
      const own = filled(pattern, known)
      return own !== undefined && includesResource(own, resource)
    })
  return patterns.some((pattern) => overlapsResource(widest(pattern), resource))
}

/** Whether a granted Deny takes away at least what the holder's takes away: the same words, or wider patterns. */
function deniesAsMuch(deny: Placed, own: Placed, known: Lookup): boolean {
  const mine = own.statement
  if (deny.statement.conditions.some(({ key }) => isOfPrincipal(key))) return false
  if (mine.actions.negated || mine.resources.negated) return sameWords(deny, own) && !hasVariables(own)
  const pieces = piecesOf(own)
  return (
    deny.statement.conditions.every((condition) => mine.conditions.some((other) => isSame(condition, other))) &&
    !hasVariables(deny) &&
    pieces.every((piece) => includesPiece(deny, piece, known))
  )
}

const sameWords = (a: Placed, b: Placed): boolean =>
  JSON.stringify([a.statement.actions, a.statement.resources, a.statement.conditions]) ===
  JSON.stringify([b.statement.actions, b.statement.resources, b.statement.conditions])

const hasVariables = ({ statement }: Placed): boolean =>
  JSON.stringify([statement.resources, statement.conditions]).includes('${')

const isSame = (a: PolicyCondition, b: PolicyCondition): boolean =>
  a.operator === b.operator &&
  a.key.toLowerCase() === b.key.toLowerCase() &&
  a.values.length === b.values.length &&
  a.values.every((value) => b.values.includes(value))

/** Whether every condition that the holder is bound to binds what it grants too. */
function conditionsWithin(grant: Placed, own: Placed, known: Lookup): boolean {
  return own.statement.conditions.every((bound) =>
    isOfPrincipal(bound.key)
      ? isMetBy(bound, 'Allow', own.policy, known)
      : grant.statement.conditions.some((condition) => isAsStrict(condition, grant.policy, bound, own.policy, known)),
  )
}

function isMetBy(condition: PolicyCondition, effect: Effect, { version }: Policy, known: Lookup): boolean {
  const read = readCondition(condition, { variables: version === '2012-10-17' })
  if (!read.ok) throw new Error(`a policy was not checked: ${read.text}`)
  // What hangs on the request may go either way: a Deny is believed to hold, an Allow not.
  if (!read.condition.variables.every(isOfPrincipal)) return effect === 'Deny'
  return read.condition.isMet(known, effect)
}

function isAsStrict(
  condition: PolicyCondition,
  policy: Policy,
  bound: PolicyCondition,
  boundPolicy: Policy,
  known: Lookup,
): boolean {
  if (condition.operator !== bound.operator || condition.key.toLowerCase() !== bound.key.toLowerCase()) return false
  const given = condition.values.map((value) => fixedGlob(condition.operator, value, policy, undefined))
  const own = bound.values.map((value) => fixedGlob(bound.operator, value, boundPolicy, known))
  const isOne = (glob: Glob | undefined, among: readonly (Glob | undefined)[]): boolean =>
    glob !== undefined && among.some((other) => other !== undefined && includesGlob(other, glob))
  return isNegated(bound.operator) ? own.every((glob) => isOne(glob, given)) : given.every((glob) => isOne(glob, own))
}

const isNegated = (operator: string): boolean => /Not/.test(readOperator(operator)?.base ?? '')

/** A value as a pattern; undefined where it is another for everyone. `known` is what the holder's variables stand for. */
function fixedGlob(operator: string, value: string, policy: Policy, known: Lookup | undefined): Glob | undefined {
  const base = readOperator(operator)?.base ?? ''
  if (!/^(String|Arn)/.test(base)) return literalGlob(value)
  const read = readTemplate(value, {
    variables: policy.version === '2012-10-17',
    wildcards: base.endsWith('Like') || base.startsWith('Arn'),
  })
  if (!read.ok) throw new Error(`a policy was not checked: ${read.text}`)
  const { template } = read
  if (known === undefined ? template.some(isVariable) : isOfRequest(template)) return undefined
  // Over ARNs a wildcard ends at a colon, so such patterns are held against their equals only.
  const isArnPattern = base.startsWith('Arn') && /[*?]/.test(value) && value !== '*'
  if (isArnPattern) return template.some(isVariable) ? undefined : literalGlob(value)
  return fillTemplate(template, known ?? new Map())
}
