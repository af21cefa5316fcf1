import { type CompiledStatement, partsOf } from './compile.ts'
import type { Condition } from './condition.ts'
import type { PlacedStatement, Policies } from './evaluate.ts'
import type { AccessRequest, Lookup } from './request.ts'

/** Why a request is decided as it is, for people and for simulators. */
export interface Explanation {
  readonly sentence: string
  /** Statements that apply, those that decide first. */
  readonly matched: readonly PlacedStatement[]
  /** Condition keys that statements about this action and resource name and nothing is known about, as written. */
  readonly missing: readonly string[]
}

/** Says which statement decides a request, or what the one that comes nearest asks for. */
export function explainAccess(policies: Policies, request: AccessRequest): Explanation {
  const about = policies.about(request.action).map((placed) => examine(placed, request))
  const matched = about.filter(({ isMet }) => isMet)
  const denies = matched.filter(({ placed }) => placed.statement.written.effect === 'Deny')
  const deciding = denies.length > 0 ? denies : matched
  const missing = new Set(about.filter(({ hasResource }) => hasResource).flatMap((found) => missingOf(found, request)))
  return {
    sentence: sentenceOf(request, deciding[0], about),
    matched: deciding.map(({ placed }) => placed),
    missing: [...missing].sort(),
  }
}

interface Examined {
  readonly placed: PlacedStatement
  readonly hasResource: boolean
  readonly unmet: readonly Condition[]
  readonly isMet: boolean
}

function examine(placed: PlacedStatement, { resource, conditions, asker }: AccessRequest): Examined {
  const { statement } = placed
  const hasResource = statement.hasResource(resource, partsOf(resource), conditions)
  const unmet = statement.conditions.filter((condition) => !condition.isMet(conditions, statement.written.effect))
  return { placed, hasResource, unmet, isMet: hasResource && unmet.length === 0 && statement.hasAsker(asker) }
}

function missingOf({ placed }: Examined, { conditions }: AccessRequest): readonly string[] {
  const isUnknown = (key: string): boolean => (conditions.get(key.toLowerCase())?.length ?? 0) === 0
  const named = placed.statement.conditions.flatMap(({ written, variables }) => [written.key, ...variables])
  return named.filter(isUnknown)
}

function sentenceOf(
  { action, resource, conditions }: AccessRequest,
  deciding: Examined | undefined,
  about: readonly Examined[],
): string {
  const what = `${action} on ${resource}`
  if (deciding) {
    const verb = deciding.placed.statement.written.effect === 'Deny' ? 'denies' : 'allows'
    return `${nameOf(deciding.placed)} ${verb} ${what}.`
  }
  const allows = about.filter(({ placed }) => placed.statement.written.effect === 'Allow')
  if (allows.length === 0) return `No statement allows ${action}.`
  const near = allows.filter(({ hasResource }) => hasResource).sort((a, b) => a.unmet.length - b.unmet.length)[0]
  const [unmet] = near?.unmet ?? []
  if (near && unmet)
    return `Nothing allows ${what}: ${nameOf(near.placed, 'the')} would, but only where ${conditionText(unmet)}, and ${knownText(unmet, conditions)}.`
  const [first] = allows
  const on = first ? resourcesText(first.placed.statement) : ''
  const others = allows.length > 1 ? ` Nor do ${allows.length - 1} further statements.` : ''
  return `Nothing allows ${what}: ${first ? nameOf(first.placed, 'the') : ''} allows that action only on ${on}.${others}`
}

/** `The statement AllowDev (number 2) of the policy operators`. */
function nameOf({ policy, statement }: PlacedStatement, article = 'The'): string {
  const number = statement.index + 1
  const { sid } = statement.written
  const name = sid === undefined || sid === '' ? `statement number ${number}` : `statement ${sid} (number ${number})`
  return `${article} ${name} of the policy ${policy}`
}

const MAX_SHOWN = 3

function listText(values: readonly string[]): string {
  const shown = values.slice(0, MAX_SHOWN).join(' or ')
  return values.length > MAX_SHOWN ? `${shown} or ${values.length - MAX_SHOWN} more` : shown
}

function resourcesText({ written: { resources } }: CompiledStatement): string {
  return resources.negated ? `what is not ${listText(resources.patterns)}` : listText(resources.patterns)
}

const conditionText = ({ written: { operator, key, values } }: Condition): string =>
  `${operator} holds for ${key} and ${listText(values)}`

function knownText({ key, written }: Condition, conditions: Lookup): string {
  const values = conditions.get(key) ?? []
  return values.length === 0
    ? `${written.key} is not known here`
    : `${written.key} is ${values.slice(0, MAX_SHOWN).join(', ')} here`
}
