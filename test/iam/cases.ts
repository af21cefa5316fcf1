import type { ReferenceRequest } from './reference.ts'

/** Policies with a request that they may or may not be about. */
export interface IamCase {
  readonly policies: readonly Record<string, unknown>[]
  readonly request: ReferenceRequest
}

/** Numbers from 0 to below 1, the same for a seed. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

// Few names, so that patterns, keys and values meet often.
const ACTIONS = ['ssm:SendCommand', 'ssm:GetDocument', 'ssm:GetParameter', 'iam:GetUser']
const ACTION_PATTERNS = [
  '*',
  'ssm:*',
  'ssm:Get*',
  'SSM:sendcommand',
  'ssm:?etDocument',
  'iam:*User',
  'ssm:GetParameter',
]
const ACCOUNT = '123456789012'
const ACCOUNTS = [ACCOUNT, '210987654321']
const HERE = `arn:aws:ssm:us-east-1:${ACCOUNT}`
const RESOURCES = [
  ...['*', `${HERE}:managed-instance/mi-1`, `${HERE}:parameter/ann/x`, `${HERE}:parameter/red/x`],
  ...['arn:aws:ssm:eu-west-1:210987654321:document/a:b*c', `arn:aws:iam::${ACCOUNT}:user/ann`],
]
const USERNAME = `\${aws:username}`
const TEAM = `\${aws:PrincipalTag/team}`
const TEAM_OR_RED = `\${aws:PrincipalTag/team, 'red'}`
const OWN_ACCOUNT = `\${aws:PrincipalAccount}`
const STAR = `\${*}`
const RESOURCE_PATTERNS = [
  ...[
    '*',
    '*',
    'arn:aws:ssm:*:*:*',
    `arn:aws:ssm:us-*:${ACCOUNT}:managed-instance/mi-?`,
    'arn:aws:*:*:*:parameter/*/x',
  ],
  ...[`arn:aws:ssm:*:*:parameter/${USERNAME}/*`, `arn:aws:ssm:*:*:parameter/${TEAM}/x`, 'arn:aws:ssm:*:*:PARAMETER/*'],
  ...[`arn:aws:ssm:*:*:parameter/${TEAM_OR_RED}/?`, `arn:aws:ssm:*:210987654321:document/a:b${STAR}c`],
  ...[`arn:aws:ssm:*:${OWN_ACCOUNT}:*`, `\${ssm:SourceInstanceARN}`],
]
const TEXTS = ['a', 'b', 'A', 'ab', 'red', 'ann', '', 'a*', '😀', '*']
const TEXT_PATTERNS = [
  ...TEXTS,
  ...['?', 'a?', '*b', 'r*d', USERNAME, TEAM_OR_RED, TEAM, `a${STAR}`, `\${aws:TagKeys}`, `${USERNAME}*${TEAM}`],
]
const NUMBERS = ['1', '2', '2.0', '10', '-1', '1e1', 'two', '']
const DATES = [
  ...['2026', '2026-01', '2026-01-02', '2026-01-02T03:04:05Z', '2026-01-02T04:04:05+01:00', '1767323045'],
  ...['2026-01-02T03:04', 'soon'],
]
const TRUTHS = ['true', 'false', 'True', 'maybe']
const BYTES = ['QUJD', 'QQ==', 'QQ', '']
const ADDRESSES = ['192.0.2.1', '192.0.2.200', '::ffff:192.0.2.1', '2001:db8::1', '2001:db8:0:0:0:0:0:1', 'link', '::1']
const RANGES = [
  ...['192.0.2.0/24', '192.0.2.1', '192.0.2.128/25', '2001:db8::/32', '::/0', '0.0.0.0/0', '2001:db8::1'],
  ...['::ffff:192.0.2.0/121', '::ffff:0:0/90'],
]
const ARNS = [...RESOURCES.slice(1), 'ann', `arn:aws:iam::${ACCOUNT}:role/ops`]
const ARN_PATTERNS = [
  ...['*', 'arn:aws:iam::*:role/*', `arn:aws:iam::${OWN_ACCOUNT}:user/${USERNAME}`],
  ...RESOURCES.slice(1),
]

interface Family {
  readonly operators: readonly string[]
  readonly wanted: readonly string[]
  readonly given: readonly string[]
}

const RELATIONS = ['Equals', 'NotEquals', 'LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals']
const comparing = (kind: string): string[] => RELATIONS.map((name) => kind + name)
const but = (values: readonly string[], bad: string): readonly string[] =>
  values.filter((value) => value !== bad && value !== '')

const FAMILIES: readonly Family[] = [
  {
    operators: ['StringEquals', 'StringNotEquals', 'StringLike', 'StringNotLike'],
    wanted: TEXT_PATTERNS,
    given: TEXTS,
  },
  { operators: ['StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'], wanted: TEXT_PATTERNS, given: TEXTS },
  { operators: comparing('Numeric'), wanted: but(NUMBERS, 'two'), given: NUMBERS },
  { operators: comparing('Date'), wanted: but(DATES, 'soon'), given: DATES },
  { operators: ['Bool'], wanted: but(TRUTHS, 'maybe'), given: TRUTHS },
  { operators: ['BinaryEquals'], wanted: BYTES, given: [...BYTES, '!'] },
  { operators: ['IpAddress', 'NotIpAddress'], wanted: RANGES, given: ADDRESSES },
  { operators: ['ArnEquals', 'ArnNotEquals', 'ArnLike', 'ArnNotLike'], wanted: ARN_PATTERNS, given: ARNS },
]
/** Keys of conditions; each brings values of one family, but now and then of another. */
const KEYS: readonly (readonly [string, number])[] = [
  ...([
    ['aws:username', 0],
    ['aws:PrincipalTag/team', 1],
    ['aws:TagKeys', 0],
    ['ssm:resourceTag/Env', 0],
  ] as const),
  ...([
    ['aws:Amount', 2],
    ['aws:CurrentTime', 3],
    ['aws:Secure', 4],
    ['aws:Bytes', 5],
    ['aws:SourceIp', 6],
  ] as const),
  ['aws:SourceArn', 7],
]
const CASES: readonly ((key: string) => string)[] = [
  ...[(key: string) => key, (key: string) => key.toLowerCase(), (key: string) => key.toUpperCase()],
]

/** Makes the cases of a seed, one after another. */
export function* iamCases(seed: number, count: number): Generator<IamCase> {
  const random = createRandom(seed)
  const one = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const chance = (share: number): boolean => random() < share
  const some = <T>(from: readonly T[], max: number): T[] =>
    Array.from({ length: 1 + Math.floor(random() * max) }, () => one(from))
  /** One value stands alone or in a list. */
  const written = <T>(values: readonly T[]): T | readonly T[] =>
    values.length === 1 && chance(0.5) ? (values[0] as T) : values
  const familyOf = (usual: number): Family => (chance(0.9) ? FAMILIES[usual] : undefined) ?? one(FAMILIES)

  function condition(): [string, string, unknown] {
    const [name, usual] = one(KEYS)
    const key = one(CASES)(name)
    if (chance(0.08)) return ['Null', key, written(some(['true', 'false', true, false], 2))]
    const family = familyOf(usual)
    const quantifier = chance(name === 'aws:TagKeys' ? 0.7 : 0.2) ? one(['ForAllValues:', 'ForAnyValue:']) : ''
    const operator = quantifier + one(family.operators) + (chance(0.2) ? 'IfExists' : '')
    return [operator, key, written(some(family.wanted, 3))]
  }

  function statement(modern: boolean): Record<string, unknown> {
    const conditions: Record<string, Record<string, unknown>> = {}
    for (let left = one([0, 0, 1, 1, 2, 3]); left > 0; left--) {
      const [operator, key, values] = condition()
      const block = conditions[operator] ?? {}
      conditions[operator] = block
      const isThere = Object.keys(block).some((name) => name.toLowerCase() === key.toLowerCase())
      if (!isThere) block[key] = values
    }
    const patterns = modern ? RESOURCE_PATTERNS : RESOURCE_PATTERNS.filter((pattern) => !pattern.includes('$'))
    return {
      Effect: chance(0.7) ? 'Allow' : 'Deny',
      [chance(0.85) ? 'Action' : 'NotAction']: written(some(ACTION_PATTERNS, 2)),
      [chance(0.8) ? 'Resource' : 'NotResource']: written(some(patterns, 2)),
      ...(Object.keys(conditions).length > 0 && { Condition: conditions }),
    }
  }

  function policy(): Record<string, unknown> {
    const modern = chance(0.85)
    const statements = Array.from({ length: one([1, 1, 2, 3]) }, () => statement(modern))
    return { ...(modern && { Version: '2012-10-17' }), Statement: written(statements) }
  }

  function keys(): Record<string, string[]> {
    const known: Record<string, string[]> = { 'aws:PrincipalAccount': [one(ACCOUNTS)] }
    if (chance(0.5)) known['ssm:SourceInstanceARN'] = [one(ARNS)]
    for (const [name, usual] of KEYS) {
      if (chance(0.25)) continue
      const most = name === 'aws:TagKeys' ? 3 : 1
      known[one(CASES)(name)] = chance(0.1) ? [] : some(familyOf(usual).given, most)
    }
    return known
  }

  for (let made = 0; made < count; made++)
    yield {
      policies: Array.from({ length: one([1, 1, 2, 3]) }, policy),
      request: { action: one(ACTIONS), resource: one(RESOURCES), keys: keys() },
    }
}
