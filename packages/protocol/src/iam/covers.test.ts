import { describe, expect, it } from 'vitest'
import { covers, type NamedPolicy, parsePolicy } from './index.ts'

const ALL = { Effect: 'Allow', Action: '*', Resource: '*' }
const SSM = { Effect: 'Allow', Action: 'ssm:*', Resource: '*' }
const arn = (resource: string) => `arn:aws:ssm:*:*:${resource}`
const on = (Action: string, resource: string) => ({ Effect: 'Allow', Action, Resource: arn(resource) })
const dev = { StringEquals: { 'ssm:resourceTag/Env': 'dev' } }
const deny = (Action: string, Resource: string, more: object = {}) => ({ Effect: 'Deny', Action, Resource, ...more })

function policy(name: string, statements: readonly object[]): NamedPolicy {
  const read = parsePolicy({ Version: '2012-10-17', Statement: statements })
  if (!read.ok) throw new Error(`${read.problem.place}: ${read.problem.text}`)
  return { name, policy: read.policy }
}

/** Whether a holder of these statements may hand out those; `known` is what is known about the holder. */
function covered(held: readonly object[], granted: readonly object[], known: Record<string, string> = {}) {
  const conditions = new Map(Object.entries(known).map(([key, value]) => [key.toLowerCase(), [value]]))
  return covers({ layers: [held.length > 0 ? [policy('held', held)] : []], conditions }, [policy('granted', granted)])
}

describe('a policy is covered by its giver', () => {
  it.each([
    ['by what allows everything', [ALL], [SSM, on('iam:*', 'parameter/x')]],
    ['by the same', [SSM], [SSM]],
    ['by wider patterns', [on('ssm:Get*', 'parameter/*')], [on('ssm:GetParameter?', 'parameter/a*b')]],
    ['in any case of the action', [on('SSM:get*', '*')], [on('ssm:GetParameter', 'parameter/a')]],
    ['by several statements', [on('ssm:Get*', '*'), on('ssm:Put*', '*')], [on('ssm:GetX', 'a'), on('ssm:PutX', 'a')]],
    ['where it only denies', [], [deny('*', '*')]],
    ['by everything but others', [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }], [SSM]],
    [
      'by all resources but others',
      [{ ...SSM, Resource: undefined, NotResource: arn('document/*') }],
      [on('ssm:*', 'parameter/*')],
    ],
    ['under the same condition', [{ ...SSM, Condition: dev }], [{ ...SSM, Condition: dev }]],
    [
      'under a narrower condition',
      [{ ...SSM, Condition: { StringLike: { 'aws:a': 'd*' } } }],
      [{ ...SSM, Condition: { StringLike: { 'AWS:A': ['de*', 'd?'] } } }],
    ],
    [
      'under one more condition',
      [{ ...SSM, Condition: dev }],
      [{ ...SSM, Condition: { ...dev, Bool: { 'aws:x': 'true' } } }],
    ],
    [
      'where more is excepted',
      [{ ...SSM, Condition: { StringNotEquals: { 'aws:a': 'x' } } }],
      [{ ...SSM, Condition: { StringNotEquals: { 'aws:a': ['y', 'x'] } } }],
    ],
    ['beside what is denied to it', [ALL, deny('iam:*', '*')], [SSM]],
    ['on other resources than those denied to it', [ALL, deny('*', arn('parameter/*'))], [on('ssm:*', 'document/*')]],
    ['with what is denied to it denied too', [ALL, deny('ssm:Delete*', '*')], [SSM, deny('ssm:D*', '*')]],
    [
      'with the same conditional Deny',
      [ALL, deny('*', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } })],
      [SSM, deny('*', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } })],
    ],
  ] as [string, object[], object[]][])('%s', (_how, held, granted) => {
    expect(covered(held, granted)).toEqual({ ok: true })
  })

  it.each([
    ['where it has nothing', [], [SSM]],
    ['by narrower actions', [on('ssm:Get*', '*')], [on('ssm:*', 'a')]],
    ['by narrower resources', [on('ssm:*', 'parameter/a')], [on('ssm:*', 'parameter/a*')]],
    ['by another part of the ARN', [on('ssm:*', 'parameter/*')], [{ ...SSM, Resource: 'arn:aws:iam:*:*:parameter/a' }]],
    ['by an ARN pattern where everything is given', [on('ssm:*', '*')], [SSM]],
    ['by several that only together are wide enough', [on('ssm:G*', '*'), on('ssm:P*', '*')], [on('ssm:*', 'a')]],
    ['where all but some actions are given', [SSM], [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }]],
    [
      'where all but some resources are given',
      [on('ssm:*', '*')],
      [{ ...SSM, Resource: undefined, NotResource: arn('document/*') }],
    ],
    ['by everything but just that', [{ Effect: 'Allow', NotAction: 'ssm:Send*', Resource: '*' }], [SSM]],
    ['under a condition that is not given along', [{ ...SSM, Condition: dev }], [SSM]],
    [
      'under a wider condition',
      [{ ...SSM, Condition: dev }],
      [{ ...SSM, Condition: { StringEquals: { 'ssm:resourceTag/Env': ['dev', 'prod'] } } }],
    ],
    [
      'under another operator',
      [{ ...SSM, Condition: dev }],
      [{ ...SSM, Condition: { StringEqualsIfExists: { 'ssm:resourceTag/Env': 'dev' } } }],
    ],
    [
      'where less is excepted',
      [{ ...SSM, Condition: { StringNotEquals: { 'aws:a': ['x', 'y'] } } }],
      [{ ...SSM, Condition: { StringNotEquals: { 'aws:a': 'x' } } }],
    ],
    ['with what is denied to it', [ALL, deny('iam:*', '*')], [{ ...ALL, Action: '*' }]],
    ['with what is denied to it under a condition', [ALL, deny('ssm:*', '*', { Condition: dev })], [SSM]],
    ['with less denied than to it', [ALL, deny('ssm:Delete*', '*')], [SSM, deny('ssm:DeleteParameter', '*')]],
    [
      'with it denied under more conditions',
      [ALL, deny('ssm:D*', '*')],
      [SSM, deny('ssm:D*', '*', { Condition: dev })],
    ],
    ['with what is denied to all but some', [ALL, { Effect: 'Deny', NotAction: 'ssm:Get*', Resource: '*' }], [SSM]],
  ] as [string, object[], object[]][])('not %s', (_how, held, granted) => {
    expect(covered(held, granted)).toMatchObject({ ok: false })
  })
})

describe('variables', () => {
  const own = on('ssm:*', 'parameter/${aws:username}/*')

  it('of the giver stand for itself', () => {
    expect(covered([own], [on('ssm:*', 'parameter/ann/x')], { 'aws:username': 'ann' })).toEqual({ ok: true })
    expect(covered([own], [on('ssm:*', 'parameter/bob/x')], { 'aws:username': 'ann' })).toMatchObject({ ok: false })
    expect(covered([own], [on('ssm:*', 'parameter/ann/x')])).toMatchObject({ ok: false })
  })

  it('of what is given may become anything', () => {
    expect(covered([own], [own], { 'aws:username': 'ann' })).toMatchObject({ ok: false })
    expect(covered([on('ssm:*', 'parameter/*')], [own])).toEqual({ ok: true })
    const team = { ...SSM, Condition: { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } } }
    expect(covered([team], [team], { 'aws:PrincipalTag/team': 'red' })).toMatchObject({ ok: false })
  })

  it('of a request stand for nothing that is known beforehand', () => {
    const asked = on('ssm:*', "parameter/${aws:RequestTag/team, 'red'}")
    expect(covered([asked], [on('ssm:*', 'parameter/red')])).toMatchObject({ ok: false })
  })
})

describe('conditions on the giver itself', () => {
  const admins = { ...ALL, Condition: { StringEquals: { 'aws:PrincipalTag/admin': 'yes' } } }

  it('are met by it, or its statement gives nothing', () => {
    expect(covered([admins], [SSM], { 'aws:PrincipalTag/admin': 'yes' })).toEqual({ ok: true })
    expect(covered([admins], [admins])).toMatchObject({ ok: false })
  })

  it('keep a Deny away from it only where they are not met', () => {
    const guests = deny('*', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/guest': 'yes' } } })
    expect(covered([ALL, guests], [SSM])).toEqual({ ok: true })
    expect(covered([ALL, guests], [SSM], { 'aws:PrincipalTag/guest': 'yes' })).toMatchObject({ ok: false })
    expect(covered([ALL, guests], [SSM, guests], { 'aws:PrincipalTag/guest': 'yes' })).toMatchObject({ ok: false })
  })
})

describe('a giver with a session policy', () => {
  it('hands out only what both allow', () => {
    const layers = [[policy('own', [ALL])], [policy('session', [on('ssm:Get*', '*')])]]
    const given = (statement: object) => covers({ layers, conditions: new Map() }, [policy('granted', [statement])]).ok
    expect([given(on('ssm:GetParameter', 'a')), given(on('ssm:PutParameter', 'a'))]).toEqual([true, false])
  })
})

describe('a refusal', () => {
  it('says which statement is too much, and which Deny stands against it', () => {
    expect(covered([], [SSM])).toEqual({
      ok: false,
      sentence: 'The statement number 1 of granted allows ssm:* on *, which is more than whoever grants it is allowed.',
    })
    expect(covered([ALL, deny('ssm:Delete*', '*')], [deny('iam:*', '*'), SSM])).toEqual({
      ok: false,
      sentence:
        'The statement number 2 of granted allows ssm:* on *, of which statement number 2 of held denies a part to whoever grants it.',
    })
  })
})
