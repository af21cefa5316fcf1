/** What a policy does once its time has come. */
export type PolicyType = 'Expiration' | 'ExpirationNotification' | 'NoChangeNotification'

/** A policy of a version, as its row keeps it. */
export interface Policy {
  readonly type: PolicyType
  /** The JSON text of this policy alone. */
  readonly text: string
  readonly status: 'Pending' | 'Finished'
  /** Milliseconds since the epoch. */
  readonly dueAt: number
  /** Counted from the change that made the version; only for NoChangeNotification. */
  readonly afterMs?: number
}

export type PoliciesCode =
  | 'PoliciesLimitExceededException'
  | 'InvalidPolicyTypeException'
  | 'InvalidPolicyAttributeException'
  | 'IncompatiblePolicyException'
  | 'ValidationException'

export type ParsedPolicies =
  | { readonly ok: true; readonly policies: readonly Policy[] }
  | { readonly ok: false; readonly code: PoliciesCode; readonly text: string }

const MAX_POLICIES = 10
const TYPES: readonly string[] = ['Expiration', 'ExpirationNotification', 'NoChangeNotification']
const UNIT_MS: ReadonlyMap<unknown, number> = new Map([
  ['Hours', 3_600_000],
  ['Days', 86_400_000],
])
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/

class Refused extends Error {
  readonly code: PoliciesCode

  constructor(code: PoliciesCode, text: string) {
    super(text)
    this.code = code
  }
}

type Members = Readonly<Record<string, unknown>>

/** Reads the JSON text of a list of policies; `[]`, `[{}]` and `{}` are none. */
export function parsePolicies(text: string, now: number): ParsedPolicies {
  try {
    const given = readList(text)
    if (given.length > MAX_POLICIES)
      throw new Refused('PoliciesLimitExceededException', `A parameter has at most ${MAX_POLICIES} policies.`)
    for (const { Type } of given) requireType(Type)
    const expirations = given.filter(({ Type }) => Type === 'Expiration')
    if (expirations.length > 1)
      throw new Refused('IncompatiblePolicyException', 'A parameter has at most one policy of type Expiration.')
    const expiresAt = expirations[0] && readExpiration(expirations[0], now)
    return { ok: true, policies: given.map((policy) => toPolicy(policy, now, expiresAt)) }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, code: error.code, text: error.message }
    throw error
  }
}

/** The policies of a version on the one that follows it, when that brings none of its own. */
export const carryPolicies = (policies: readonly Policy[], now: number): readonly Policy[] =>
  policies.map((policy) =>
    policy.afterMs === undefined ? policy : { ...policy, status: 'Pending', dueAt: now + policy.afterMs },
  )

function readList(text: string): readonly Members[] {
  const value = readJson(text)
  const list = Array.isArray(value) ? value : isMembers(value) && Object.keys(value).length === 0 ? [] : undefined
  if (!list?.every(isMembers))
    throw new Refused('ValidationException', 'Policies must be the JSON text of a list of policies.')
  return list.length === 1 && Object.keys(list[0] ?? {}).length === 0 ? [] : list
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const bad = (text: string): Refused => new Refused('InvalidPolicyAttributeException', text)

function requireType(type: unknown): void {
  if (typeof type === 'string' && TYPES.includes(type)) return
  const given = typeof type === 'string' ? `${type} is not a type of policy` : 'A policy must have a Type'
  throw new Refused('InvalidPolicyTypeException', `${given}: use ${TYPES.join(', ')}.`)
}

function toPolicy({ Type, Version, Attributes }: Members, now: number, expiresAt: number | undefined): Policy {
  const type = Type as PolicyType
  const common = { type, text: JSON.stringify({ Type, Version, Attributes }), status: 'Pending' } as const
  const attributes = readAttributes(type, Version, Attributes)
  if (type === 'Expiration') return { ...common, dueAt: expiresAt ?? now }
  if (type === 'NoChangeNotification') {
    const afterMs = readSpan(type, attributes, 'After')
    return { ...common, dueAt: now + afterMs, afterMs }
  }
  if (expiresAt === undefined)
    throw new Refused('IncompatiblePolicyException', 'An ExpirationNotification needs a policy of type Expiration.')
  return { ...common, dueAt: expiresAt - readSpan(type, attributes, 'Before') }
}

const ATTRIBUTES: Readonly<Record<PolicyType, readonly string[]>> = {
  Expiration: ['Timestamp'],
  ExpirationNotification: ['Before', 'Unit'],
  NoChangeNotification: ['After', 'Unit'],
}

function readAttributes(type: PolicyType, version: unknown, attributes: unknown): Members {
  if (version !== '1.0') throw bad(`The Version of a policy of type ${type} must be "1.0".`)
  const expected = ATTRIBUTES[type]
  if (!isMembers(attributes)) throw bad(`A policy of type ${type} needs the Attributes ${expected.join(' and ')}.`)
  const strange = Object.keys(attributes).find((key) => !expected.includes(key))
  if (strange !== undefined) throw bad(`A policy of type ${type} has no attribute ${strange}.`)
  return attributes
}

function readExpiration({ Version, Attributes }: Members, now: number): number {
  const { Timestamp } = readAttributes('Expiration', Version, Attributes)
  const at = typeof Timestamp === 'string' && ISO.test(Timestamp) ? Date.parse(Timestamp) : Number.NaN
  if (Number.isNaN(at))
    throw bad('The Timestamp of a policy of type Expiration must be a time like 2030-12-02T21:34:33.000Z.')
  if (at <= now) throw bad('The Timestamp of a policy of type Expiration must be in the future.')
  return at
}

function readSpan(type: PolicyType, attributes: Members, key: 'Before' | 'After'): number {
  const count = String(attributes[key] ?? '')
  const unit = UNIT_MS.get(attributes['Unit'])
  if (!/^[1-9]\d{0,5}$/.test(count)) throw bad(`${key} of a policy of type ${type} must be a whole number above 0.`)
  if (unit === undefined) throw bad(`Unit of a policy of type ${type} must be Days or Hours.`)
  return Number(count) * unit
}
