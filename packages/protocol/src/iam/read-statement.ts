import { readCondition } from './condition.ts'
import { PolicyFault } from './fault.ts'
import { isObject, type Json, type JsonObject } from './json.ts'
import { readArnPattern } from './matcher.ts'
import type { Effect, Matched, PolicyCondition, PolicyKind, PolicyWarning, Statement } from './policy.ts'
import { readPrincipals } from './read-principals.ts'

export interface StatementReading {
  readonly kind: PolicyKind
  readonly variables: boolean
  readonly warnings: PolicyWarning[]
}

const MEMBERS = new Set([
  ...['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition', 'Principal', 'NotPrincipal'],
])
const ACTION = /^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/
const KEY = /^[A-Za-z0-9-]+:\S(.*\S)?$/
const SID = /^[0-9A-Za-z]*$/

/** Reads one statement; `place` says where it stands. */
export function readStatement(given: Json, place: string, reading: StatementReading): Statement {
  if (!isObject(given)) throw new PolicyFault(place, 'Syntax errors in policy: a statement is an object.')
  const strange = Object.keys(given).find((member) => !MEMBERS.has(member))
  if (strange !== undefined)
    throw new PolicyFault(`${place}.${strange}`, 'Syntax errors in policy: a statement has no such member.')
  const sid = readSid(given['Sid'], `${place}.Sid`)
  const effect = readEffect(given['Effect'], `${place}.Effect`)
  const actions = readActions(given, place)
  const resources = readResources(given, place, reading)
  const conditions = readConditions(given['Condition'], `${place}.Condition`, reading)
  const principals = readPrincipals(given, place, reading.kind)
  warn({ effect, actions, resources, place }, reading.warnings)
  return {
    effect,
    actions,
    resources,
    conditions,
    ...(sid !== undefined && { sid }),
    ...(principals && { principals }),
  }
}

function readSid(sid: Json | undefined, place: string): string | undefined {
  if (sid === undefined) return undefined
  if (typeof sid === 'string' && SID.test(sid)) return sid
  throw new PolicyFault(
    place,
    'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*',
  )
}

function readEffect(effect: Json | undefined, place: string): Effect {
  if (effect === 'Allow' || effect === 'Deny') return effect
  if (effect === undefined) throw new PolicyFault(place, 'Missing required field Effect.')
  throw new PolicyFault(place, 'Syntax errors in policy: Effect is Allow or Deny.')
}

function readActions(given: JsonObject, place: string): Matched {
  const { negated, name, patterns } = readMatched(given, place, 'Action', 'Policy statement must contain actions.')
  for (const [at, pattern] of patterns.entries())
    if (pattern !== '*' && !ACTION.test(pattern))
      throw new PolicyFault(
        `${place}.${name}[${at}]`,
        'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
      )
  return { negated, patterns }
}

function readResources(given: JsonObject, place: string, { kind, variables }: StatementReading): Matched {
  if (kind === 'trust') {
    const prohibited = ['Resource', 'NotResource'].find((member) => given[member] !== undefined)
    if (prohibited !== undefined) throw new PolicyFault(`${place}.${prohibited}`, `Has prohibited field ${prohibited}.`)
    return { negated: false, patterns: ['*'] }
  }
  const { negated, name, patterns } = readMatched(given, place, 'Resource', 'Policy statement must contain resources.')
  for (const [at, pattern] of patterns.entries()) {
    const read = readArnPattern(pattern, { variables })
    const here = `${place}.${name}[${at}]`
    if (!read.ok)
      throw new PolicyFault(
        here,
        read.text.endsWith('must be in ARN format or "*".') ? `Resource ${read.text}` : read.text,
      )
    if (read.pattern.kind === 'parts' && !pattern.startsWith('arn:'))
      throw new PolicyFault(here, `Resource "${pattern}" must be in ARN format or "*".`)
  }
  return { negated, patterns }
}

function readMatched(
  given: JsonObject,
  place: string,
  member: string,
  missing: string,
): Matched & { readonly name: string } {
  const negated = given[`Not${member}`] !== undefined
  if (negated && given[member] !== undefined)
    throw new PolicyFault(place, `Syntax errors in policy: a statement has ${member} or Not${member}, not both.`)
  const name = negated ? `Not${member}` : member
  const value = given[name]
  if (value === undefined) throw new PolicyFault(place, missing)
  const patterns = Array.isArray(value) ? (value as readonly Json[]) : [value]
  if (patterns.length === 0) throw new PolicyFault(`${place}.${name}`, missing)
  const strange = patterns.findIndex((pattern) => typeof pattern !== 'string')
  if (strange >= 0) throw new PolicyFault(`${place}.${name}[${strange}]`, `Syntax errors in policy: ${name} has texts.`)
  return { negated, name, patterns: patterns as readonly string[] }
}

function readConditions(
  given: Json | undefined,
  place: string,
  { variables }: StatementReading,
): readonly PolicyCondition[] {
  if (given === undefined) return []
  if (!isObject(given)) throw new PolicyFault(place, 'Syntax errors in policy: Condition is an object.')
  const conditions: PolicyCondition[] = []
  for (const [operator, keys] of Object.entries(given)) {
    const here = `${place}.${operator}`
    if (!isObject(keys)) throw new PolicyFault(here, 'Syntax errors in policy: an operator has keys with values.')
    const seen = new Set<string>()
    for (const [key, value] of Object.entries(keys)) {
      const spot = `${here}.${key}`
      if (!KEY.test(key))
        throw new PolicyFault(spot, 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.')
      if (seen.has(key.toLowerCase())) throw new PolicyFault(spot, `Syntax errors in policy: ${key} is there twice.`)
      seen.add(key.toLowerCase())
      const condition = { operator, key, values: readValues(value, spot) }
      const read = readCondition(condition, { variables })
      if (!read.ok) throw new PolicyFault(read.text.startsWith('Invalid') ? here : spot, read.text)
      conditions.push(condition)
    }
    const read = readCondition({ operator, key: 'aws:none', values: [] }, { variables })
    if (!read.ok) throw new PolicyFault(here, read.text)
  }
  return conditions
}

function readValues(given: Json, place: string): readonly string[] {
  const values = Array.isArray(given) ? (given as readonly Json[]) : [given]
  if (values.length === 0) throw new PolicyFault(place, 'Syntax errors in policy: a condition has at least one value.')
  return values.map((value) => {
    if (typeof value === 'string') return value
    if (typeof value === 'number' || typeof value === 'boolean') return String(value)
    throw new PolicyFault(place, 'Syntax errors in policy: values are texts, numbers, true and false.')
  })
}

interface Read extends Pick<Statement, 'effect' | 'actions' | 'resources'> {
  readonly place: string
}

function warn({ effect, actions, resources, place }: Read, warnings: PolicyWarning[]): void {
  if (effect !== 'Allow') return
  if (actions.negated)
    warnings.push({
      place: `${place}.NotAction`,
      text: 'Allow with NotAction allows every action but these, also those of other services and those to come.',
    })
  if (resources.negated)
    warnings.push({ place: `${place}.NotResource`, text: 'Allow with NotResource allows every resource but these.' })
}
