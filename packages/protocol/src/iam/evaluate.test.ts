import { describe, expect, it } from 'vitest'
import { compilePolicies, explainAccess, parsePolicy } from './index.ts'

const ACCOUNT = '123456789012'
const arn = (resource: string) => `arn:aws:ssm:us-east-1:${ACCOUNT}:${resource}`
const NODE = arn('managed-instance/mi-0123456789abcdef0')

interface Given {
  readonly action?: string
  readonly resource?: string
  readonly keys?: Record<string, string | readonly string[]>
}

const conditionsOf = (keys: Given['keys'] = {}) =>
  new Map(Object.entries(keys).map(([key, value]) => [key.toLowerCase(), typeof value === 'string' ? [value] : value]))

const requestOf = ({ action = 'ssm:SendCommand', resource = NODE, keys }: Given) => ({
  ...{ action, resource, conditions: conditionsOf(keys) },
})

function policiesOf(...statements: readonly object[]) {
  const read = parsePolicy({ Version: '2012-10-17', Statement: statements })
  if (!read.ok) throw new Error(`${read.problem.place}: ${read.problem.text}`)
  return compilePolicies([{ name: 'P', policy: read.policy }])
}

const decide = (statements: readonly object[], given: Given = {}) =>
  policiesOf(...statements).evaluate(requestOf(given)).decision

const ALLOW = { Effect: 'Allow', Action: '*', Resource: '*' }
const DENY = { Effect: 'Deny', Action: '*', Resource: '*' }
/** Whether an Allow of everything with this condition lets a request with these keys through. */
const isMet = (condition: object, keys: Given['keys'] = {}) =>
  decide([{ ...ALLOW, Condition: condition }], { keys }) === 'allowed'
/** The same for a Deny. */
const isDenied = (condition: object, keys: Given['keys'] = {}) =>
  decide([ALLOW, { ...DENY, Condition: condition }], { keys }) === 'explicitDeny'

describe('a decision', () => {
  it('is no where nothing speaks of the request', () => {
    expect(decide([{ ...ALLOW, Action: 'iam:*' }])).toBe('implicitDeny')
  })

  it.each([[[ALLOW, DENY]], [[DENY, ALLOW]]])('is no where a Deny applies, in any order: %j', (statements) => {
    expect(decide(statements)).toBe('explicitDeny')
  })

  it('names the policy and the statement that made it', () => {
    const policies = policiesOf({ ...ALLOW, Action: 'iam:*' }, { ...ALLOW, Sid: 'All' })
    expect(policies.evaluate(requestOf({}))).toEqual({
      decision: 'allowed',
      by: { policy: 'P', statement: 1, sid: 'All' },
    })
  })

  it.each([
    ['ssm:sendcommand', true],
    ['SSM:Send*', true],
    ['ssm:SendComman?', true],
    ['ssm:SendCommand?', false],
    ['ssm:Send.ommand', undefined],
    ['s*:SendCommand', undefined],
    ['ssm:*Command', true],
    ['*', true],
  ])('takes %s for the action ssm:SendCommand: %s', (Action, expected) => {
    const read = parsePolicy({ Statement: { ...ALLOW, Action } })
    expect(read.ok ? decide([{ ...ALLOW, Action }]) === 'allowed' : undefined).toBe(expected)
  })

  it.each([
    [{ NotAction: 'iam:*' }, 'ssm:SendCommand', 'allowed'],
    [{ NotAction: ['iam:*', 'ssm:Send*'] }, 'ssm:SendCommand', 'implicitDeny'],
    [{ NotAction: 'IAM:getuser' }, 'iam:GetUser', 'implicitDeny'],
  ])('lets %j stand for every other action: %s is %s', (actions, action, expected) => {
    expect(decide([{ Effect: 'Allow', Resource: '*', ...actions }], { action })).toBe(expected)
  })
})

describe('resources', () => {
  it.each([
    [NODE, NODE, true],
    [arn('managed-instance/*'), NODE, true],
    [arn('Managed-Instance/*'), NODE, false],
    ['arn:aws:ssm:*:*:managed-instance/mi-????????????????0', NODE, true],
    ['arn:aws:ssm:*:managed-instance/*', NODE, undefined],
    ['arn:*', NODE, undefined],
    ['arn:aws:ssm:us-*:123456789012:*', NODE, true],
    ['arn:aws:ssm:us-*:managed-instance/*:*', NODE, false],
    [`arn:aws:*:*:*:*`, 'arn:aws:ssm:us-east-1:123456789012:a:b:c', true],
    [`arn:aws:ssm:*:*:a:*`, 'arn:aws:ssm:us-east-1:123456789012:a:b:c', true],
    ['arn:aws:ssm:*:*:*', '*', false],
    ['*', '*', true],
    ['*', NODE, true],
    [arn('document/a+b(c)'), arn('document/a+b(c)'), true],
    [arn('document/a.b'), arn('document/axb'), false],
  ])('hold %s against %s part by part: %s', (Resource, resource, expected) => {
    const read = parsePolicy({ Version: '2012-10-17', Statement: { ...ALLOW, Resource } })
    expect(read.ok ? decide([{ ...ALLOW, Resource }], { resource }) === 'allowed' : undefined).toBe(expected)
  })

  it('of NotResource are all others', () => {
    const statement = { Effect: 'Allow', Action: '*', NotResource: [arn('document/*'), arn('parameter/*')] }
    expect(decide([statement])).toBe('allowed')
    expect(decide([statement], { resource: arn('parameter/a') })).toBe('implicitDeny')
  })

  it('take no longer for a pattern that a regular expression would choke on', () => {
    const Resource = arn(`parameter/${'*a'.repeat(200)}b`)
    expect(decide([{ ...ALLOW, Resource }], { resource: arn(`parameter/${'a'.repeat(2000)}`) })).toBe('implicitDeny')
  })
})

describe('variables', () => {
  const own = { ...ALLOW, Resource: arn('parameter/${aws:username}/*') }
  it('stand for what is known, as text and not as a pattern', () => {
    const resource = arn('parameter/ann/x')
    expect(decide([own], { resource, keys: { 'aws:username': 'ann' } })).toBe('allowed')
    expect(decide([own], { resource, keys: { 'aws:username': '*' } })).toBe('implicitDeny')
    expect(decide([own], { resource, keys: { 'aws:username': '${aws:userid}', 'aws:userid': 'ann' } })).toBe(
      'implicitDeny',
    )
  })

  it('match nothing where nothing is known, or several values are', () => {
    expect(decide([own], { resource: arn('parameter//x') })).toBe('implicitDeny')
    expect(decide([own], { resource: arn('parameter/a/x'), keys: { 'aws:username': ['a', 'b'] } })).toBe('implicitDeny')
  })

  it('never reach over a colon of an ARN', () => {
    const statement = { ...ALLOW, Resource: 'arn:aws:ssm:${aws:PrincipalTag/region}:*:parameter/*' }
    const keys = { 'aws:PrincipalTag/region': `us-east-1:${ACCOUNT}` }
    expect(decide([statement], { resource: `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/a`, keys })).toBe('implicitDeny')
  })

  it('take their default only where nothing is known', () => {
    const statement = { ...ALLOW, Resource: arn("parameter/${aws:PrincipalTag/team, 'none'}") }
    expect(decide([statement], { resource: arn('parameter/none') })).toBe('allowed')
    const keys = { 'aws:PrincipalTag/team': 'red' }
    expect(decide([statement], { resource: arn('parameter/none'), keys })).toBe('implicitDeny')
    expect(decide([statement], { resource: arn('parameter/red'), keys })).toBe('allowed')
  })

  it('write wildcards as themselves', () => {
    const statement = { ...ALLOW, Resource: arn('parameter/${*}${?}${$}') }
    expect(decide([statement], { resource: arn('parameter/*?$') })).toBe('allowed')
    expect(decide([statement], { resource: arn('parameter/abc') })).toBe('implicitDeny')
  })

  it('are plain text in policies before 2012-10-17', () => {
    const read = parsePolicy({ Statement: { ...ALLOW, Resource: arn('parameter/${aws:username}') } })
    if (!read.ok) throw new Error(read.problem.text)
    const policies = compilePolicies([{ name: 'old', policy: read.policy }])
    const asked = (name: string) =>
      policies.evaluate(requestOf({ resource: arn(`parameter/${name}`), keys: { 'aws:username': 'ann' } })).decision
    expect([asked('ann'), asked('${aws:username}')]).toEqual(['implicitDeny', 'allowed'])
  })

  it('that are not known make no Allow wider and no Deny narrower', () => {
    const others = { Action: '*', NotResource: arn('parameter/${aws:username}/*') }
    expect(decide([{ Effect: 'Allow', ...others }])).toBe('implicitDeny')
    expect(decide([ALLOW, { Effect: 'Deny', ...others }])).toBe('explicitDeny')
    const unlike = { StringNotEquals: { 'aws:ResourceTag/owner': '${aws:username}' } }
    const keys = { 'aws:ResourceTag/owner': 'ann' }
    expect([isMet(unlike, keys), isDenied(unlike, keys)]).toEqual([false, true])
  })
})

describe('conditions', () => {
  it('must all be met, by one of their values each', () => {
    const both = { StringEquals: { 'aws:a': ['1', '2'], 'aws:b': '3' }, Bool: { 'aws:c': 'true' } }
    expect(isMet(both, { 'aws:a': '2', 'aws:b': '3', 'aws:c': 'true' })).toBe(true)
    expect(isMet(both, { 'aws:a': '2', 'aws:b': '3', 'aws:c': 'false' })).toBe(false)
    expect(isMet(both, { 'aws:a': '3', 'aws:b': '3', 'aws:c': 'true' })).toBe(false)
  })

  it('with a negated operator are met where no value is the same', () => {
    const neither = { StringNotEquals: { 'aws:a': ['1', '2'] } }
    expect([isMet(neither, { 'aws:a': '3' }), isMet(neither, { 'aws:a': '2' })]).toEqual([true, false])
  })

  it.each([
    ['StringEquals', false],
    ['StringNotEquals', true],
    ['StringEqualsIfExists', true],
    ['StringNotEqualsIfExists', true],
    ['ForAllValues:StringEquals', true],
    ['ForAllValues:StringNotEquals', true],
    ['ForAnyValue:StringEquals', false],
    ['ForAnyValue:StringNotEquals', false],
    ['ForAnyValue:StringEqualsIfExists', true],
  ])('%s without a value of the key: %s, in a Deny too', (operator, expected) => {
    const condition = { [operator]: { 'aws:a': 'x' } }
    expect([isMet(condition), isMet(condition, { 'aws:a': [] }), isDenied(condition)]).toEqual([
      ...[expected, expected, expected],
    ])
  })

  it.each([
    ['ForAllValues:StringEquals', ['a', 'b'], true],
    ['ForAllValues:StringEquals', ['a', 'c'], false],
    ['ForAnyValue:StringEquals', ['a', 'c'], true],
    ['ForAnyValue:StringEquals', ['c', 'd'], false],
    ['ForAllValues:StringNotEquals', ['c', 'd'], true],
    ['ForAllValues:StringNotEquals', ['a', 'c'], false],
    ['ForAnyValue:StringNotEquals', ['a', 'c'], true],
    ['ForAnyValue:StringNotEquals', ['a', 'b'], false],
  ])('%s of a or b over %j: %s', (operator, values, expected) => {
    expect(isMet({ [operator]: { 'aws:TagKeys': ['a', 'b'] } }, { 'aws:TagKeys': values })).toBe(expected)
  })

  it('name their keys in any case', () => {
    expect(isMet({ StringEquals: { 'AWS:UserName': 'ann' } }, { 'aws:username': 'ann' })).toBe(true)
  })

  it.each([
    ['StringEquals', 'a*', 'ab', false],
    ['StringEqualsIgnoreCase', 'ÄB', 'äb', true],
    ['StringNotEqualsIgnoreCase', 'AB', 'ab', false],
    ['StringLike', 'a?*', 'a', false],
    ['StringLike', 'a*c', 'abc', true],
    ['StringLike', 'a?c', 'a😀c', true],
    ['StringNotLike', 'a*', 'abc', false],
    ['NumericEquals', '10', '1e1', true],
    ['NumericLessThan', '10', '9.5', true],
    ['NumericLessThan', '10', '10', false],
    ['NumericLessThanEquals', '10', '10', true],
    ['NumericGreaterThan', '10', '9', false],
    ['NumericGreaterThanEquals', '9', '10', true],
    ['NumericLessThan', '10', 'nine', false],
    ['NumericNotEquals', '10', '11', true],
    ['NumericNotEquals', '10', 'nine', false],
    ['DateLessThan', '2026-11-24T12:00:00Z', '2026-11-24T11:59:59Z', true],
    ['DateGreaterThan', '2026-11-24', '2026-11-24T00:00:01Z', true],
    ['DateEquals', '1764000000', '2025-11-24T16:00:00Z', true],
    ['DateLessThan', '2026-01-01T00:00:00+0200', '2025-12-31T22:30:00Z', false],
    ['Bool', 'true', 'TRUE', true],
    ['Bool', 'false', 'no', false],
    ['BinaryEquals', 'QUJD', 'QUJD', true],
    ['BinaryEquals', 'QQ==', 'QQ', true],
    ['IpAddress', '203.0.113.0/24', '203.0.113.9', true],
    ['IpAddress', '203.0.113.0/24', '203.0.114.9', false],
    ['IpAddress', '203.0.113.0/24', '::ffff:203.0.113.9', true],
    ['IpAddress', '::ffff:203.0.113.0/120', '203.0.113.9', true],
    ['IpAddress', '2001:db8::/33', '2001:db8:7fff::1', true],
    ['IpAddress', '2001:db8::/33', '2001:db8:8000::1', false],
    ['IpAddress', '0.0.0.0/0', '2001:db8::1', false],
    ['IpAddress', '::/0', '203.0.113.9', false],
    ['IpAddress', '203.0.113.9', 'link', false],
    ['NotIpAddress', '203.0.113.0/24', '198.51.100.1', true],
    ['NotIpAddress', '203.0.113.0/24', 'link', false],
    ['ArnEquals', 'arn:aws:iam::*:role/a*', 'arn:aws:iam::123456789012:role/ab', true],
    ['ArnLike', 'arn:aws:iam::*:role/x', 'arn:aws:iam::1:2:role/x', false],
    ['ArnLike', '*', 'arn:aws:iam::123456789012:role/ab', true],
    ['ArnNotLike', 'arn:aws:iam::*:role/a*', 'arn:aws:iam::123456789012:role/b', true],
    ['ArnNotEquals', 'arn:aws:iam::*:role/a*', 'arn:aws:iam::123456789012:role/a', false],
  ])('%s %s holds for %s: %s', (operator, wanted, given, expected) => {
    expect(isMet({ [operator]: { 'aws:k': wanted } }, { 'aws:k': given })).toBe(expected)
  })

  it('that cannot be compared deny all the same', () => {
    expect(isDenied({ NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, { 'aws:SourceIp': 'link' })).toBe(true)
    expect(isDenied({ NumericNotEquals: { 'aws:k': '1' } }, { 'aws:k': 'one' })).toBe(true)
  })

  it('of Null ask whether there is a value', () => {
    const isMissing = { Null: { 'aws:TokenIssueTime': 'true' } }
    expect([isMet(isMissing), isMet(isMissing, { 'aws:TokenIssueTime': '1' })]).toEqual([true, false])
    expect(isMet({ Null: { 'aws:TokenIssueTime': false } }, { 'aws:TokenIssueTime': '1' })).toBe(true)
  })
})

describe('principals', () => {
  const ROLE = `arn:aws:iam::${ACCOUNT}:role/ops`
  const session = { accountId: ACCOUNT, arns: [`arn:aws:sts::${ACCOUNT}:assumed-role/ops/s`, ROLE] }
  const ann = { accountId: ACCOUNT, arns: [`arn:aws:iam::${ACCOUNT}:user/ann`] }
  const service = { accountId: ACCOUNT, arns: [], service: 'ssm.amazonaws.com' }
  const trust = (Principal: unknown, Effect = 'Allow', member = 'Principal') =>
    parsePolicy({ Statement: { Effect, Action: 'sts:AssumeRole', [member]: Principal } }, { kind: 'trust' })

  it.each([
    ['everyone', '*', ann, true],
    ['an account', { AWS: ACCOUNT }, ann, true],
    ['an account by its root', { AWS: `arn:aws:iam::${ACCOUNT}:root` }, session, true],
    ['another account', { AWS: '999999999999' }, ann, false],
    ['a user', { AWS: [ROLE, ...ann.arns] }, ann, true],
    ['a role, whose sessions it means', { AWS: ROLE }, session, true],
    ['a role', { AWS: ROLE }, ann, false],
    ['a service', { Service: 'ssm.amazonaws.com' }, service, true],
    ['another service', { Service: 'ec2.amazonaws.com' }, service, false],
    ['an account, which is no service', { AWS: ACCOUNT }, service, false],
    ['a service', { Service: 'ssm.amazonaws.com' }, undefined, false],
  ])('of a trust policy are %s: %j', (_what, principal, asker, expected) => {
    const read = trust(principal)
    if (!read.ok) throw new Error(read.problem.text)
    const policies = compilePolicies([{ name: 'trust', policy: read.policy }])
    const request = { action: 'sts:AssumeRole', resource: ROLE, conditions: new Map(), ...(asker && { asker }) }
    expect(policies.evaluate(request).decision === 'allowed').toBe(expected)
  })
})

describe('what policies ask about', () => {
  it('are the keys of conditions and of variables', () => {
    const policies = policiesOf(
      { ...ALLOW, Condition: { StringEquals: { 'ssm:resourceTag/Env': '${aws:PrincipalTag/env}' } } },
      { ...ALLOW, Resource: arn('parameter/${aws:username}') },
    )
    const asked = ['ssm:resourcetag/', 'aws:principaltag/env', 'aws:username', 'aws:sourceip']
    expect(asked.map((prefix) => policies.mentions(prefix))).toEqual([true, true, true, false])
  })
})

describe('an explanation', () => {
  const dev = {
    ...{ Sid: 'Dev', Effect: 'Allow', Action: 'ssm:SendCommand', Resource: arn('managed-instance/*') },
    Condition: { StringEquals: { 'ssm:resourceTag/Env': 'dev' } },
  }
  const say = (statements: readonly object[], given: Given = {}) =>
    explainAccess(policiesOf(...statements), requestOf(given))

  it.each([
    ['prod', `StringEquals holds for ssm:resourceTag/Env and dev, and ssm:resourceTag/Env is prod here.`],
    [undefined, `StringEquals holds for ssm:resourceTag/Env and dev, and ssm:resourceTag/Env is not known here.`],
  ])('says which condition was not met by %s', (value, expected) => {
    const { sentence } = say([dev], { keys: value === undefined ? {} : { 'ssm:resourceTag/Env': value } })
    expect(sentence).toBe(
      `Nothing allows ssm:SendCommand on ${NODE}: the statement Dev (number 1) of the policy P would, but only where ${expected}`,
    )
  })

  it('says which statement decided', () => {
    const keys = { 'ssm:resourceTag/Env': 'dev' }
    expect(say([dev], { keys }).sentence).toBe(
      `The statement Dev (number 1) of the policy P allows ssm:SendCommand on ${NODE}.`,
    )
    expect(say([dev, DENY], { keys }).sentence).toBe(
      `The statement number 2 of the policy P denies ssm:SendCommand on ${NODE}.`,
    )
  })

  it('says where the action is allowed instead', () => {
    expect(say([dev], { resource: arn('document/D') }).sentence).toContain(`only on ${arn('managed-instance/*')}.`)
    expect(say([dev], { action: 'ssm:GetDocument' }).sentence).toBe('No statement allows ssm:GetDocument.')
  })

  it('lists the keys that nothing is known about', () => {
    expect(say([dev, { ...DENY, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }]).missing).toEqual([
      'aws:SecureTransport',
      'ssm:resourceTag/Env',
    ])
  })
})
