import { expect, test } from 'vitest'
import type { Database } from '#db/index.ts'
import { describeStores } from '#db/testing/stores.ts'
import { createKeys, type Keys } from '#keys/index.ts'
import { noFailpoint } from '#kit/failpoint.ts'
import { silentLog } from '#kit/logging.ts'
import { createParameters } from '#parameters/index.ts'
import { openStand, pages } from '#tags/testing/stand.ts'
import { createPolicies, type Policies } from './index.ts'

const GROUP = 'arn:aws:ssm:us-east-1:123456789012:opsitemgroup/default'
const PARAMETER = 'arn:aws:ssm:us-east-1:123456789012:parameter/a/b'
const STANDARD = 'arn:aws:ssm:us-east-1:123456789012:parameter/standard'

const aPolicy = (arn: string, change: object = {}): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        ...{ Effect: 'Allow', Principal: { AWS: '210987654321' }, Action: ['ssm:GetParameter'], Resource: arn },
        ...change,
      },
    ],
  })

/** Policies before real parameters: one of each tier. */
async function open(db: Database) {
  let wired: { keys: Keys; policies: Policies } | undefined
  const stand = await openStand(db, (parts) => {
    const log = silentLog
    const keys = createKeys({ ...parts, log, failpoint: noFailpoint })
    const parameters = createParameters({
      ...{ ...parts, keys, log, defaultTier: async () => 'Standard' },
      removed: (tx, arn) => policies.removeAll(tx, arn),
    })
    const policies = createPolicies({ ...parts, tierOf: parameters.tierOf })
    wired = { keys, policies }
    return [...keys.operations, ...parameters.operations, ...policies.operations]
  })
  if (!wired) throw new Error('the stand wired no policies')
  await wired.keys.ready()
  await stand.call('PutParameter', { Name: '/a/b', Value: 'x', Type: 'String', Tier: 'Advanced' })
  await stand.call('PutParameter', { Name: 'standard', Value: 'x', Type: 'String' })
  return stand
}

const seen = ({
  PolicyId = '',
  PolicyHash = '',
}: {
  PolicyId?: string | undefined
  PolicyHash?: string | undefined
}) => ({
  PolicyId,
  PolicyHash,
})

describeStores('policies on resources', (openStore) => {
  test('are put, shown, changed by whoever has seen them, and removed', async () => {
    await using stand = await open(await openStore())
    for (const ResourceArn of [GROUP, PARAMETER]) {
      const Policy = aPolicy(ResourceArn)
      const first = seen(await stand.call('PutResourcePolicy', { ResourceArn, Policy }))
      expect((await stand.call('GetResourcePolicies', { ResourceArn })).Policies).toEqual([{ ...first, Policy }])
      const other = aPolicy(ResourceArn, { Sid: 'other' })
      const second = seen(await stand.call('PutResourcePolicy', { ResourceArn, Policy: other, ...first }))
      expect(second.PolicyId).toBe(first.PolicyId)
      expect(second.PolicyHash).not.toBe(first.PolicyHash)
      expect((await stand.call('GetResourcePolicies', { ResourceArn })).Policies).toEqual([
        { ...second, Policy: other },
      ])

      const stale = { ResourceArn, ...first }
      const conflict = {
        code: 'ResourcePolicyConflictException',
        text: "The hash provided in the call doesn't match the stored hash: the policy was changed since it was read.",
      }
      expect(await stand.refused('PutResourcePolicy', { ...stale, Policy })).toEqual(conflict)
      expect(await stand.refused('DeleteResourcePolicy', stale)).toEqual(conflict)
      await stand.call('DeleteResourcePolicy', { ResourceArn, ...second })
      expect((await stand.call('GetResourcePolicies', { ResourceArn })).Policies).toEqual([])
      expect(await stand.refused('DeleteResourcePolicy', { ResourceArn, ...second })).toEqual({
        code: 'ResourcePolicyNotFoundException',
        text: 'No policies with this policy ID and hash could be found.',
      })
    }
  })

  test('are on two types of resources of this account only', async () => {
    await using stand = await open(await openStore())
    const refusals: readonly [string, string][] = [
      ['arn:aws:ssm:us-east-1:123456789012:document/D', 'ResourcePolicyInvalidParameterException'],
      [PARAMETER.replace('123456789012', '210987654321'), 'ResourcePolicyInvalidParameterException'],
      [STANDARD, 'ResourcePolicyInvalidParameterException'],
      [`${PARAMETER}/c`, 'ResourceNotFoundException'],
      [GROUP.replace('default', 'other'), 'ResourceNotFoundException'],
    ]
    for (const [ResourceArn, code] of refusals) {
      const input = { ResourceArn, Policy: aPolicy(ResourceArn), PolicyId: 'x', PolicyHash: 'x' }
      for (const name of ['PutResourcePolicy', 'GetResourcePolicies', 'DeleteResourcePolicy'] as const)
        expect(await stand.refused(name, input)).toMatchObject({ code })
    }
  })

  test('that are malformed are refused with the place of the fault', async () => {
    await using stand = await open(await openStore())
    const refusals: readonly [string, string][] = [
      ['{', 'MalformedResourcePolicyDocumentException'],
      [aPolicy(PARAMETER, { Principal: undefined }), 'Missing required field Principal. (Statement[0])'],
      [aPolicy(STANDARD), `Statement[0]: the policy of ${PARAMETER} cannot speak of ${STANDARD}.`],
      [aPolicy('*'), `Statement[0]: the policy of ${PARAMETER} cannot speak of *.`],
      [aPolicy(PARAMETER, { Action: 's3:GetObject' }), 'Statement[0]: s3:GetObject is no action of Systems Manager.'],
      [
        aPolicy(PARAMETER, { Action: undefined, NotAction: 'ssm:GetParameter' }),
        'Statement[0]: a policy of a resource names its actions and resources.',
      ],
    ]
    for (const [Policy, said] of refusals) {
      const { code, text } = await stand.refused('PutResourcePolicy', { ResourceArn: PARAMETER, Policy })
      expect(code).toBe('MalformedResourcePolicyDocumentException')
      if (Policy !== '{') expect(text).toBe(said)
    }
    expect((await stand.call('GetResourcePolicies', { ResourceArn: PARAMETER })).Policies).toEqual([])
  })

  test('have limits, and a change names id and hash together', async () => {
    await using stand = await open(await openStore())
    const put = (ResourceArn: string, change: object = {}) => ({ ResourceArn, Policy: aPolicy(ResourceArn), ...change })
    expect(
      await stand.refused('PutResourcePolicy', put(GROUP, { Policy: aPolicy(GROUP, { Sid: 'x'.repeat(999) }) })),
    ).toEqual({
      code: 'ResourcePolicyLimitExceededException',
      text: "A policy can't be greater than 1024 bytes in size.",
    })
    await stand.call('PutResourcePolicy', put(GROUP))
    expect(await stand.refused('PutResourcePolicy', put(GROUP))).toEqual({
      code: 'ResourcePolicyLimitExceededException',
      text: `Only 1 can be attached to ${GROUP}.`,
    })
    for (const half of [{ PolicyId: 'x' }, { PolicyHash: 'x' }])
      expect(await stand.refused('PutResourcePolicy', put(GROUP, half))).toMatchObject({
        code: 'ResourcePolicyInvalidParameterException',
      })
    expect(
      await stand.refused('DeleteResourcePolicy', {
        ...{ ResourceArn: GROUP, PolicyId: 'x', PolicyHash: 'x', DeletionMode: 'RollbackMigration' },
      }),
    ).toMatchObject({ code: 'ResourcePolicyInvalidParameterException' })
  })

  test('of one resource come in pages, and go with it', async () => {
    await using stand = await open(await openStore())
    const made = []
    for (let index = 0; index < 5; index++)
      made.push(
        (await stand.call('PutResourcePolicy', { ResourceArn: PARAMETER, Policy: aPolicy(PARAMETER) })).PolicyId,
      )
    const listed = await pages(async (NextToken) => {
      const input = { ResourceArn: PARAMETER, MaxResults: 2, ...(NextToken && { NextToken }) }
      const { Policies = [], NextToken: token } = await stand.call('GetResourcePolicies', input)
      return { items: Policies.map(({ PolicyId }) => PolicyId), token }
    }, 2)
    expect(listed).toEqual([...made].sort())
    expect(await stand.refused('GetResourcePolicies', { ResourceArn: PARAMETER, NextToken: 'x' })).toMatchObject({
      code: 'ResourcePolicyInvalidParameterException',
    })
    await stand.call('DeleteParameter', { Name: '/a/b' })
    await stand.call('PutParameter', { Name: '/a/b', Value: 'x', Type: 'String', Tier: 'Advanced' })
    expect((await stand.call('GetResourcePolicies', { ResourceArn: PARAMETER })).Policies).toEqual([])
  })
})
