import { compilePolicies, parsePolicy } from '@muster/protocol/iam'
import { describe, expect, it } from 'vitest'
import { nodeCaller } from '#access/principals.ts'
import { START } from '#api/testing/start-api.ts'
import type { Caller, SessionFacts } from '#kit/identity.ts'
import { principalKeys } from './index.ts'

const HOME = { accountId: '210987654321', region: 'us-east-1' }
const FACTS = { name: 'ann', path: '/', tags: [{ Key: 'Team', Value: 'red' }] }
const ann: Caller = {
  ...{ kind: 'user', id: 'AIDAANN', arn: `arn:aws:iam::${HOME.accountId}:user/ann`, accountId: HOME.accountId },
  source: '192.0.2.1',
}
const signedIn = (facts: Partial<SessionFacts>): Caller => ({
  ...{ ...ann, session: { issuedAt: START - 60_000, roleIds: [], ...facts } },
})

/** Whether a caller meets a condition on itself. */
function isMet(condition: object, caller: Caller, facts: Parameters<typeof principalKeys>[2] = FACTS): boolean {
  const read = parsePolicy({ Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition: condition } })
  if (!read.ok) throw new Error(read.problem.text)
  const conditions = principalKeys(HOME, caller, facts, START)
  const request = { action: 'ssm:SendCommand', resource: '*', conditions }
  return compilePolicies([{ name: 'only', policy: read.policy }]).evaluate(request).decision === 'allowed'
}

describe('what is known about a caller', () => {
  it.each([
    ['its name', { StringEquals: { 'aws:username': 'ann' } }, ann],
    ['its id', { StringEquals: { 'aws:userid': ann.id } }, ann],
    ['its ARN', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/a*' } }, ann],
    ['its kind', { StringEquals: { 'aws:PrincipalType': 'User' } }, ann],
    ['its account', { StringEquals: { 'aws:PrincipalAccount': HOME.accountId } }, ann],
    ['its tags', { StringEquals: { 'aws:PrincipalTag/team': 'red' } }, ann],
    ['its address', { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }, ann],
    ['its transport', { Bool: { 'aws:SecureTransport': 'true' } }, { ...ann, secure: true }],
    ['its program', { StringLike: { 'aws:UserAgent': 'aws-cli/*' } }, { ...ann, userAgent: 'aws-cli/2.15' }],
    ['the time', { DateGreaterThanEquals: { 'aws:CurrentTime': new Date(START).toISOString() } }, ann],
    ['the time in seconds', { NumericEquals: { 'aws:EpochTime': String(START / 1000) } }, ann],
    ['the region', { StringEquals: { 'aws:RequestedRegion': HOME.region } }, ann],
    ['that it has no session', { Null: { 'aws:TokenIssueTime': 'true', 'aws:MultiFactorAuthPresent': 'true' } }, ann],
    ['that it showed no second factor', { Bool: { 'aws:MultiFactorAuthPresent': 'false' } }, signedIn({})],
    [
      'how long ago it showed one',
      { NumericLessThan: { 'aws:MultiFactorAuthAge': '61' }, Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      signedIn({ mfaAt: START - 60_000 }),
    ],
    [
      'since when it has its session',
      { DateLessThan: { 'aws:TokenIssueTime': new Date(START).toISOString() } },
      signedIn({}),
    ],
  ])('is %s', (_what, condition, caller) => {
    expect(isMet(condition, caller as Caller)).toBe(true)
  })

  it('is of a node its role, and which machine it is', () => {
    const node = { nodeId: 'mi-0123456789abcdef0', roleId: 'AROAX', roleName: 'Web' }
    const role = { name: 'Web', path: '/fleet/', tags: [] }
    const condition = {
      ArnEquals: {
        'aws:PrincipalArn': `arn:aws:iam::${HOME.accountId}:role/fleet/Web`,
        'ssm:SourceInstanceARN': `arn:aws:ssm:us-east-1:${HOME.accountId}:managed-instance/${node.nodeId}`,
      },
      StringEquals: { 'aws:userid': `AROAX:${node.nodeId}`, 'aws:PrincipalType': 'AssumedRole' },
      Null: { 'aws:username': 'true', 'aws:SourceIp': 'true' },
    }
    expect(isMet(condition, nodeCaller(HOME, node, 'link'), role)).toBe(true)
  })
})
