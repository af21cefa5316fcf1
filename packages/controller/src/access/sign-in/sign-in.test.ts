import { expect, test } from 'vitest'
import { arnOf, policy } from '#access/testing/open-access.ts'
import { describeStores } from '#db/testing/stores.ts'
import { openSignIns, PASSWORD, textOf } from './testing/open-sign-ins.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const REFUSED = 'SignInRefused: The user name, the password or the code is not right.'
const UNKNOWN = 'UnrecognizedClientException: The security token included in the request is invalid.'
const OTHER = 'another fine password'

describeStores('a user who signs in', (openStore) => {
  test('gets a token without having had any, and acts as itself with it', async () => {
    await using db = await openStore()
    await using stand = await openSignIns(db)
    await stand.user('ann', 'iam:GetUser')
    const reply = await stand.ask('SignIn', { UserName: 'ann', Password: PASSWORD })
    expect(reply.json).toMatchObject({ UserName: 'ann', MFAPresent: false, PasswordResetRequired: false })
    const token = String(reply.json['Token'])
    expect((await stand.ask('GetUser', {}, token)).json).toMatchObject({ User: { Arn: arnOf('user/ann') } })
    expect(textOf(await stand.ask('ListUsers', {}, token))).toContain('AccessDeniedException')
    expect(await stand.audited('SignIn')).toMatchObject([
      { PrincipalArn: arnOf('user/ann'), Session: reply.json['SignInId'], Decision: 'Allowed', Result: 'OK' },
    ])
  })

  test.each([
    ['a wrong password', { Password: 'not the password' }, 'WrongPassword'],
    ['a name that nobody has', { UserName: 'nobody' }, 'UnknownUser'],
    ['a name without a password', { UserName: 'keys-only' }, 'NoPassword'],
  ])('is told the same for %s; why is in the audit trail, and no password is', async (_what, input, Why) => {
    await using db = await openStore()
    await using stand = await openSignIns(db)
    await stand.user('ann')
    await stand.call('CreateUser', { UserName: 'keys-only' })
    expect(textOf(await stand.ask('SignIn', { UserName: 'ann', Password: PASSWORD, ...input }))).toBe(REFUSED)
    const events = await stand.audited('SignIn')
    expect(events).toMatchObject([{ Decision: 'Denied', Result: 'SignInRefused', Why }])
    expect(JSON.stringify(events)).not.toMatch(/nobody|not the password|correct horse/)
  })

  test('is signed out after half an hour without a call, also when its calls were not written down yet', async () => {
    await using db = await openStore()
    await using stand = await openSignIns(db)
    await stand.user('ann', 'iam:GetUser')
    const token = await stand.token()
    for (let round = 0; round < 3; round++) {
      await stand.clock.advance(29 * MINUTE)
      expect(textOf(await stand.ask('GetUser', {}, token))).toBe('OK')
    }
    await stand.clock.advance(30 * MINUTE)
    expect(textOf(await stand.ask('GetUser', {}, token))).toBe(UNKNOWN)
  })

  test('is signed out after twelve hours, however busy', async () => {
    await using db = await openStore()
    await using stand = await openSignIns(db)
    await stand.user('ann', 'iam:GetUser')
    const token = await stand.token()
    const [notes] = stand.signIns.sweeps
    for (let spent = 0; spent < 12 * HOUR - 20 * MINUTE; spent += 20 * MINUTE) {
      await stand.clock.advance(20 * MINUTE)
      expect(textOf(await stand.ask('GetUser', {}, token))).toBe('OK')
      await notes?.run(new AbortController().signal)
    }
    await stand.clock.advance(20 * MINUTE)
    expect(textOf(await stand.ask('GetUser', {}, token))).toBe(UNKNOWN)
  })

  test('signs out, and is seen and signed out by others', async () => {
    await using db = await openStore()
    await using stand = await openSignIns(db)
    await stand.user('ann', 'muster:ListSignIns', 'muster:RevokeSignIns')
    const [one, two, three] = [await stand.token(), await stand.token(), await stand.token()]
    expect(textOf(await stand.ask('SignOut', {}, one))).toBe('OK')
    expect(textOf(await stand.ask('ListSignIns', {}, one))).toBe(UNKNOWN)
    const { SignIns } = (await stand.ask('ListSignIns', {}, two)).json as {
      SignIns: { SignInId: string; Current: boolean }[]
    }
    expect(SignIns.map(({ Current }) => Current).sort()).toEqual([false, true])
    const other = SignIns.find(({ Current }) => !Current)
    expect((await stand.ask('RevokeSignIns', { SignInId: other?.SignInId }, two)).json).toEqual({ RevokedCount: 1 })
    expect(textOf(await stand.ask('ListSignIns', {}, three))).toBe(UNKNOWN)
    expect(await stand.call('RevokeSignIns', { UserName: 'ann' })).toEqual({ RevokedCount: 1 })
    expect(textOf(await stand.ask('ListSignIns', {}, two))).toBe(UNKNOWN)
    expect(await stand.refusal('RevokeSignIns', { UserName: 'ann', SignInId: other?.SignInId })).toBe(
      `NoSuchEntity: The sign-in with id ${other?.SignInId} cannot be found.`,
    )
    expect(await stand.refusal('SignOut', {})).toBe('InvalidInput: This call does not come from a sign-in.')
  })

  test('has to wait after five wrong passwords, twice as long each time, from that source and for that name alone', async () => {
    await using db = await openStore()
    await using stand = await openSignIns(db)
    await stand.user('ann')
    await stand.user('bob')
    const wrong = async (UserName = 'ann') => textOf(await stand.ask('SignIn', { UserName, Password: 'wrong guess' }))
    for (let tries = 0; tries < 5; tries++) expect(await wrong()).toBe(REFUSED)
    expect(await wrong()).toBe('ThrottlingException: Too many passwords were tried: try again in 1 s.')
    await stand.clock.advance(1000)
    expect(await wrong()).toBe(REFUSED)
    expect(await wrong()).toBe('ThrottlingException: Too many passwords were tried: try again in 2 s.')
    expect(textOf(await stand.ask('SignIn', { UserName: 'bob', Password: PASSWORD }))).toBe('OK')
    await stand.clock.advance(2000)
    await stand.token()
    expect(await wrong()).toBe(REFUSED)
    for (let tries = 0; tries < 5; tries++) await wrong('nobody')
    expect(await wrong('nobody')).toBe('ThrottlingException: Too many passwords were tried: try again in 1 s.')
  })
})

describeStores('a password', (openStore) => {
  test('is made, shown without itself, changed by others and taken away, which ends what was signed in by it', async () => {
    await using db = await openStore()
    await using stand = await openSignIns(db)
    await stand.user('ann', 'iam:GetUser')
    const shown = { LoginProfile: { UserName: 'ann', CreateDate: expect.any(Number), PasswordResetRequired: false } }
    expect(await stand.call('GetLoginProfile', { UserName: 'ann' })).toEqual(shown)
    expect(await stand.refusal('CreateLoginProfile', { UserName: 'ann', Password: OTHER })).toBe(
      'EntityAlreadyExists: Login Profile for user ann already exists.',
    )
    const token = await stand.token()
    await stand.call('UpdateLoginProfile', { UserName: 'ann', Password: OTHER })
    expect(textOf(await stand.ask('GetUser', {}, token))).toBe(UNKNOWN)
    expect(textOf(await stand.ask('SignIn', { UserName: 'ann', Password: PASSWORD }))).toBe(REFUSED)
    const renewed = await stand.token({ Password: OTHER })
    expect(await stand.refusal('DeleteUser', { UserName: 'ann' })).toBe(
      'DeleteConflict: Cannot delete entity, must delete login profile first.',
    )
    await stand.call('DeleteLoginProfile', { UserName: 'ann' })
    expect(textOf(await stand.ask('GetUser', {}, renewed))).toBe(UNKNOWN)
    expect(await stand.refusal('GetLoginProfile', { UserName: 'ann' })).toBe(
      'NoSuchEntity: Login Profile for User ann cannot be found.',
    )
  })

  test('is changed by its user, who stays signed in while its other sign-ins end', async () => {
    await using db = await openStore()
    await using stand = await openSignIns(db)
    await stand.user('ann', 'iam:GetUser')
    const [here, there] = [await stand.token(), await stand.token()]
    expect(
      textOf(await stand.ask('ChangePassword', { OldPassword: OTHER, NewPassword: 'a third password' }, here)),
    ).toBe('SignInRefused: The old password is not right.')
    expect(textOf(await stand.ask('ChangePassword', { OldPassword: PASSWORD, NewPassword: OTHER }, here))).toBe('OK')
    expect(textOf(await stand.ask('GetUser', {}, here))).toBe('OK')
    expect(textOf(await stand.ask('GetUser', {}, there))).toBe(UNKNOWN)
    await stand.token({ Password: OTHER })
    expect(await stand.audited('ChangePassword')).toMatchObject([{ Result: 'OK' }, { Why: 'WrongPassword' }])
    expect(await stand.refusal('ChangePassword', { OldPassword: PASSWORD, NewPassword: OTHER })).toBe(
      'InvalidUserType: Only users have passwords.',
    )
  })

  test('that has to be changed lets its user do nothing else before', async () => {
    await using db = await openStore()
    await using stand = await openSignIns(db)
    await stand.user('ann', 'iam:GetUser')
    await stand.call('UpdateLoginProfile', { UserName: 'ann', PasswordResetRequired: true })
    const token = await stand.token()
    expect(textOf(await stand.ask('GetUser', {}, token))).toContain('AccessDeniedException')
    expect(textOf(await stand.ask('ChangePassword', { OldPassword: PASSWORD, NewPassword: OTHER }, token))).toBe('OK')
    expect(textOf(await stand.ask('GetUser', {}, token))).toBe('OK')
  })

  test.each([
    ['short', 'Password should have a minimum length of 8.'],
    ['aaaaaaaaaa', 'Password should have at least 4 different characters.'],
    ['my name is Anna!', 'Password should not contain the name of its user.'],
    ['a\u0007bcdefgh', 'Password should have no control characters.'],
  ])('%j is refused with its reason', async (Password, reason) => {
    await using db = await openStore()
    await using stand = await openSignIns(db)
    await stand.call('CreateUser', { UserName: 'anna' })
    expect(await stand.refusal('CreateLoginProfile', { UserName: 'anna', Password })).toBe(
      `PasswordPolicyViolation: ${reason}`,
    )
  })

  test('of one who may do more is set by nobody who may do less', async () => {
    await using db = await openStore()
    await using stand = await openSignIns(db)
    await stand.user('ann', 'iam:*LoginProfile')
    await stand.user('boss', 'ssm:*')
    const token = await stand.token()
    const input = { UserName: 'boss', Password: OTHER }
    expect(textOf(await stand.ask('UpdateLoginProfile', input, token))).toContain('Nobody can give more than it has.')
  })

  test('is nowhere in the database, nor is a token, a code or a seed', async () => {
    await using db = await openStore()
    await using stand = await openSignIns(db)
    await stand.user('ann')
    const code = await stand.device('ann')
    await stand.clock.advance(MINUTE)
    const token = await stand.token({ MFACode: code() })
    type Rows = { access_login: object; access_mfa_device: object; access_sign_in: object; audit_event: object }
    const tables = db.read.withTables<Rows>()
    for (const table of ['access_login', 'access_mfa_device', 'access_sign_in', 'audit_event'] as const) {
      const text = (await tables.selectFrom(table).selectAll().execute())
        .flatMap((row) => Object.values(row))
        .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)))
        .join('\n')
      expect(text).not.toMatch(/correct horse|argon2id/)
      expect(text).not.toContain(token)
    }
  })
})

describeStores('a device for one-time codes', (openStore) => {
  test('is needed at each sign-in once it is enabled, and policies know that it was', async () => {
    await using db = await openStore()
    await using stand = await openSignIns(db)
    await stand.user('ann')
    await stand.call('PutUserPolicy', {
      ...{ UserName: 'ann', PolicyName: 'own' },
      PolicyDocument: policy({
        ...{ Effect: 'Allow', Action: 'iam:GetUser', Resource: '*' },
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      }),
    })
    expect(textOf(await stand.ask('GetUser', {}, await stand.token()))).toContain('AccessDeniedException')
    const code = await stand.device('ann')
    expect(await stand.call('ListMFADevices', { UserName: 'ann' })).toMatchObject({
      MFADevices: [{ UserName: 'ann', SerialNumber: arnOf('mfa/ann-phone') }],
    })
    await stand.clock.advance(MINUTE)
    expect(textOf(await stand.ask('SignIn', { UserName: 'ann', Password: PASSWORD }))).toBe(REFUSED)
    const token = await stand.token({ MFACode: code() })
    expect(textOf(await stand.ask('GetUser', {}, token))).toBe('OK')
  })

  test('has codes that serve once, one step early or late, and no further', async () => {
    await using db = await openStore()
    await using stand = await openSignIns(db)
    await stand.user('ann')
    const code = await stand.device('ann')
    const attempt = async (MFACode: string) =>
      textOf(await stand.ask('SignIn', { UserName: 'ann', Password: PASSWORD, MFACode }))
    await stand.clock.advance(5 * MINUTE)
    expect(await attempt(code(-2))).toBe(REFUSED)
    expect(await attempt(code(2))).toBe(REFUSED)
    expect(await attempt(code(-1))).toBe('OK')
    expect(await attempt(code(-1))).toBe(REFUSED)
    expect(await attempt(code(1))).toBe('OK')
    expect(await attempt(code())).toBe(REFUSED)
    expect((await stand.audited('SignIn'))[0]).toMatchObject({ Why: 'WrongCode' })
  })

  test('is enabled by two codes that follow one another, and freed before it can go', async () => {
    await using db = await openStore()
    await using stand = await openSignIns(db)
    await stand.user('ann')
    const { VirtualMFADevice } = (await stand.call('CreateVirtualMFADevice', { VirtualMFADeviceName: 'key' })) as {
      VirtualMFADevice: { SerialNumber: string; Uri: string }
    }
    const { SerialNumber, Uri } = VirtualMFADevice
    expect(Uri).toMatch(/^otpauth:\/\/totp\/Muster%3Akey%40210987654321\?secret=[A-Z2-7]{32}&issuer=Muster$/)
    const codes = { AuthenticationCode1: '000000', AuthenticationCode2: '000000' }
    expect(await stand.refusal('EnableMFADevice', { UserName: 'ann', SerialNumber, ...codes })).toBe(
      'InvalidAuthenticationCode: Authentication codes for device are not valid: give two that follow one another.',
    )
    await stand.device('ann')
    const phone = { SerialNumber: arnOf('mfa/ann-phone') }
    expect(await stand.refusal('DeleteVirtualMFADevice', phone)).toBe(
      'DeleteConflict: The device is in use: deactivate it first.',
    )
    await stand.call('DeactivateMFADevice', { UserName: 'ann', ...phone })
    await stand.call('DeleteVirtualMFADevice', phone)
    await stand.token()
    expect(await stand.refusal('DeleteVirtualMFADevice', phone)).toBe(
      `NoSuchEntity: VirtualMFADevice with serial number ${phone.SerialNumber} does not exist.`,
    )
  })
})
