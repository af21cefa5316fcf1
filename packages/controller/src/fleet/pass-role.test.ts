import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import type { Caller } from '#kit/identity.ts'
import { type FleetStand, openFleet } from './testing/open-fleet.ts'

/** Root, narrowed to what one statement allows. */
const narrowed = ({ home, root }: FleetStand, statement: object): Caller => ({
  ...root,
  session: {
    ...{ issuedAt: 0, roleIds: [] },
    policies: [JSON.stringify({ Version: '2012-10-17', Statement: [statement] })],
  },
  accountId: home.accountId,
})

const EVERYTHING_BUT_ROLES = { Effect: 'Allow', NotAction: 'iam:PassRole', Resource: '*' }
const passing = (PassedToService: string) => ({
  ...{ Effect: 'Allow', Action: ['ssm:*', 'iam:PassRole'], Resource: '*' },
  Condition: { StringEqualsIfExists: { 'iam:PassedToService': PassedToService } },
})

describeStores('a role for nodes', (openStore) => {
  test('is given only by who may pass it on to this service', async () => {
    await using stand = await openFleet(await openStore())
    const InstanceId = await stand.aNode()
    const activation = { IamRole: 'MusterNode' }
    const refused = {
      code: 'AccessDeniedException',
      text: expect.stringMatching(
        /iam:PassRole on resource: arn:aws:iam::\d{12}:role\/MusterNode because no session policy/,
      ),
    }
    for (const policy of [EVERYTHING_BUT_ROLES, passing('ec2.amazonaws.com')]) {
      const caller = narrowed(stand, policy)
      expect(await stand.refused('CreateActivation', activation, caller)).toEqual(refused)
      expect(await stand.refused('UpdateManagedInstanceRole', { InstanceId, ...activation }, caller)).toEqual(refused)
    }
    await stand.call('CreateActivation', activation, narrowed(stand, passing('ssm.amazonaws.com')))
  })

  test('carries tags for nodes only from who may tag them', async () => {
    await using stand = await openFleet(await openStore())
    const tagged = { IamRole: 'MusterNode', Tags: [{ Key: 'Env', Value: 'dev' }] }
    const caller = narrowed(stand, { Effect: 'Allow', NotAction: 'ssm:AddTagsToResource', Resource: '*' })
    expect(await stand.refused('CreateActivation', tagged, caller)).toMatchObject({
      ...{ code: 'AccessDeniedException', text: expect.stringContaining('ssm:AddTagsToResource') },
    })
    await stand.call('CreateActivation', { IamRole: 'MusterNode' }, caller)
    await stand.call('CreateActivation', tagged)
  })

  test('is one that trusts this service', async () => {
    await using stand = await openFleet(await openStore())
    type Roles = { access_role: { trust_policy: string } }
    await stand.db.write(async (tx) => {
      const trust_policy = JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
      })
      await tx.withTables<Roles>().updateTable('access_role').set({ trust_policy }).execute()
    })
    expect(await stand.refused('CreateActivation', { IamRole: 'MusterNode' })).toEqual({
      code: 'InvalidParameters',
      text: 'There is no role MusterNode for nodes.',
    })
  })
})
