import { expect, it } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { allow, arnOf, deny, openAccess, policy } from './testing/open-access.ts'

const READ = 'ListTagsForResource'
const THING = { ResourceType: 'Document', ResourceId: 'thing' }

describeStores('a user', (openStore) => {
  it('is made, shown, renamed, tagged and listed by pages', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const Tags = [{ Key: 'Team', Value: 'red' }]
    const made = await stand.call('CreateUser', { UserName: 'ann', Path: '/staff/', Tags })
    const shown = { UserName: 'ann', Path: '/staff/', Arn: arnOf('user/staff/ann'), Tags }
    expect(made).toMatchObject({ User: { ...shown, UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/) } })
    expect(await stand.call('GetUser', { UserName: 'ann' })).toEqual(made)
    await stand.call('TagUser', { UserName: 'ann', Tags: [{ Key: 'team', Value: 'blue' }] })
    expect(await stand.call('ListUserTags', { UserName: 'ann' })).toMatchObject({
      Tags: [{ Key: 'team', Value: 'blue' }],
      IsTruncated: false,
    })
    await stand.call('UntagUser', { UserName: 'ann', TagKeys: ['TEAM'] })
    await stand.call('UpdateUser', { UserName: 'ann', NewUserName: 'Anna', NewPath: '/' })
    expect(await stand.refusal('GetUser', { UserName: 'ann' })).toBe(
      'NoSuchEntity: The user with name ann cannot be found.',
    )
    await stand.call('CreateUser', { UserName: 'bob' })
    await stand.call('CreateUser', { UserName: 'cid', Path: '/staff/' })
    const first = await stand.call('ListUsers', { MaxItems: 2 })
    expect(first).toMatchObject({ Users: [{ UserName: 'Anna' }, { UserName: 'bob' }], IsTruncated: true })
    expect(await stand.call('ListUsers', { MaxItems: 2, Marker: first['Marker'] })).toMatchObject({
      Users: [{ UserName: 'cid' }],
      IsTruncated: false,
    })
    expect(await stand.call('ListUsers', { PathPrefix: '/staff/' })).toMatchObject({ Users: [{ UserName: 'cid' }] })
    expect(await stand.refusal('ListUsers', { MaxItems: 3, Marker: 'made-up' })).toBe(
      'ValidationException: Invalid Marker.',
    )
  })

  it('has a name that nobody else has in any case, and goes only when nothing hangs on it', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const key = await stand.user('ann', allow('ssm:*'))
    expect(await stand.refusal('CreateUser', { UserName: 'ANN' })).toBe(
      'EntityAlreadyExists: User with name ANN already exists.',
    )
    await stand.call('CreateUserGroup', { GroupName: 'staff' })
    await stand.call('AddUserToGroup', { GroupName: 'staff', UserName: 'ann' })
    await stand.call('AttachUserPolicy', { UserName: 'ann', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' })
    const refused = async () => stand.refusal('DeleteUser', { UserName: 'ann' })
    expect(await refused()).toBe('DeleteConflict: Cannot delete entity, must delete access keys first.')
    await stand.call('DeleteAccessKey', { UserName: 'ann', AccessKeyId: key.id })
    expect(await refused()).toBe('DeleteConflict: Cannot delete entity, must detach all policies first.')
    await stand.call('DetachUserPolicy', { UserName: 'ann', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' })
    expect(await refused()).toBe('DeleteConflict: Cannot delete entity, must delete policies first.')
    await stand.call('DeleteUserPolicy', { UserName: 'ann', PolicyName: 'own' })
    expect(await refused()).toBe('DeleteConflict: Cannot delete entity, must remove users from group first.')
    await stand.call('RemoveUserFromGroup', { GroupName: 'staff', UserName: 'ann' })
    expect(await refused()).toBe('OK')
    expect(await stand.call('GetUserGroup', { GroupName: 'staff' })).toMatchObject({ Users: [] })
  })

  it('may do what its policies and those of its groups allow, from the moment that they change', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const ann = await stand.user('ann')
    const may = async () => (await stand.refusal(READ, THING, ann)).split(':')[0]
    expect(await may()).toBe('AccessDeniedException')
    await stand.call('CreateUserGroup', { GroupName: 'staff' })
    await stand.call('PutGroupPolicy', {
      ...{ GroupName: 'staff', PolicyName: 'read', PolicyDocument: policy(allow('ssm:List*')) },
    })
    await stand.call('AddUserToGroup', { GroupName: 'staff', UserName: 'ann' })
    expect(await may()).toBe('OK')
    await stand.call('PutUserPolicy', {
      ...{ UserName: 'ann', PolicyName: 'no', PolicyDocument: policy(deny('ssm:ListTags*')) },
    })
    expect(await may()).toBe('AccessDeniedException')
    await stand.call('DeleteUserPolicy', { UserName: 'ann', PolicyName: 'no' })
    expect(await may()).toBe('OK')
    await stand.call('RemoveUserFromGroup', { GroupName: 'staff', UserName: 'ann' })
    expect(await may()).toBe('AccessDeniedException')
  })

  it('is told of itself without a name, and needs the right to it', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const ann = await stand.user('ann', allow('iam:GetUser', arnOf('user/ann')))
    expect(await stand.call('GetUser', {}, ann)).toMatchObject({ User: { UserName: 'ann' } })
    expect(await stand.refusal('GetUser', { UserName: 'bob' }, ann)).toBe(
      `AccessDeniedException: User: ${arnOf('user/ann')} is not authorized to perform: iam:GetUser on resource: ${arnOf('user/bob')} because no identity-based policy allows the iam:GetUser action`,
    )
    expect(await stand.call('GetUser', {})).toMatchObject({ User: { Arn: arnOf('root') } })
  })
})

describeStores('an access key', (openStore) => {
  it('shows its secret once, is refused while it is inactive, and again once it is gone', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const ann = await stand.user('ann', allow('ssm:*'))
    const status = async () => (await stand.refusal(READ, THING, ann)).split(':')[0]
    expect(await status()).toBe('OK')
    const list = await stand.call('ListAccessKeys', { UserName: 'ann' })
    expect(list).toMatchObject({ AccessKeyMetadata: [{ AccessKeyId: ann.id, Status: 'Active', UserName: 'ann' }] })
    expect(JSON.stringify(list)).not.toContain(ann.secret)
    const set = (Status: string) => stand.call('UpdateAccessKey', { UserName: 'ann', AccessKeyId: ann.id, Status })
    await set('Inactive')
    expect(await status()).toBe('UnrecognizedClientException')
    await set('Active')
    expect(await status()).toBe('OK')
    await stand.call('CreateAccessKey', { UserName: 'ann' })
    expect(await stand.refusal('CreateAccessKey', { UserName: 'ann' })).toBe(
      'LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2',
    )
    await stand.call('DeleteAccessKey', { UserName: 'ann', AccessKeyId: ann.id })
    expect(await status()).toBe('UnrecognizedClientException')
    expect(await stand.refusal('DeleteAccessKey', { UserName: 'ann', AccessKeyId: stand.root.id })).toBe(
      `NoSuchEntity: The Access Key with id ${stand.root.id} cannot be found.`,
    )
  })

  it('says when it was last used', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const ann = await stand.user('ann')
    const lastUsed = () => stand.call('GetAccessKeyLastUsed', { AccessKeyId: ann.id })
    expect(await lastUsed()).toEqual({ UserName: 'ann', AccessKeyLastUsed: { ServiceName: 'N/A', Region: 'N/A' } })
    await stand.refusal(READ, THING, ann)
    for (const sweep of stand.access.sweeps) await sweep.run(new AbortController().signal)
    expect(await lastUsed()).toMatchObject({ AccessKeyLastUsed: { LastUsedDate: stand.clock.now() / 1000 } })
  })

  it('is refused with its user disabled, and good again with it enabled', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const ann = await stand.user('ann', allow('ssm:*'))
    const status = async () => (await stand.refusal(READ, THING, ann)).split(':')[0]
    expect(await status()).toBe('OK')
    await stand.call('UpdateUser', { UserName: 'ann', Disabled: true })
    expect(await status()).toBe('UnrecognizedClientException')
    expect(await stand.call('GetUser', { UserName: 'ann' })).toMatchObject({ User: { Disabled: true } })
    await stand.call('UpdateUser', { UserName: 'ann', Disabled: false })
    expect(await status()).toBe('OK')
  })
})

describeStores('what another controller changes', (openStore) => {
  it('is known here within five seconds', async () => {
    await using db = await openStore()
    await using here = await openAccess(db)
    const ann = await here.user('ann', allow('ssm:*'))
    const status = async () => (await here.refusal(READ, THING, ann)).split(':')[0]
    expect(await status()).toBe('OK')
    // As another controller would: in the store, past everything that is remembered here.
    type Keys = { access_key: { id: string; status: string } }
    await db.write(async (tx) => {
      await tx
        .withTables<Keys>()
        .updateTable('access_key')
        .set({ status: 'Inactive' })
        .where('id', '=', ann.id)
        .execute()
    })
    here.clock.advance(5_000)
    expect(await status()).toBe('UnrecognizedClientException')
  })
})
