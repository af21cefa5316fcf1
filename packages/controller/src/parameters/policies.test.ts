import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { START } from '#tags/testing/stand.ts'
import { ARN, openParameters, type ParametersStand } from './testing/open-parameters.ts'

const HOUR = 3_600_000
const at = (hours: number): string => new Date(START + hours * HOUR).toISOString()
const policy = (Type: string, Attributes: object) => ({ Type, Version: '1.0', Attributes })
const inHours = (key: 'Before' | 'After', count: number) => ({ [key]: String(count), Unit: 'Hours' })
const expires = (hours: number) => policy('Expiration', { Timestamp: at(hours) })

const put = (stand: ParametersStand, policies: readonly object[] | undefined, more: { Value?: string } = {}) =>
  stand.call('PutParameter', {
    ...{ Name: '/p', Value: 'x', Type: 'String', Tier: 'Advanced', Overwrite: true },
    ...(policies && { Policies: JSON.stringify(policies) }),
    ...more,
  })

const statuses = async (stand: ParametersStand) => {
  const { Parameters = [] } = await stand.call('DescribeParameters', {})
  return Parameters[0]?.Policies?.map(({ PolicyType, PolicyStatus }) => [PolicyType, PolicyStatus])
}

const notices = async (stand: ParametersStand) => {
  type Rows = { parameter_notice: { id: number; name: string; version: number; kind: string } }
  const rows = stand.db.read.withTables<Rows>().selectFrom('parameter_notice')
  return (await rows.select(['name', 'version', 'kind']).orderBy('id').execute()).map((row) => Object.values(row))
}

describeStores('a policy', (openStore) => {
  const open = async () => openParameters(await openStore())

  test('of expiration removes its parameter at its time, with an audit row', async () => {
    await using stand = await open()
    await put(stand, [expires(2)])
    stand.clock.advance(2 * HOUR - 1)
    await stand.sweep()
    expect(await statuses(stand)).toEqual([['Expiration', 'Pending']])
    stand.clock.advance(1)
    await stand.sweep()
    expect(await stand.refused('GetParameter', { Name: '/p' })).toMatchObject({ code: 'ParameterNotFound' })
    const { Events = [] } = await stand.call('ListAuditEvents', { Operation: 'ExpireParameter' })
    expect(Events.map(({ Action, Resources, PrincipalArn }) => [Action, Resources, PrincipalArn])).toEqual([
      [
        'ssm:DeleteParameter',
        [`${ARN}/p`],
        'arn:aws:iam::123456789012:role/aws-service-role/muster/parameter-policies',
      ],
    ])
    expect(await notices(stand)).toEqual([['/p', 1, 'Expiration']])
  })

  test('that notifies leaves a notice once, and says that it is finished', async () => {
    await using stand = await open()
    await put(stand, [policy('ExpirationNotification', inHours('Before', 3)), expires(5)])
    stand.clock.advance(2 * HOUR)
    await stand.sweep()
    await stand.sweep()
    expect(await notices(stand)).toEqual([['/p', 1, 'ExpirationNotification']])
    expect(await statuses(stand)).toEqual([
      ['ExpirationNotification', 'Finished'],
      ['Expiration', 'Pending'],
    ])
  })

  test('that waits for a change begins anew with each version', async () => {
    await using stand = await open()
    await put(stand, [policy('NoChangeNotification', inHours('After', 4))])
    stand.clock.advance(3 * HOUR)
    await put(stand, undefined, { Value: 'y' })
    stand.clock.advance(3 * HOUR)
    await stand.sweep()
    expect(await notices(stand)).toEqual([])
    stand.clock.advance(HOUR)
    await stand.sweep()
    expect(await notices(stand)).toEqual([['/p', 2, 'NoChangeNotification']])
  })

  test('stays until another version brings its own or none', async () => {
    await using stand = await open()
    await put(stand, [expires(2)])
    await put(stand, undefined, { Value: 'y' })
    expect(await statuses(stand)).toEqual([['Expiration', 'Pending']])
    await put(stand, [{}], { Value: 'z' })
    expect(await statuses(stand)).toEqual([])
    stand.clock.advance(3 * HOUR)
    await stand.sweep()
    expect(await stand.call('GetParameter', { Name: '/p' })).toMatchObject({ Parameter: { Value: 'z' } })
  })

  test('of a parameter that is made anew is not that of the one before', async () => {
    await using stand = await open()
    await put(stand, [expires(2)])
    await stand.call('DeleteParameter', { Name: '/p' })
    await stand.call('PutParameter', { Name: '/p', Value: 'new', Type: 'String' })
    stand.clock.advance(3 * HOUR)
    await stand.sweep()
    expect(await stand.call('GetParameter', { Name: '/p' })).toMatchObject({ Parameter: { Value: 'new' } })
  })
})
