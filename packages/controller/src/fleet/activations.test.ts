import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { pages, START } from '#tags/testing/stand.ts'
import { openFleet } from './testing/open-fleet.ts'

const DAY = 86_400
const NOW = START / 1000

describeStores('activations', (openStore) => {
  test('have a limit of 1 and end after a day unless told otherwise', async () => {
    await using stand = await openFleet(await openStore())
    const made = await stand.call('CreateActivation', { IamRole: 'MusterNode' })
    expect(made.ActivationCode).toMatch(/^[A-Z2-7]{26}$/)
    const { ActivationList } = await stand.call('DescribeActivations', {})
    expect(ActivationList).toEqual([
      {
        ActivationId: made.ActivationId,
        IamRole: 'MusterNode',
        RegistrationLimit: 1,
        RegistrationsCount: 0,
        ExpirationDate: NOW + DAY,
        Expired: false,
        CreatedDate: NOW,
      },
    ])
  })

  test('keep what they were made with, and say when they have expired', async () => {
    await using stand = await openFleet(await openStore())
    await stand.call('CreateActivation', {
      IamRole: 'service-role/MusterNode',
      Description: 'rack 4',
      DefaultInstanceName: 'rack-4',
      RegistrationLimit: 1000,
      ExpirationDate: NOW + 30 * DAY,
      Tags: [{ Key: 'env', Value: 'prod' }],
    })
    stand.clock.advance(30 * DAY * 1000)
    const { ActivationList = [] } = await stand.call('DescribeActivations', {})
    expect(ActivationList).toHaveLength(1)
    expect(ActivationList[0]).toMatchObject({
      Description: 'rack 4',
      DefaultInstanceName: 'rack-4',
      RegistrationLimit: 1000,
      ExpirationDate: NOW + 30 * DAY,
      Expired: true,
      Tags: [{ Key: 'env', Value: 'prod' }],
    })
  })

  test('never show a code again, and no row holds one', async () => {
    await using stand = await openFleet(await openStore())
    const { ActivationCode = '' } = await stand.call('CreateActivation', { IamRole: 'MusterNode' })
    const described = JSON.stringify(await stand.call('DescribeActivations', {}))
    expect(described).not.toContain(ActivationCode)
    const row = await stand.db.read
      .withTables<{ fleet_activation: { code_mac: Uint8Array } }>()
      .selectFrom('fleet_activation')
      .selectAll()
      .executeTakeFirstOrThrow()
    expect(row.code_mac).toHaveLength(32)
    expect(JSON.stringify(row)).not.toContain(ActivationCode)
  })

  test.each([
    [{ ExpirationDate: NOW - 1 }, 'ExpirationDate 2026-11-24T11:59:59.000Z is not in the future.'],
    [{ ExpirationDate: NOW }, 'ExpirationDate 2026-11-24T12:00:00.000Z is not in the future.'],
    [{ ExpirationDate: NOW + 30 * DAY + 1 }, 'ExpirationDate 2026-12-24T12:00:01.000Z is more than 30 days ahead.'],
    [{ IamRole: 'Nobody' }, 'There is no role Nobody for nodes.'],
    [{ RegistrationMetadata: [{ Key: 'a', Value: 'b' }] }, 'RegistrationMetadata is reserved for internal use.'],
    [{ Tags: [{ Key: 'aws:x', Value: '' }] }, 'Tag keys that begin with aws: are reserved: aws:x.'],
  ])('refuses %j with InvalidParameters', async (part, text) => {
    await using stand = await openFleet(await openStore())
    expect(await stand.refused('CreateActivation', { IamRole: 'MusterNode', ...part })).toEqual({
      code: 'InvalidParameters',
      text,
    })
  })

  test('refuses a registration limit of 1001 as the model does', async () => {
    await using stand = await openFleet(await openStore())
    expect(await stand.refused('CreateActivation', { IamRole: 'MusterNode', RegistrationLimit: 1001 })).toEqual({
      code: 'ValidationException',
      text: "1 validation error detected: Value '1001' at 'registrationLimit' failed to satisfy constraint: Member must have value less than or equal to 1000",
    })
  })

  test('refuses a malformed id with a code of its own', async () => {
    await using stand = await openFleet(await openStore())
    expect((await stand.refused('DeleteActivation', { ActivationId: 'not-an-id' })).code).toBe('InvalidActivationId')
  })

  test('are listed oldest first, by pages, and by filters', async () => {
    await using stand = await openFleet(await openStore())
    const made: string[] = []
    for (let index = 0; index < 7; index++) {
      const name = index % 2 === 0 ? 'even' : 'odd'
      const { ActivationId = '' } = await stand.call('CreateActivation', {
        IamRole: 'MusterNode',
        DefaultInstanceName: name,
      })
      made.push(ActivationId)
      stand.clock.advance(1000)
    }
    const list = async (Filters: { FilterKey: 'DefaultInstanceName' | 'ActivationIds'; FilterValues: string[] }[]) =>
      pages(async (NextToken) => {
        const page = await stand.call('DescribeActivations', { Filters, MaxResults: 2, NextToken })
        return { items: page.ActivationList ?? [], token: page.NextToken }
      }, 2)
    expect((await list([])).map(({ ActivationId }) => ActivationId)).toEqual(made)
    const odd = await list([{ FilterKey: 'DefaultInstanceName', FilterValues: ['odd'] }])
    expect(odd.map(({ ActivationId }) => ActivationId)).toEqual([made[1], made[3], made[5]])
    const two = await list([{ FilterKey: 'ActivationIds', FilterValues: [made[0] ?? '', made[6] ?? ''] }])
    expect(two).toHaveLength(2)
  })

  test('refuse a filter without values, a repeated filter and a token of another list', async () => {
    await using stand = await openFleet(await openStore())
    const list = (input: object) => stand.refused('DescribeActivations', input)
    expect(await list({ Filters: [{ FilterKey: 'IamRole' }] })).toEqual({
      code: 'InvalidFilter',
      text: 'The filter IamRole has no FilterValues.',
    })
    const role = { FilterKey: 'IamRole', FilterValues: ['x'] }
    expect((await list({ Filters: [role, role] })).code).toBe('InvalidFilter')
    expect((await list({ NextToken: 'garbage' })).code).toBe('InvalidNextToken')

    await stand.call('CreateActivation', { IamRole: 'MusterNode' })
    await stand.call('CreateActivation', { IamRole: 'MusterNode' })
    const { NextToken } = await stand.call('DescribeActivations', { MaxResults: 1 })
    expect(NextToken).toBeDefined()
    const other = { NextToken, MaxResults: 1, Filters: [{ FilterKey: 'IamRole', FilterValues: ['MusterNode'] }] }
    expect((await list(other)).code).toBe('InvalidNextToken')
  })

  test('are deleted once', async () => {
    await using stand = await openFleet(await openStore())
    const { ActivationId = '' } = await stand.call('CreateActivation', { IamRole: 'MusterNode' })
    await stand.call('DeleteActivation', { ActivationId })
    expect(await stand.refused('DeleteActivation', { ActivationId })).toEqual({
      code: 'InvalidActivation',
      text: `There is no activation ${ActivationId}.`,
    })
    expect(await stand.call('DescribeActivations', {})).toEqual({ ActivationList: [] })
  })
})
