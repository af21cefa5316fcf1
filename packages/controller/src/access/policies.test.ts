import { expect, it } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { allow, arnOf, openAccess, policy } from './testing/open-access.ts'

const ARN = arnOf('policy/team/read')
const READY = 'arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess'

describeStores('a managed policy', (openStore) => {
  it('has up to five versions, of which one holds', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const document = (action: string) => policy(allow(action))
    expect(
      await stand.call('CreatePolicy', { PolicyName: 'read', Path: '/team/', PolicyDocument: document('ssm:Get*') }),
    ).toMatchObject({ Policy: { Arn: ARN, DefaultVersionId: 'v1', AttachmentCount: 0, IsAttachable: true } })
    expect(await stand.refusal('CreatePolicy', { PolicyName: 'READ', PolicyDocument: document('*') })).toBe(
      'EntityAlreadyExists: A policy called READ already exists. Duplicate names are not allowed.',
    )
    for (const action of ['ssm:A*', 'ssm:B*', 'ssm:C*', 'ssm:D*'])
      await stand.call('CreatePolicyVersion', { PolicyArn: ARN, PolicyDocument: document(action) })
    expect(await stand.refusal('CreatePolicyVersion', { PolicyArn: ARN, PolicyDocument: document('*') })).toContain(
      'LimitExceeded: A managed policy can have up to 5 versions.',
    )
    expect(await stand.refusal('DeletePolicyVersion', { PolicyArn: ARN, VersionId: 'v1' })).toBe(
      'DeleteConflict: Cannot delete the default version of a policy.',
    )
    await stand.call('SetDefaultPolicyVersion', { PolicyArn: ARN, VersionId: 'v5' })
    await stand.call('DeletePolicyVersion', { PolicyArn: ARN, VersionId: 'v1' })
    await stand.call('CreatePolicyVersion', { PolicyArn: ARN, PolicyDocument: document('ssm:E*') })
    const { Versions } = (await stand.call('ListPolicyVersions', { PolicyArn: ARN })) as { Versions: object[] }
    expect(Versions).toMatchObject(
      [6, 5, 4, 3, 2].map((version) => ({ VersionId: `v${version}`, IsDefaultVersion: version === 5 })),
    )
    expect(await stand.call('GetPolicyVersion', { PolicyArn: ARN, VersionId: 'v5' })).toMatchObject({
      PolicyVersion: { Document: document('ssm:D*'), IsDefaultVersion: true },
    })
    expect(await stand.refusal('GetPolicyVersion', { PolicyArn: ARN, VersionId: 'v1' })).toContain('NoSuchEntity')
    expect(await stand.refusal('DeletePolicy', { PolicyArn: ARN })).toContain('more than one version')
  })

  it('is attached to users, groups and roles, who are listed, and kept while it is', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const PolicyArn = arnOf('policy/read')
    await stand.call('CreatePolicy', { PolicyName: 'read', PolicyDocument: policy(allow('ssm:Get*')) })
    await stand.call('CreateUser', { UserName: 'ann' })
    await stand.call('CreateUserGroup', { GroupName: 'staff' })
    await stand.call('AttachUserPolicy', { UserName: 'ann', PolicyArn })
    await stand.call('AttachUserPolicy', { UserName: 'ann', PolicyArn })
    await stand.call('AttachGroupPolicy', { GroupName: 'staff', PolicyArn })
    await stand.call('AttachRolePolicy', { RoleName: 'MusterNode', PolicyArn })
    expect(await stand.call('GetPolicy', { PolicyArn })).toMatchObject({ Policy: { AttachmentCount: 3 } })
    expect(await stand.call('ListEntitiesForPolicy', { PolicyArn })).toMatchObject({
      PolicyGroups: [{ GroupName: 'staff' }],
      PolicyUsers: [{ UserName: 'ann' }],
      PolicyRoles: [{ RoleName: 'MusterNode' }],
    })
    expect(await stand.call('ListAttachedUserPolicies', { UserName: 'ann' })).toEqual({
      AttachedPolicies: [{ PolicyName: 'read', PolicyArn }],
      IsTruncated: false,
    })
    expect(await stand.refusal('DeletePolicy', { PolicyArn })).toBe(
      'DeleteConflict: Cannot delete a policy attached to entities.',
    )
    for (const [name, holder] of Object.entries({
      DetachUserPolicy: { UserName: 'ann' },
      DetachGroupPolicy: { GroupName: 'staff' },
      DetachRolePolicy: { RoleName: 'MusterNode' },
    }))
      await stand.call(name, { ...holder, PolicyArn })
    expect(await stand.refusal('DetachUserPolicy', { UserName: 'ann', PolicyArn })).toContain('NoSuchEntity')
    await stand.call('DeletePolicy', { PolicyArn })
    expect(await stand.refusal('GetPolicy', { PolicyArn })).toBe(`NoSuchEntity: Policy ${PolicyArn} was not found.`)
    expect(await stand.refusal('AttachUserPolicy', { UserName: 'ann', PolicyArn })).toBe(
      `NoSuchEntity: Policy ${PolicyArn} does not exist or is not attachable.`,
    )
  })

  it('that comes with the program is shown beside the others and stays as it is', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    await stand.call('CreatePolicy', { PolicyName: 'Own', PolicyDocument: policy(allow('ssm:Get*')) })
    const first = await stand.call('ListPolicies', { MaxItems: 1 })
    expect(first).toMatchObject({ Policies: [{ PolicyName: 'Own' }], IsTruncated: true })
    const second = await stand.call('ListPolicies', { MaxItems: 1, Marker: first['Marker'] })
    expect(second).toMatchObject({ Policies: [{ Arn: expect.stringContaining('iam::aws:policy/') }] })
    const all: unknown[] = []
    let Marker: unknown
    do {
      const page = await stand.call('ListPolicies', { MaxItems: 7, Marker })
      all.push(...(page['Policies'] as { Arn: string }[]).map(({ Arn }) => Arn))
      Marker = page['Marker']
    } while (Marker !== undefined)
    const whole = (await stand.call('ListPolicies', {}))['Policies'] as { Arn: string }[]
    expect(all).toEqual(whole.map(({ Arn }) => Arn))
    expect(all).toContain(READY)
    expect(await stand.call('ListPolicies', { Scope: 'Local' })).toMatchObject({ Policies: [{ PolicyName: 'Own' }] })
    expect(await stand.call('GetPolicy', { PolicyArn: READY })).toMatchObject({
      Policy: { PolicyName: 'AmazonSSMReadOnlyAccess', DefaultVersionId: 'v1' },
    })
    expect(await stand.call('GetPolicyVersion', { PolicyArn: READY, VersionId: 'v1' })).toMatchObject({
      PolicyVersion: { Document: expect.stringContaining('"Statement"') },
    })
    expect(await stand.refusal('DeletePolicy', { PolicyArn: READY })).toContain('InvalidInput')
  })
})

describeStores('an inline policy', (openStore) => {
  it('is put, shown, listed and removed, within the size that its holder may have', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    await stand.call('CreateUser', { UserName: 'ann' })
    const PolicyDocument = policy(allow('ssm:Get*'))
    await stand.call('PutUserPolicy', { UserName: 'ann', PolicyName: 'read', PolicyDocument })
    expect(await stand.call('GetUserPolicy', { UserName: 'ann', PolicyName: 'read' })).toEqual({
      ...{ UserName: 'ann', PolicyName: 'read', PolicyDocument },
    })
    expect(await stand.call('ListUserPolicies', { UserName: 'ann' })).toEqual({
      PolicyNames: ['read'],
      IsTruncated: false,
    })
    const big = (chars: number) => policy(allow(`ssm:${'a'.repeat(chars)}`))
    expect(
      await stand.refusal('PutUserPolicy', { UserName: 'ann', PolicyName: 'big', PolicyDocument: big(3000) }),
    ).toContain('LimitExceeded')
    expect(
      await stand.refusal('PutUserPolicy', { UserName: 'ann', PolicyName: 'big', PolicyDocument: big(1900) }),
    ).toBe('LimitExceeded: Maximum policy size of 2048 bytes exceeded for user ann')
    expect(
      await stand.refusal('PutUserPolicy', { UserName: 'ann', PolicyName: 'bad', PolicyDocument: '{"Statement":1}' }),
    ).toContain('MalformedPolicyDocument')
    await stand.call('DeleteUserPolicy', { UserName: 'ann', PolicyName: 'read' })
    expect(await stand.refusal('GetUserPolicy', { UserName: 'ann', PolicyName: 'read' })).toBe(
      'NoSuchEntity: The user policy with name read cannot be found.',
    )
  })
})
