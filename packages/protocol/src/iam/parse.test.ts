import { describe, expect, it } from 'vitest'
import { type ParseOptions, POLICY_CHARS, parsePolicy } from './index.ts'

const GOOD = { Effect: 'Allow', Action: 'ssm:*', Resource: '*' }
const TRUST = { Effect: 'Allow', Principal: { Service: 'ssm.amazonaws.com' }, Action: 'sts:AssumeRole' }

const problemOf = (source: string | object, options?: ParseOptions) => {
  const read = parsePolicy(source, options)
  return read.ok ? undefined : `${read.problem.place}: ${read.problem.text}`
}
const inStatement = (members: object) =>
  problemOf({ Version: '2012-10-17', Statement: [GOOD, { ...GOOD, ...members }] })

const VENDOR = 'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.'
const SID =
  'Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*'

describe('a policy', () => {
  it('is read from text and from JSON alike, one statement or a list', () => {
    const policy = { Version: '2012-10-17', Id: 'mine', Statement: GOOD }
    const read = parsePolicy(JSON.stringify(policy, null, 4))
    expect(read).toEqual(parsePolicy({ ...policy, Statement: [GOOD] }))
    expect(read).toEqual({
      ok: true,
      policy: {
        version: '2012-10-17',
        id: 'mine',
        statements: [
          {
            effect: 'Allow',
            actions: { negated: false, patterns: ['ssm:*'] },
            resources: { negated: false, patterns: ['*'] },
            conditions: [],
          },
        ],
      },
      warnings: [],
    })
  })

  it.each([
    ['', ': Syntax errors in policy.'],
    ['{', ': Syntax errors in policy.'],
    ['[]', ': Syntax errors in policy: it is not an object.'],
    ['null', ': Syntax errors in policy: it is not an object.'],
    ['{"Statement":[],"Statement":[]}', ': Syntax errors in policy: Statement is there twice.'],
    [
      '{"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":{},"Resource":"x", "a\\"":1}}',
      ': Syntax errors in policy: Resource is there twice.',
    ],
    ['{"Statement":{"Eff\\u0065ct":"Deny","Effect":"Allow"}}', ': Syntax errors in policy: Effect is there twice.'],
    [{}, 'Statement: Missing required field Statement.'],
    [{ Statement: [] }, 'Statement: A policy has at least one statement.'],
    [{ Statement: 'x' }, 'Statement: Syntax errors in policy: a statement is an object.'],
    [{ Statement: GOOD, Rules: 1 }, 'Rules: Syntax errors in policy: a policy has no such member.'],
    [{ Statement: GOOD, Id: 1 }, 'Id: Syntax errors in policy: Id is a text.'],
    [
      { Statement: GOOD, Version: '2012-10-18' },
      'Version: The policy must contain a valid version string: 2012-10-17 or 2008-10-17.',
    ],
  ])('like %j is refused', (source, expected) => {
    expect(problemOf(source)).toBe(expected)
  })

  it('has a limit that white space does not count for', () => {
    const policy = { Statement: { ...GOOD, Action: Array.from({ length: 150 }, (_, at) => `ssm:Get${at}`) } }
    const spaced = JSON.stringify(policy, null, 8)
    expect(spaced.length).toBeGreaterThan(POLICY_CHARS.user)
    expect(problemOf(spaced, { maxChars: POLICY_CHARS.user })).toBeUndefined()
    expect(problemOf(spaced, { maxChars: 1000 })).toBe(': Cannot exceed quota for PolicySize: 1000')
    expect(problemOf(' '.repeat(200_000))).toBe(': Cannot exceed quota for PolicySize: 6144')
  })

  it('has each statement id once', () => {
    const Statement = [
      { ...GOOD, Sid: 'A' },
      { ...GOOD, Sid: 'A' },
    ]
    expect(problemOf({ Statement })).toBe('Statement[1].Sid: Statement IDs (SID) in a single policy must be unique.')
  })
})

describe('a statement', () => {
  it.each([
    [{ Sid: 'a b' }, `.Sid: ${SID}`],
    [{ Effect: undefined }, '.Effect: Missing required field Effect.'],
    [{ Effect: 'allow' }, '.Effect: Syntax errors in policy: Effect is Allow or Deny.'],
    [{ Actions: '*' }, '.Actions: Syntax errors in policy: a statement has no such member.'],
    [{ Action: undefined }, ': Policy statement must contain actions.'],
    [{ Action: [] }, '.Action: Policy statement must contain actions.'],
    [{ Action: ['ssm:Get*', 'GetUser'] }, `.Action[1]: ${VENDOR}`],
    [{ Action: 'ssm:' }, `.Action[0]: ${VENDOR}`],
    [{ Action: [1] }, '.Action[0]: Syntax errors in policy: Action has texts.'],
    [{ NotAction: '*' }, ': Syntax errors in policy: a statement has Action or NotAction, not both.'],
    [{ Resource: undefined }, ': Policy statement must contain resources.'],
    [{ Resource: 'mi-1' }, '.Resource[0]: Resource "mi-1" must be in ARN format or "*".'],
    [{ Resource: 'arn:aws:ssm:*' }, '.Resource[0]: Resource "arn:aws:ssm:*" must be in ARN format or "*".'],
    [{ Resource: '*:aws:ssm:*:*:*' }, '.Resource[0]: Resource "*:aws:ssm:*:*:*" must be in ARN format or "*".'],
    [{ Resource: 'arn:aws:ssm:*:*:${x}' }, '.Resource[0]: "${x}" is not a variable.'],
    [
      { Resource: 'arn:aws:ssm:*:*:${aws:username' },
      '.Resource[0]: The variable that begins in "${aws:username" does not end.',
    ],
    [{ Principal: '*' }, '.Principal: Policy document should not specify a principal.'],
    [{ Condition: [] }, '.Condition: Syntax errors in policy: Condition is an object.'],
    [{ Condition: { StringIs: {} } }, '.Condition.StringIs: Invalid Condition type : StringIs.'],
    [
      { Condition: { NullIfExists: { 'aws:a': 'true' } } },
      '.Condition.NullIfExists: Invalid Condition type : NullIfExists.',
    ],
    [{ Condition: { Bool: 1 } }, '.Condition.Bool: Syntax errors in policy: an operator has keys with values.'],
    [{ Condition: { Bool: { secure: 'true' } } }, `.Condition.Bool.secure: ${VENDOR}`],
    [{ Condition: { Bool: { 'aws:a': 'yes' } } }, '.Condition.Bool.aws:a: "yes" is not true or false.'],
    [
      { Condition: { Bool: { 'aws:a': [] } } },
      '.Condition.Bool.aws:a: Syntax errors in policy: a condition has at least one value.',
    ],
    [
      { Condition: { Bool: { 'aws:a': null } } },
      '.Condition.Bool.aws:a: Syntax errors in policy: values are texts, numbers, true and false.',
    ],
    [
      { Condition: { Bool: { 'aws:a': true, 'AWS:A': true } } },
      '.Condition.Bool.AWS:A: Syntax errors in policy: AWS:A is there twice.',
    ],
    [{ Condition: { NumericEquals: { 'aws:a': '0x1' } } }, '.Condition.NumericEquals.aws:a: "0x1" is not a number.'],
    [
      { Condition: { DateEquals: { 'aws:a': 'today' } } },
      '.Condition.DateEquals.aws:a: "today" is not a date or a time.',
    ],
    [{ Condition: { BinaryEquals: { 'aws:a': '?' } } }, '.Condition.BinaryEquals.aws:a: "?" is not base64.'],
    [{ Condition: { Null: { 'aws:a': 'maybe' } } }, '.Condition.Null.aws:a: "maybe" is not true or false.'],
    [
      { Condition: { ArnLike: { 'aws:a': 'role/x' } } },
      '.Condition.ArnLike.aws:a: "role/x" must be in ARN format or "*".',
    ],
    ...['1.2.3', '1.2.3.4/33', '1.2.3.256', '::/129', ':::', '1::2::3', '01.2.3.4'].map((range) => [
      { Condition: { IpAddress: { 'aws:SourceIp': range } } },
      `.Condition.IpAddress.aws:SourceIp: "${range}" is not an IP address or a range of them.`,
    ]),
  ] as [object, string][])('with %j is refused', (members, expected) => {
    expect(inStatement(members)).toBe(`Statement[1]${expected}`)
  })

  it.each([
    [{ Condition: { Bool: { 'aws:SecureTransport': false }, NumericLessThan: { 'aws:MultiFactorAuthAge': 3600 } } }],
    [{ Condition: { StringLike: { 'aws:PrincipalTag/cost center': "${aws:PrincipalTag/cost center, 'none'}" } } }],
    [{ Resource: '${ssm:SourceInstanceARN}' }],
    [{ Condition: {} }],
    [{ Sid: '' }],
  ])('with %j is good', (members) => {
    expect(inStatement(members)).toBeUndefined()
  })

  it('is warned of where Allow has exceptions', () => {
    const read = parsePolicy({
      Statement: { Effect: 'Allow', NotAction: 'iam:*', NotResource: 'arn:aws:ssm:*:*:document/*' },
    })
    expect(read.ok && read.warnings.map(({ place }) => place)).toEqual(['Statement.NotAction', 'Statement.NotResource'])
    const denying = parsePolicy({ Statement: { Effect: 'Deny', NotAction: 'iam:*', Resource: '*' } })
    expect(denying.ok && denying.warnings).toEqual([])
  })
})

describe('a trust policy', () => {
  it.each([
    [{}, undefined],
    [{ Resource: '*' }, 'Statement.Resource: Has prohibited field Resource.'],
    [{ Principal: undefined }, 'Statement: Missing required field Principal.'],
    [{ Principal: 'ann' }, 'Statement.Principal: Invalid principal in policy: "ann"'],
    [{ Principal: {} }, 'Statement.Principal: Missing required field Principal cannot be empty!'],
    [{ Principal: { AWS: [] } }, 'Statement.Principal.AWS: Missing required field Principal cannot be empty!'],
    [
      { Principal: { AWS: 'arn:aws:iam::123456789012:user/*' } },
      'Statement.Principal.AWS: Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:user/*"',
    ],
    [{ Principal: { User: 'ann' } }, 'Statement.Principal.User: Invalid principal in policy: "User"'],
    [{ NotPrincipal: '*', Principal: undefined }, 'Statement.NotPrincipal: Allow with NotPrincipal is not supported.'],
    [{ Principal: { AWS: ['123456789012', 'arn:aws:iam::123456789012:role/a/b'] } }, undefined],
  ])('with %j: %s', (members, expected) => {
    expect(problemOf({ Statement: { ...TRUST, ...members } }, { kind: 'trust' })).toBe(expected)
  })
})
