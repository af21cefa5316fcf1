import { expect, it } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { allow, arnOf, deny, openAccess, policy, type Stand, trust } from './testing/open-access.ts'

const MORE = 'AccessDeniedException: Nobody can give more than it has.'
const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess'

/** May change everybody's rights, and read; nothing else. */
const clerk = (stand: Stand) => stand.user('clerk', allow('iam:*'), allow('ssm:Get*'))

describeStores('nobody hands out more than it has', (openStore) => {
  it('by policies: inline or attached, to others or to itself', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const key = await clerk(stand)
    await stand.call('CreateUser', { UserName: 'bob' })
    const put = (UserName: string, PolicyDocument: string) =>
      stand.refusal('PutUserPolicy', { UserName, PolicyName: 'p', PolicyDocument }, key)
    expect(await put('bob', policy(allow('ssm:GetParameter')))).toBe('OK')
    expect(await put('bob', policy(allow('ssm:*')))).toContain(MORE)
    expect(await put('clerk', policy(allow('*')))).toContain(MORE)
    expect(await put('bob', policy(deny('ssm:*')))).toBe('OK')
    expect(await stand.refusal('AttachUserPolicy', { UserName: 'clerk', PolicyArn: ADMIN }, key)).toContain(MORE)
    expect(await stand.call('ListAttachedUserPolicies', { UserName: 'clerk' })).toMatchObject({ AttachedPolicies: [] })
  })

  it('by a new default version of what is attached, but freely by one that is not', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const key = await clerk(stand)
    const PolicyArn = arnOf('policy/p')
    await stand.call('CreatePolicy', { PolicyName: 'p', PolicyDocument: policy(allow('ssm:GetParameter')) }, key)
    const version = { PolicyArn, PolicyDocument: policy(allow('*')), SetAsDefault: true }
    await stand.call('AttachUserPolicy', { UserName: 'clerk', PolicyArn }, key)
    expect(await stand.refusal('CreatePolicyVersion', version, key)).toContain(MORE)
    expect(await stand.refusal('CreatePolicyVersion', { ...version, SetAsDefault: false }, key)).toBe('OK')
    expect(await stand.refusal('SetDefaultPolicyVersion', { PolicyArn, VersionId: 'v2' }, key)).toContain(MORE)
    await stand.call('DetachUserPolicy', { UserName: 'clerk', PolicyArn }, key)
    expect(await stand.refusal('SetDefaultPolicyVersion', { PolicyArn, VersionId: 'v2' }, key)).toBe('OK')
    expect(await stand.refusal('AttachUserPolicy', { UserName: 'clerk', PolicyArn }, key)).toContain(MORE)
  })

  it('by a group, by a key of somebody else, or by the trust of a role', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const key = await clerk(stand)
    await stand.call('CreateUserGroup', { GroupName: 'admins' })
    await stand.call('AttachGroupPolicy', { GroupName: 'admins', PolicyArn: ADMIN })
    const boss = await stand.user('boss', allow('*'))
    await stand.call('CreateRole', { RoleName: 'all', AssumeRolePolicyDocument: trust(arnOf('user/boss')) })
    await stand.call('AttachRolePolicy', { RoleName: 'all', PolicyArn: ADMIN })
    const PolicyDocument = trust(arnOf('user/clerk'))
    const attempts = [
      await stand.refusal('AddUserToGroup', { GroupName: 'admins', UserName: 'clerk' }, key),
      await stand.refusal('CreateAccessKey', { UserName: 'boss' }, key),
      await stand.refusal('UpdateAssumeRolePolicy', { RoleName: 'all', PolicyDocument }, key),
    ]
    for (const attempt of attempts) expect(attempt).toContain(MORE)
    await stand.call('UpdateAccessKey', { UserName: 'boss', AccessKeyId: boss.id, Status: 'Inactive' }, key)
    const Active = { UserName: 'boss', AccessKeyId: boss.id, Status: 'Active' }
    expect(await stand.refusal('UpdateAccessKey', Active, key)).toContain(MORE)
    await stand.call('UpdateUser', { UserName: 'boss', Disabled: true }, key)
    expect(await stand.refusal('UpdateUser', { UserName: 'boss', Disabled: false }, key)).toContain(MORE)
  })

  it('by taking away what denies, unless it may do everything', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const key = await clerk(stand)
    const boss = await stand.user('boss', allow('*'))
    await stand.call('CreateUserGroup', { GroupName: 'shut' })
    await stand.call('PutGroupPolicy', { GroupName: 'shut', PolicyName: 'no', PolicyDocument: policy(deny('kms:*')) })
    await stand.call('AddUserToGroup', { GroupName: 'shut', UserName: 'clerk' })
    const leave = { GroupName: 'shut', UserName: 'clerk' }
    const remove = { GroupName: 'shut', PolicyName: 'no' }
    expect(await stand.refusal('RemoveUserFromGroup', leave, key)).toContain(MORE)
    expect(await stand.refusal('DeleteGroupPolicy', remove, key)).toContain(MORE)
    expect(
      await stand.refusal('PutGroupPolicy', { ...remove, PolicyDocument: policy(allow('ssm:GetParameter')) }, key),
    ).toContain(MORE)
    expect(await stand.refusal('RemoveUserFromGroup', leave, boss)).toBe('OK')
    expect(await stand.refusal('DeleteGroupPolicy', remove, boss)).toBe('OK')
  })

  it('and the attempt is on record', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const key = await clerk(stand)
    await stand.refusal('AttachUserPolicy', { UserName: 'clerk', PolicyArn: ADMIN }, key)
    const denied = (await stand.api.audit()).filter(({ decision }) => decision === 'Denied')
    expect(denied).toMatchObject([
      {
        ...{ operation: 'AttachUserPolicy', action: 'iam:AttachUserPolicy', resources: [arnOf('user/clerk')] },
        why: expect.stringContaining('Nobody can give more than it has.'),
      },
    ])
  })
})
