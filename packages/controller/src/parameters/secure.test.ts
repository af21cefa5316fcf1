import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { ARN, openParameters, type ParametersStand } from './testing/open-parameters.ts'

const SECRET = 'correct horse battery staple'
const KEY = 'arn:aws:kms:us-east-1:123456789012:key'
const WithDecryption = true

const putSecret = (stand: ParametersStand, more: { Name?: string; KeyId?: string; Value?: string } = {}) =>
  stand.call('PutParameter', { Name: '/s/one', Value: SECRET, Type: 'SecureString', Overwrite: true, ...more })

const isBase64OfSomethingElse = (value: string | undefined): boolean =>
  value !== undefined && /^[A-Za-z0-9+/]{40,}=*$/.test(value) && !Buffer.from(value, 'base64').includes(SECRET)

/** Rows of a table, as one text. */
async function dump(stand: ParametersStand, table: string): Promise<string> {
  const rows = await stand.db.read.withTables<Record<string, object>>().selectFrom(table).selectAll().execute()
  return rows
    .flatMap((row) => Object.values(row))
    .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)))
    .join('\n')
}

describeStores('a SecureString', (openStore) => {
  const open = async () => openParameters(await openStore())

  test('is shown opened to who asks for that, and sealed to who does not', async () => {
    await using stand = await open()
    await putSecret(stand)
    const { Parameter } = await stand.call('GetParameter', { Name: '/s/one', WithDecryption })
    expect(Parameter).toMatchObject({ Type: 'SecureString', Value: SECRET, Version: 1 })
    const sealed = await stand.call('GetParameter', { Name: '/s/one' })
    expect(isBase64OfSomethingElse(sealed.Parameter?.Value)).toBe(true)
    const lists = [
      await stand.call('GetParameters', { Names: ['/s/one'], WithDecryption }),
      await stand.call('GetParametersByPath', { Path: '/s', WithDecryption }),
      await stand.call('GetParameterHistory', { Name: '/s/one', WithDecryption }),
    ]
    expect(lists.map(({ Parameters }) => Parameters?.[0]?.Value)).toEqual([SECRET, SECRET, SECRET])
    const hidden = [
      await stand.call('GetParameters', { Names: ['/s/one'] }),
      await stand.call('GetParametersByPath', { Path: '/s' }),
      await stand.call('GetParameterHistory', { Name: '/s/one' }),
    ]
    expect(hidden.map(({ Parameters }) => isBase64OfSomethingElse(Parameters?.[0]?.Value))).toEqual([true, true, true])
  })

  test('names the key that was asked for, else the default one', async () => {
    await using stand = await open()
    const { KeyMetadata } = await stand.call('CreateKey', {})
    const KeyId = KeyMetadata?.KeyId ?? ''
    await putSecret(stand, { KeyId })
    await putSecret(stand, { Value: 'two' })
    const { Parameters = [] } = await stand.call('GetParameterHistory', { Name: '/s/one', WithDecryption })
    expect(Parameters.map((each) => [each.KeyId, each.Value])).toEqual([
      [KeyId, SECRET],
      ['alias/aws/ssm', 'two'],
    ])
  })

  test('of a key that is unknown or disabled is neither put nor opened', async () => {
    await using stand = await open()
    const { KeyMetadata } = await stand.call('CreateKey', {})
    const KeyId = KeyMetadata?.KeyId ?? ''
    await putSecret(stand, { KeyId })
    await stand.call('DisableKey', { KeyId })
    const disabled = { code: 'InvalidKeyId', text: `${KEY}/${KeyId} is disabled.` }
    expect(await stand.refused('GetParameter', { Name: '/s/one', WithDecryption })).toEqual(disabled)
    const again = { Name: '/s/one', Value: 'two', Overwrite: true, KeyId }
    expect(await stand.refused('PutParameter', again)).toEqual(disabled)
    expect(await stand.refused('PutParameter', { ...again, KeyId: 'alias/no' })).toEqual({
      ...{ code: 'InvalidKeyId', text: 'There is no key alias/no.' },
    })
    await stand.call('EnableKey', { KeyId })
    expect(await stand.call('GetParameter', { Name: '/s/one', WithDecryption })).toMatchObject({
      ...{ Parameter: { Value: SECRET, Version: 1 } },
    })
  })

  test('stays readable when its key is rotated and its alias is moved', async () => {
    await using stand = await open()
    const [first, second] = [await stand.call('CreateKey', {}), await stand.call('CreateKey', {})]
    const KeyId = first.KeyMetadata?.KeyId ?? ''
    await stand.call('CreateAlias', { AliasName: 'alias/own', TargetKeyId: KeyId })
    await putSecret(stand, { KeyId: 'alias/own' })
    await stand.call('RotateKeyOnDemand', { KeyId })
    await stand.call('UpdateAlias', { AliasName: 'alias/own', TargetKeyId: second.KeyMetadata?.KeyId ?? '' })
    for (const { run } of stand.keys.sweeps) await run(new AbortController().signal)
    await putSecret(stand, { KeyId: 'alias/own', Value: 'two' })
    const { Parameters = [] } = await stand.call('GetParameterHistory', { Name: '/s/one', WithDecryption })
    expect(Parameters.map(({ Value }) => Value)).toEqual([SECRET, 'two'])
  })

  test('is opened and put only by who may use its key for it', async () => {
    await using stand = await open()
    const { KeyMetadata } = await stand.call('CreateKey', {})
    const KeyId = KeyMetadata?.KeyId ?? ''
    await putSecret(stand, { KeyId })
    const anywhere = { Effect: 'Allow', Action: 'ssm:*', Resource: '*' }
    const reader = await stand.userWith(anywhere)
    const sealed = await stand.call('GetParameter', { Name: '/s/one' }, reader)
    expect(isBase64OfSomethingElse(sealed.Parameter?.Value)).toBe(true)
    const refusal = (action: string, who: string) => ({
      code: 'AccessDeniedException',
      text: `User: ${who} is not authorized to perform: ${action} on resource: ${KEY}/${KeyId} because no identity-based policy allows the ${action} action`,
    })
    expect(await stand.refused('GetParameter', { Name: '/s/one', WithDecryption }, reader)).toEqual(
      refusal('kms:Decrypt', reader.arn),
    )
    const put = { Name: '/s/one', Value: 'x', Overwrite: true, KeyId }
    expect(await stand.refused('PutParameter', put, reader)).toEqual(refusal('kms:Encrypt', reader.arn))

    const forPath = (name: string) => ({
      ...{ Effect: 'Allow', Action: ['kms:Decrypt', 'kms:Encrypt'], Resource: `${KEY}/${KeyId}` },
      Condition: { StringEquals: { 'kms:EncryptionContext:PARAMETER_ARN': `${ARN}${name}` } },
    })
    const other = await stand.userWith(anywhere, forPath('/s/two'))
    expect(await stand.refused('GetParameter', { Name: '/s/one', WithDecryption }, other)).toMatchObject({
      ...{ code: 'AccessDeniedException' },
    })
    const user = await stand.userWith(anywhere, forPath('/s/one'))
    expect(await stand.call('GetParameter', { Name: '/s/one', WithDecryption }, user)).toMatchObject({
      ...{ Parameter: { Value: SECRET } },
    })
    expect(await stand.call('PutParameter', put, user)).toEqual({ Version: 2, Tier: 'Standard' })
  })

  test('is written down before it leaves, where a String is not', async () => {
    await using stand = await open()
    await putSecret(stand)
    await stand.call('PutParameter', { Name: '/s/plain', Value: 'x', Type: 'String' })
    await stand.call('GetParameter', { Name: '/s/plain', WithDecryption })
    await stand.call('GetParameter', { Name: '/s/one' })
    await stand.call('GetParametersByPath', { Path: '/s', WithDecryption })
    await stand.call('GetParameter', { Name: '/s/one', WithDecryption })
    const { Events = [] } = await stand.call('ListAuditEvents', {})
    const reads = Events.filter(({ Operation }) => Operation?.startsWith('GetParameter'))
    expect(reads.map(({ Operation, Resources }) => [Operation, Resources])).toEqual([
      ['GetParameter', [`${ARN}/s/one`]],
      ['GetParametersByPath', [`${ARN}/s`]],
    ])
  })

  test('stands in no row of the store', async () => {
    await using stand = await open()
    await putSecret(stand)
    await stand.call('GetParameter', { Name: '/s/one', WithDecryption })
    const refused = { Name: '/s/two', Value: `${SECRET} {{x}}`, Type: 'SecureString' }
    expect((await stand.refused('PutParameter', refused)).text).not.toContain(SECRET)
    const tables = ['parameter', 'parameter_version', 'audit_event', 'api_answer', 'keys_data_key']
    const shown = await Promise.all(tables.map((table) => dump(stand, table)))
    expect(shown.join('\n')).toContain('/s/one')
    expect(shown.join('\n')).not.toContain(SECRET)
  })

  test('whose row was moved does not open there', async () => {
    await using stand = await open()
    await putSecret(stand)
    await putSecret(stand, { Value: 'two' })
    type Rows = { parameter_version: { version: number; sealed: Uint8Array; data_key_id: string } }
    await stand.db.write(async (tx) => {
      const rows = tx.withTables<Rows>()
      const old = await rows
        .selectFrom('parameter_version')
        .select(['sealed', 'data_key_id'])
        .where('version', '=', 1)
        .executeTakeFirstOrThrow()
      await rows.updateTable('parameter_version').set(old).where('version', '=', 2).execute()
    })
    const refusal = await stand.refused('GetParameter', { Name: '/s/one', WithDecryption })
    expect(refusal.code).toBe('InvalidKeyId')
    expect(refusal.text).toContain('it was altered')
  })

  test('takes its data keys with it', async () => {
    await using stand = await open()
    await putSecret(stand)
    await putSecret(stand, { Value: 'two' })
    const count = async () => (await dump(stand, 'keys_data_key')).split('\n').filter((line) => line !== '').length
    expect(await count()).toBeGreaterThan(0)
    await stand.call('DeleteParameter', { Name: '/s/one' })
    expect(await count()).toBe(0)
  })
})
