import { expect, test } from 'vitest'
import type { Database } from '#db/index.ts'
import { describeStores } from '#db/testing/stores.ts'
import { openStand, type Parts, START, type Stand } from '#tags/testing/stand.ts'
import { createSettings, KEEP_COMMANDS_DAYS, KEEP_OUTPUT_GIB, type Settings, settings } from './index.ts'

const ROLE = '/ssm/managed-instance/default-ec2-instance-management-role'
const ARN = 'arn:aws:ssm:us-east-1:123456789012:servicesetting'

async function open(db: Database): Promise<Stand & { readonly settings: Settings }> {
  let made: Settings | undefined
  const stand = await openStand(db, (parts: Parts) => {
    made = createSettings({ ...parts, configured: { [KEEP_COMMANDS_DAYS]: '30', [KEEP_OUTPUT_GIB]: '20' } })
    return made.operations
  })
  return { ...stand, settings: made! }
}

const readValue = async (stand: Stand, SettingId: string) =>
  (await stand.call('GetServiceSetting', { SettingId })).ServiceSetting?.SettingValue

describeStores('a service setting', (openStore) => {
  test('has its default until it is given a value, and again after a reset', async () => {
    await using stand = await open(await openStore())
    const SettingId = KEEP_COMMANDS_DAYS
    const common = { SettingId, ARN: `${ARN}${SettingId}` }
    const unset = { ...common, SettingValue: '30', LastModifiedUser: 'System', Status: 'Default' }
    expect(await stand.call('GetServiceSetting', { SettingId })).toEqual({ ServiceSetting: unset })

    expect(await stand.call('UpdateServiceSetting', { SettingId, SettingValue: '7' })).toEqual({})
    stand.clock.advance(1500)
    expect(await stand.call('UpdateServiceSetting', { SettingId, SettingValue: '8' })).toEqual({})
    expect(await stand.call('GetServiceSetting', { SettingId })).toEqual({
      ServiceSetting: {
        ...common,
        SettingValue: '8',
        LastModifiedDate: (START + 1500) / 1000,
        LastModifiedUser: stand.root.arn,
        Status: 'Customized',
      },
    })
    expect(await stand.settings.number(SettingId)).toBe(8)

    expect(await stand.call('ResetServiceSetting', { SettingId })).toEqual({ ServiceSetting: unset })
    expect(await stand.call('ResetServiceSetting', { SettingId })).toEqual({ ServiceSetting: unset })
    expect(await stand.settings.number(SettingId)).toBe(30)
  })

  test('is found by its ARN too, and only by that of this account and region', async () => {
    await using stand = await open(await openStore())
    const byArn = await stand.call('GetServiceSetting', { SettingId: `${ARN}${KEEP_OUTPUT_GIB}` })
    expect(byArn.ServiceSetting).toMatchObject({ SettingId: KEEP_OUTPUT_GIB, SettingValue: '20' })
    for (const SettingId of [
      `arn:aws:ssm:us-east-1:210987654321:servicesetting${KEEP_OUTPUT_GIB}`,
      `arn:aws:ssm:eu-west-1:123456789012:servicesetting${KEEP_OUTPUT_GIB}`,
      '/ssm/parameter-store/high-throughput-enabled',
      KEEP_OUTPUT_GIB.slice(1),
      '__proto__',
    ]) {
      const gone = { code: 'ServiceSettingNotFound', text: `There is no setting ${SettingId}.` }
      expect(await stand.refused('GetServiceSetting', { SettingId })).toEqual(gone)
      expect(await stand.refused('UpdateServiceSetting', { SettingId, SettingValue: '1' })).toEqual(gone)
      expect(await stand.refused('ResetServiceSetting', { SettingId })).toEqual(gone)
    }
  })

  test('refuses a value that it cannot have, and keeps the one that it has', async () => {
    await using stand = await open(await openStore())
    for (const SettingValue of ['0', '3651', '-1', '1.5', '1e3', ' 7', 'seven', '9999999999'])
      expect(await stand.refused('UpdateServiceSetting', { SettingId: KEEP_COMMANDS_DAYS, SettingValue })).toEqual({
        code: 'ValidationException',
        text: `The value of ${KEEP_COMMANDS_DAYS} must be a whole number from 1 to 3650.`,
      })
    expect(await readValue(stand, KEEP_COMMANDS_DAYS)).toBe('30')
    const SettingId = '/ssm/managed-instance/activation-tier'
    expect(await readValue(stand, SettingId)).toBe('advanced')
    expect(await stand.refused('UpdateServiceSetting', { SettingId, SettingValue: 'standard' })).toEqual({
      code: 'ValidationException',
      text: `The value of ${SettingId} must be advanced.`,
    })
  })

  test('that is a role takes only one that there is, by name or ARN', async () => {
    await using stand = await open(await openStore())
    for (const SettingValue of ['MusterNode', 'arn:aws:iam::123456789012:role/MusterNode']) {
      await stand.call('UpdateServiceSetting', { SettingId: ROLE, SettingValue })
      expect(await readValue(stand, ROLE)).toBe('MusterNode')
    }
    expect(await stand.refused('UpdateServiceSetting', { SettingId: ROLE, SettingValue: 'Nobody' })).toEqual({
      code: 'ValidationException',
      text: 'There is no role Nobody for nodes.',
    })
    await stand.call('UpdateServiceSetting', { SettingId: ROLE, SettingValue: '$None' })
    expect(await readValue(stand, ROLE)).toBe('$None')
  })

  test('can be read or changed by root, not by a node', async () => {
    await using stand = await open(await openStore())
    const node = {
      ...stand.root,
      kind: 'node',
      id: 'AROA:mi-0123456789abcdef0',
      nodeId: 'mi-0123456789abcdef0',
    } as const
    const SettingId = KEEP_COMMANDS_DAYS
    expect((await stand.refused('GetServiceSetting', { SettingId }, node)).code).toBe('AccessDeniedException')
    const { code, text } = await stand.refused('UpdateServiceSetting', { SettingId, SettingValue: '1' }, node)
    expect([code, text]).toEqual(['AccessDeniedException', expect.stringContaining(`resource: ${ARN}${SettingId} `)])
  })
})

describeStores('the default host management configuration', (openStore) => {
  const arn = 'arn:aws:iam::123456789012:role/MusterNode'

  test('is the role of a setting, registered and deregistered', async () => {
    await using stand = await open(await openStore())
    const register = () =>
      stand.call('RegisterDefaultHostManagementConfiguration', { PermissionModel: 'SERVICE_MANAGED' })
    expect(await register()).toEqual({ RoleArn: arn })
    expect(await register()).toEqual({ RoleArn: arn })
    expect(await readValue(stand, ROLE)).toBe('MusterNode')
    const own = { PermissionModel: 'SELF_MANAGED', RoleArn: arn } as const
    expect(await stand.call('RegisterDefaultHostManagementConfiguration', own)).toEqual({ RoleArn: arn })
    expect(await stand.call('DeregisterDefaultHostManagementConfiguration', {})).toEqual({})
    expect(await stand.call('DeregisterDefaultHostManagementConfiguration', {})).toEqual({})
    expect(await readValue(stand, ROLE)).toBe('$None')
  })

  test('is refused without the role that its permission model asks for, and with one that it must not have', async () => {
    await using stand = await open(await openStore())
    const cases: [object, string][] = [
      [{ PermissionModel: 'SELF_MANAGED' }, 'SELF_MANAGED needs a RoleArn.'],
      [
        { PermissionModel: 'SERVICE_MANAGED', RoleArn: arn },
        'SERVICE_MANAGED has a role of its own: leave RoleArn out.',
      ],
      [{ PermissionModel: 'SELF_MANAGED', RoleArn: 'Nobody' }, 'There is no role Nobody for nodes.'],
      [{ PermissionModel: 'SELF_MANAGED', RoleArn: '$None' }, '$None is no role.'],
    ]
    for (const [input, text] of cases)
      expect(await stand.refused('RegisterDefaultHostManagementConfiguration', input)).toEqual({
        code: 'ValidationException',
        text,
      })
    expect(await readValue(stand, ROLE)).toBe('$None')
  })

  test('is replaced by another role only where Overwrite says so', async () => {
    await using stand = await open(await openStore())
    await stand.db.write((tx) =>
      tx
        .withTables<{ access_role: Record<string, unknown> }>()
        .insertInto('access_role')
        .values({
          ...{ id: 'AROAOTHER', name: 'Other', path: '/service-role/', description: '' },
          ...{ folded: 'other', trusted: '{}', created_at: 0 },
          trust_policy: JSON.stringify({
            Version: '2012-10-17',
            Statement: { Effect: 'Allow', Principal: { Service: 'ssm.amazonaws.com' }, Action: 'sts:AssumeRole' },
          }),
          ...{ max_session_seconds: 3600, tags: '[]' },
        })
        .execute(),
    )
    const other = { PermissionModel: 'SELF_MANAGED', RoleArn: 'Other' } as const
    await stand.call('RegisterDefaultHostManagementConfiguration', { PermissionModel: 'SERVICE_MANAGED' })
    expect(await stand.refused('RegisterDefaultHostManagementConfiguration', other)).toEqual({
      code: 'ValidationException',
      text: 'The role MusterNode is registered already: say Overwrite to replace it.',
    })
    expect(await stand.call('RegisterDefaultHostManagementConfiguration', { ...other, Overwrite: true })).toEqual({
      RoleArn: 'arn:aws:iam::123456789012:role/service-role/Other',
    })
    expect(await readValue(stand, ROLE)).toBe('service-role/Other')
  })
})

test('every setting whose default the configuration has can be read as a number', () => {
  const configured = settings.filter(({ default: value }) => typeof value !== 'string')
  expect(configured.map(({ values }) => values.kind)).toEqual(configured.map(() => 'number'))
})
