import { compilePolicies } from '@muster/protocol/iam'
import { describe, expect, it } from 'vitest'
import { findReadyMade, NODE_POLICY, readyMadePolicies } from './index.ts'

const ACCOUNT = '210987654321'

function decide(name: string, action: string, keys: Record<string, string> = {}) {
  const made = readyMadePolicies.find((policy) => policy.name === name)
  if (!made) throw new Error(`there is no ${name}`)
  const conditions = new Map(Object.entries(keys).map(([key, value]) => [key.toLowerCase(), [value]]))
  const resource = `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/x`
  return compilePolicies([made]).evaluate({ action, resource, conditions }).decision === 'allowed'
}

describe('ready-made policies', () => {
  it.each([
    ...['AdministratorAccess', 'AmazonSSMAutomationRole', 'AmazonSSMFullAccess', 'AmazonSSMMaintenanceWindowRole'],
    ...['AmazonSSMManagedInstanceCore', 'AmazonSSMPatchAssociation', 'AmazonSSMReadOnlyAccess', 'IAMFullAccess'],
    ...['IAMReadOnlyAccess', 'IAMUserChangePassword', 'PowerUserAccess', 'ReadOnlyAccess'],
  ])('have %s, of a size that any managed policy may have', (name) => {
    const made = readyMadePolicies.find((policy) => policy.name === name)
    expect(made?.document.length).toBeLessThan(6144)
    expect(findReadyMade(made?.arn ?? '')).toBe(made)
  })

  it('are found by ARN, that of nodes too', () => {
    expect(findReadyMade(NODE_POLICY)?.name).toBe('AmazonSSMManagedInstanceCore')
    expect(findReadyMade('arn:aws:iam::aws:policy/Other')).toBeUndefined()
  })

  it.each([
    ...['ReadOnlyAccess', 'AmazonSSMReadOnlyAccess'].flatMap((name) => [
      [name, 'ssm:GetParameter', true],
      [name, 'ssm:DescribeInstanceInformation', true],
      [name, 'kms:Decrypt', false],
      [name, 'ssm:GetAccessToken', false],
      [name, 'ssm:PutParameter', false],
      [name, 'ssm:SendCommand', false],
      [name, 'sts:AssumeRole', false],
      [name, 'iam:PassRole', false],
      [name, 'muster:CreateNodeCredentials', false],
    ]),
    ['ReadOnlyAccess', 'iam:GetUser', true],
    ['AmazonSSMReadOnlyAccess', 'iam:GetUser', false],
    ['PowerUserAccess', 'iam:CreateUser', false],
    ['PowerUserAccess', 'ssm:SendCommand', true],
    ['IAMReadOnlyAccess', 'iam:CreateUser', false],
    ['IAMFullAccess', 'ssm:SendCommand', false],
    ['AmazonSSMFullAccess', 'iam:CreateUser', false],
    ['AmazonSSMFullAccess', 'iam:PassRole', false],
    ['AmazonSSMManagedInstanceCore', 'ssm:GetParameter', false],
  ] as [string, string, boolean][])('%s allows %s: %s', (name, action, expected) => {
    expect(decide(name, action)).toBe(expected)
  })

  it('let roles be passed to this service only', () => {
    const passed = (service: string) =>
      decide('AmazonSSMFullAccess', 'iam:PassRole', { 'iam:PassedToService': service })
    expect([passed('ssm.amazonaws.com'), passed('ec2.amazonaws.com')]).toEqual([true, false])
  })
})
