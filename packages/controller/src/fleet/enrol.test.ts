import { describe, expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { CODE_BYTES, toCode } from './activation.ts'
import { type FleetStand, newKeys, openFleet, post, spki } from './testing/open-fleet.ts'

const anActivation = async (stand: FleetStand, input: object = {}) => {
  const made = await stand.call('CreateActivation', { IamRole: 'MusterNode', ...input })
  return { activationId: made.ActivationId ?? '', code: made.ActivationCode ?? '' }
}

const REFUSED = {
  reason: 'refused',
  message: 'The activation id or code is not valid, has expired, or has no registration left.',
}

describeStores('enrolment', (openStore) => {
  test('makes a node with the tags, name and role of its activation', async () => {
    await using stand = await openFleet(await openStore())
    const Tags = [{ Key: 'env', Value: 'prod' }]
    const activation = await anActivation(stand, { Tags, DefaultInstanceName: 'rack-4' })
    const keys = newKeys()
    const { status, value } = await stand.enrol({ ...activation, keys })
    expect(status).toBe(200)
    expect(value).toEqual({
      nodeId: expect.stringMatching(/^mi-[0-9a-f]{17}$/),
      accountId: '123456789012',
      region: 'us-east-1',
      role: 'MusterNode',
      controllerTime: stand.clock.now(),
    })
    const nodeId = String(value['nodeId'])
    const node = await stand.fleet.findNodeForLogin(nodeId)
    expect(node).toMatchObject({ name: 'rack-4', roleName: 'MusterNode', connected: false, agentVersion: '0.1.0' })
    expect(Buffer.from(node?.publicKey ?? [])).toEqual(spki(keys))
    expect(await stand.tags.list(stand.db.read, 'ManagedInstance', nodeId)).toEqual([{ key: 'env', value: 'prod' }])
    const { ActivationList = [] } = await stand.call('DescribeActivations', {})
    expect(ActivationList[0]?.RegistrationsCount).toBe(1)
  })

  test('gives the same key the same node when the first answer was lost, and takes no second registration', async () => {
    await using stand = await openFleet(await openStore())
    const activation = await anActivation(stand)
    const keys = newKeys()
    const first = await stand.enrol({ ...activation, keys })
    const again = await stand.enrol({ ...activation, keys })
    expect(again.status).toBe(200)
    expect(again.value['nodeId']).toBe(first.value['nodeId'])
    const { ActivationList = [] } = await stand.call('DescribeActivations', {})
    expect(ActivationList[0]?.RegistrationsCount).toBe(1)
  })

  test('gives a deregistered key a new node id', async () => {
    await using stand = await openFleet(await openStore())
    const activation = await anActivation(stand, { RegistrationLimit: 2 })
    const keys = newKeys()
    const first = await stand.enrol({ ...activation, keys })
    await stand.call('DeregisterManagedInstance', { InstanceId: String(first.value['nodeId']) })
    const second = await stand.enrol({ ...activation, keys })
    expect(second.status).toBe(200)
    expect(second.value['nodeId']).not.toBe(first.value['nodeId'])
  })

  test('gives out exactly as many registrations as the limit when all come at once', async () => {
    await using stand = await openFleet(await openStore())
    const activation = await anActivation(stand, { RegistrationLimit: 3 })
    const answers = await Promise.all(Array.from({ length: 9 }, () => stand.enrol(activation)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3)
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(6)
    const { InstanceInformationList = [] } = await stand.call('DescribeInstanceInformation', {})
    expect(InstanceInformationList).toHaveLength(3)
  })

  test('makes one node of one key that asks many times at once', async () => {
    await using stand = await openFleet(await openStore())
    const activation = await anActivation(stand, { RegistrationLimit: 10 })
    const keys = newKeys()
    const answers = await Promise.all(Array.from({ length: 6 }, () => stand.enrol({ ...activation, keys })))
    expect(new Set(answers.map(({ value }) => value['nodeId'])).size).toBe(1)
    const { ActivationList = [] } = await stand.call('DescribeActivations', {})
    expect(ActivationList[0]?.RegistrationsCount).toBe(1)
  })

  test('refuses an unknown id, a wrong code, an ended, a used and a deleted activation with one text', async () => {
    await using stand = await openFleet(await openStore())
    const used = await anActivation(stand)
    await stand.enrol(used)
    const deleted = await anActivation(stand)
    await stand.call('DeleteActivation', { ActivationId: deleted.activationId })
    const wrong = { ...(await anActivation(stand)), code: 'A'.repeat(26) }
    const unknown = { activationId: '00000000-0000-4000-8000-000000000000', code: used.code }
    const ended = await anActivation(stand, { ExpirationDate: stand.clock.now() / 1000 + 60 })
    stand.clock.advance(60_000)
    for (const activation of [used, deleted, wrong, unknown, ended])
      expect(await stand.enrol(activation)).toMatchObject({ status: 403, value: REFUSED })
  })

  test('does not give the node of a key to a retry with a wrong code', async () => {
    await using stand = await openFleet(await openStore())
    const activation = await anActivation(stand)
    const keys = newKeys()
    await stand.enrol({ ...activation, keys })
    expect((await stand.enrol({ ...activation, keys, code: 'B'.repeat(26) })).status).toBe(403)
  })

  test('does not give the node of a key to a retry after the activation has ended', async () => {
    await using stand = await openFleet(await openStore())
    const activation = await anActivation(stand)
    const keys = newKeys()
    await stand.enrol({ ...activation, keys })
    stand.clock.advance(86_400_000)
    expect((await stand.enrol({ ...activation, keys })).status).toBe(403)
  })

  test('refuses a signature of another key and bodies that are none, and makes no node', async () => {
    await using stand = await openFleet(await openStore())
    const activation = await anActivation(stand)
    const other = newKeys()
    const forged = await stand.enrol({ ...activation, signWith: other.privateKey })
    expect(forged).toMatchObject({ status: 400, value: { reason: 'bad-signature' } })
    const bad = ['', 'null', '[]', '{"activationId":1}', '{', JSON.stringify({ ...activation, code: '' })]
    for (const body of bad) {
      const answer = await post(stand.fleet, '/agent/enrol', Buffer.from(body), '192.0.2.9')
      expect(answer).toMatchObject({ status: 400, value: { reason: 'malformed' } })
    }
    expect(await stand.call('DescribeInstanceInformation', {})).toEqual({ InstanceInformationList: [] })
  })

  test('keeps facts that can be stored whatever a host says of itself', async () => {
    await using stand = await openFleet(await openStore())
    const host = { computerName: `a\0b${'x'.repeat(300)}`, ipAddress: 'not an address', platformName: '\ud800' }
    const InstanceId = await stand.aNode({ host })
    const { InstanceInformationList = [] } = await stand.call('DescribeInstanceInformation', {})
    expect(InstanceInformationList[0]).toMatchObject({
      InstanceId,
      ComputerName: `a\uFFFDb${'x'.repeat(252)}`,
      IPAddress: '192.0.2.7',
      PlatformName: '\uFFFD',
    })
  })

  test('makes whoever fails ten times wait, by source and by activation, and then lets it try again', async () => {
    await using stand = await openFleet(await openStore())
    const activation = await anActivation(stand)
    const wrong = { ...activation, code: 'A'.repeat(26) }
    for (let turn = 0; turn < 10; turn++) expect((await stand.enrol(wrong)).status).toBe(403)
    const throttled = await stand.enrol(activation)
    expect(throttled).toMatchObject({ status: 429, headers: { 'retry-after': '6' } })
    expect(throttled.value['message']).toBe('Too many failed enrolments: try again in 6 s.')
    expect((await stand.enrol(activation, { source: '192.0.2.8' })).status).toBe(429)
    stand.clock.advance(6_000)
    expect((await stand.enrol(activation)).status).toBe(200)
  })

  test('writes an audit row in the same transaction', async () => {
    await using stand = await openFleet(await openStore())
    const InstanceId = await stand.aNode()
    const rows = await stand.db.read
      .withTables<{ audit_event: { operation: string; resources: string; source: string; principal_arn: string } }>()
      .selectFrom('audit_event')
      .select(['resources', 'source', 'principal_arn'])
      .where('operation', '=', 'Enrol')
      .execute()
    expect(rows).toEqual([
      {
        resources: JSON.stringify([`arn:aws:ssm:us-east-1:123456789012:managed-instance/${InstanceId}`]),
        source: '192.0.2.7',
        principal_arn: `arn:aws:sts::123456789012:assumed-role/MusterNode/${InstanceId}`,
      },
    ])
  })
})

describe('activation codes', () => {
  test('carry 130 random bits in base32', () => {
    expect(toCode(new Uint8Array(CODE_BYTES))).toBe('A'.repeat(26))
    expect(toCode(new Uint8Array(CODE_BYTES).fill(0xff))).toBe('7'.repeat(26))
    expect(toCode(Uint8Array.from({ length: CODE_BYTES }, (_, index) => index))).toBe('AAAQEAYEAUDAOCAJBIFQYDIOB4')
    expect(() => toCode(new Uint8Array(16))).toThrow('17 random bytes')
  })
})
