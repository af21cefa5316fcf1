import { expect, it } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import {
  allow,
  arnOf,
  type Credentials,
  deny,
  HOME,
  openAccess,
  policy,
  type Stand,
  trust,
} from './testing/open-access.ts'

const READ = 'ListTagsForResource'
const THING = { ResourceType: 'Document', ResourceId: 'thing' }
const ROLE = arnOf('role/reader')

interface Assumed {
  readonly Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string; Expiration: number }
  readonly AssumedRoleUser: { AssumedRoleId: string; Arn: string }
}

const credentialsOf = ({ Credentials: { AccessKeyId, SecretAccessKey, SessionToken } }: Assumed): Credentials => ({
  id: AccessKeyId,
  secret: SecretAccessKey,
  token: SessionToken,
})

async function assume(stand: Stand, key: Credentials, more: object = {}): Promise<Credentials> {
  const input = { RoleArn: ROLE, RoleSessionName: 'work', ...more }
  return credentialsOf((await stand.call('AssumeRole', input, key)) as unknown as Assumed)
}

/** A role `reader` that may list tags, trusted by what is given. */
async function makeRole(stand: Stand, document: string): Promise<void> {
  await stand.call('CreateRole', { RoleName: 'reader', AssumeRolePolicyDocument: document })
  await stand.call('PutRolePolicy', {
    ...{ RoleName: 'reader', PolicyName: 'read', PolicyDocument: policy(allow('ssm:List*')) },
  })
}

const codeOf = async (stand: Stand, key: Credentials): Promise<string> =>
  (await stand.refusal(READ, THING, key)).split(':')[0] as string

describeStores('a role', (openStore) => {
  it('is made, shown, changed and removed', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const document = trust(HOME.accountId)
    const input = { RoleName: 'reader', Path: '/team/', AssumeRolePolicyDocument: document, Description: 'Reads.' }
    const made = await stand.call('CreateRole', input)
    expect(made).toMatchObject({
      Role: {
        ...{ RoleName: 'reader', Path: '/team/', Arn: arnOf('role/team/reader'), Description: 'Reads.' },
        ...{ AssumeRolePolicyDocument: document, MaxSessionDuration: 3600 },
        RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
      },
    })
    await stand.call('UpdateRole', { RoleName: 'reader', MaxSessionDuration: 7200 })
    await stand.call('TagRole', { RoleName: 'reader', Tags: [{ Key: 'a', Value: '' }] })
    expect(await stand.call('GetRole', { RoleName: 'reader' })).toMatchObject({
      Role: { MaxSessionDuration: 7200, Description: 'Reads.', Tags: [{ Key: 'a', Value: '' }] },
    })
    expect(await stand.call('ListRoles', { PathPrefix: '/team/' })).toMatchObject({ Roles: [{ RoleName: 'reader' }] })
    expect(await stand.call('DeleteRole', { RoleName: 'reader' })).toEqual({})
    expect(await stand.refusal('GetRole', { RoleName: 'reader' })).toBe(
      'NoSuchEntity: The role with name reader cannot be found.',
    )
    expect(await stand.refusal('DeleteRole', { RoleName: 'MusterNode' })).toContain('UnmodifiableEntity')
  })

  it('trusts only who there is', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const make = (document: string) =>
      stand.refusal('CreateRole', { RoleName: 'reader', AssumeRolePolicyDocument: document })
    expect(await make(trust(arnOf('user/nobody')))).toBe(
      `MalformedPolicyDocument: Invalid principal in policy: "AWS":"${arnOf('user/nobody')}"`,
    )
    expect(await make(trust('111111111111'))).toContain('MalformedPolicyDocument: Invalid principal in policy')
    expect(await make(policy(allow('*')))).toContain('MalformedPolicyDocument')
    expect(await make('{')).toContain('MalformedPolicyDocument')
  })
})

describeStores('AssumeRole', (openStore) => {
  it('gives credentials of the role to whom it names, as an assumed-role principal', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const ann = await stand.user('ann')
    await makeRole(stand, trust(arnOf('user/ann')))
    const answer = await stand.call('AssumeRole', { RoleArn: ROLE, RoleSessionName: 'work' }, ann)
    expect(answer).toMatchObject({
      Credentials: {
        AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
        Expiration: stand.clock.now() / 1000 + 3600,
      },
      AssumedRoleUser: {
        AssumedRoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}:work$/),
        Arn: `arn:aws:sts::${HOME.accountId}:assumed-role/reader/work`,
      },
    })
    const session = credentialsOf(answer as unknown as Assumed)
    expect([await codeOf(stand, ann), await codeOf(stand, session)]).toEqual(['AccessDeniedException', 'OK'])
    expect(await stand.call('GetCallerIdentity', {}, session)).toMatchObject({
      Arn: `arn:aws:sts::${HOME.accountId}:assumed-role/reader/work`,
    })
    const { token: _, ...withoutToken } = session
    expect(await codeOf(stand, withoutToken)).toBe('UnrecognizedClientException')
    expect(await codeOf(stand, { ...session, token: `${session.token?.slice(0, -8)}AAAAAAAA` })).toBe(
      'UnrecognizedClientException',
    )
    expect(await codeOf(stand, { ...ann, token: session.token as string })).toBe('UnrecognizedClientException')
  })

  it('refuses whom the role does not name, and whom it names by the account without a right of its own', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const [ann, bob] = [await stand.user('ann'), await stand.user('bob', allow('sts:AssumeRole', ROLE))]
    await makeRole(stand, trust(HOME.accountId))
    const refusal = (key: Credentials, more: object = {}) =>
      stand.refusal('AssumeRole', { RoleArn: ROLE, RoleSessionName: 'work', ...more }, key)
    expect(await refusal(ann)).toBe(
      `AccessDeniedException: User: ${arnOf('user/ann')} is not authorized to perform: sts:AssumeRole on resource: ${ROLE}`,
    )
    expect(await refusal(bob)).toBe('OK')
    expect(await refusal(bob, { RoleArn: arnOf('role/absent') })).toContain('AccessDeniedException')
    expect(await refusal(stand.root)).toBe('AccessDeniedException: Roles may not be assumed by root accounts.')
  })

  it('obeys a Deny of the caller, also where the role names it, and the condition of an external id', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const [ann, bob] = [await stand.user('ann', deny('sts:*')), await stand.user('bob')]
    const Condition = { StringEquals: { 'sts:ExternalId': 'secret-handshake' } }
    const AWS = [arnOf('user/ann'), arnOf('user/bob')]
    await makeRole(stand, policy({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole', Condition }))
    const asked = async (key: Credentials, ExternalId?: string) =>
      (await stand.refusal('AssumeRole', { RoleArn: ROLE, RoleSessionName: 'work', ExternalId }, key)).split(':')[0]
    expect(await asked(bob)).toBe('AccessDeniedException')
    expect(await asked(bob, 'secret-handshake')).toBe('OK')
    expect(await asked(ann, 'secret-handshake')).toBe('AccessDeniedException')
  })

  it('does not let in a new user of an old name', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const ann = await stand.user('ann')
    await makeRole(stand, trust(arnOf('user/ann')))
    await stand.call('DeleteAccessKey', { UserName: 'ann', AccessKeyId: ann.id })
    await stand.call('DeleteUser', { UserName: 'ann' })
    const again = await stand.user('ann')
    expect(await stand.refusal('AssumeRole', { RoleArn: ROLE, RoleSessionName: 'work' }, again)).toContain(
      'AccessDeniedException',
    )
  })

  it('narrows a session by the policies that it is asked for with', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const ann = await stand.user('ann')
    await makeRole(stand, trust(arnOf('user/ann')))
    const { Policy: managed } = (await stand.call('CreatePolicy', {
      ...{ PolicyName: 'other', PolicyDocument: policy(allow('ssm:Get*')) },
    })) as { Policy: { Arn: string } }
    expect(await codeOf(stand, await assume(stand, ann, { Policy: policy(allow('ssm:ListTags*')) }))).toBe('OK')
    expect(await codeOf(stand, await assume(stand, ann, { Policy: policy(allow('ssm:Get*')) }))).toBe(
      'AccessDeniedException',
    )
    expect(await codeOf(stand, await assume(stand, ann, { PolicyArns: [{ arn: managed.Arn }] }))).toBe(
      'AccessDeniedException',
    )
    const refused = { RoleArn: ROLE, RoleSessionName: 'work', Tags: [{ Key: 'a', Value: 'b' }] }
    expect(await stand.refusal('AssumeRole', refused, ann)).toContain('ValidationException: Sessions have no tags')
  })

  it('keeps to the longest time of the role, and to an hour from role to role', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const ann = await stand.user('ann')
    await makeRole(stand, trust([arnOf('user/ann'), HOME.accountId]))
    await stand.call('PutRolePolicy', {
      ...{ RoleName: 'reader', PolicyName: 'again', PolicyDocument: policy(allow('sts:AssumeRole')) },
    })
    const ask = (DurationSeconds: number, key: Credentials) =>
      stand.refusal('AssumeRole', { RoleArn: ROLE, RoleSessionName: 'work', DurationSeconds }, key)
    expect(await ask(3601, ann)).toBe(
      'ValidationException: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    )
    await stand.call('UpdateRole', { RoleName: 'reader', MaxSessionDuration: 7200 })
    expect(await ask(7200, ann)).toBe('OK')
    const session = await assume(stand, ann)
    expect(await ask(3601, session)).toContain('1 hour session limit for roles assumed by role chaining')
    expect(await ask(3600, session)).toBe('OK')
  })
})

describeStores('temporary credentials', (openStore) => {
  it('run out with the text of the service', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const ann = await stand.user('ann')
    await makeRole(stand, trust(arnOf('user/ann')))
    const session = await assume(stand, ann, { DurationSeconds: 900 })
    stand.clock.advance(899_000)
    expect(await codeOf(stand, session)).toBe('OK')
    stand.clock.advance(1_000)
    expect(await stand.refusal(READ, THING, session)).toBe(
      'ExpiredTokenException: The security token included in the request is expired',
    )
  })

  it.each([
    ['the user is disabled', 'UpdateUser', { UserName: 'ann', Disabled: true }],
    ['the key is made inactive', 'UpdateAccessKey', { UserName: 'ann', Status: 'Inactive' }],
    ['the key is removed', 'DeleteAccessKey', { UserName: 'ann' }],
  ])('are refused at once when %s that they came from', async (_what, name, input) => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const ann = await stand.user('ann')
    await makeRole(stand, trust(arnOf('user/ann')))
    const session = await assume(stand, ann)
    expect(await codeOf(stand, session)).toBe('OK')
    await stand.call(name, name === 'UpdateUser' ? input : { ...input, AccessKeyId: ann.id })
    expect(await codeOf(stand, session)).toBe('UnrecognizedClientException')
  })

  it('are refused at once when the role is removed', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const ann = await stand.user('ann')
    await makeRole(stand, trust(arnOf('user/ann')))
    const session = await assume(stand, ann)
    await stand.call('DeleteRolePolicy', { RoleName: 'reader', PolicyName: 'read' })
    expect(await codeOf(stand, session)).toBe('AccessDeniedException')
    await stand.call('DeleteRole', { RoleName: 'reader' })
    expect(await codeOf(stand, session)).toBe('UnrecognizedClientException')
  })

  it('of a user are its own, by its own key only', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const ann = await stand.user('ann', allow('ssm:*'))
    const session = credentialsOf((await stand.call('GetSessionToken', {}, ann)) as unknown as Assumed)
    expect(await codeOf(stand, session)).toBe('OK')
    expect(await stand.call('GetCallerIdentity', {}, session)).toMatchObject({ Arn: arnOf('user/ann') })
    expect(await stand.refusal('GetSessionToken', {}, session)).toBe(
      'AccessDeniedException: Cannot call GetSessionToken with session credentials',
    )
    expect(await stand.call('GetAccessKeyInfo', { AccessKeyId: session.id })).toEqual({ Account: HOME.accountId })
    expect(await stand.refusal('GetAccessKeyInfo', { AccessKeyId: 'ASIAAAAAAAAAAAAAAAAA' })).toContain('NoSuchEntity')
  })

  it('are nowhere in the store', async () => {
    await using db = await openStore()
    await using stand = await openAccess(db)
    const ann = await stand.user('ann')
    await makeRole(stand, trust(arnOf('user/ann')))
    const session = await assume(stand, ann)
    const audited = await stand.api.audit()
    expect(audited.filter(({ operation }) => operation === 'AssumeRole')).toMatchObject([
      { decision: 'Allowed', resources: [ROLE], caller: { arn: arnOf('user/ann') } },
    ])
    expect(JSON.stringify(audited)).not.toContain(session.secret)
  })
})
