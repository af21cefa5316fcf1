import { generateKeyPairSync } from 'node:crypto'
import { type Hello, signNewKey } from '@muster/protocol/link'
import { expect, test } from 'vitest'
import type { Database } from '#db/index.ts'
import { describeStores } from '#db/testing/stores.ts'
import { openHub } from '#hub/testing/open-hub.ts'
import { aHello, openRawLink, type RawLink } from '#hub/testing/raw-link.ts'
import { type HostKeys, newKeys, openFleet, spki } from '../testing/open-fleet.ts'

/** A node of a real fleet whose machines are the test itself. */
async function aNode(db: Database, probeMs = 60_000) {
  const stand = await openFleet(db)
  const opened = openHub(db, { probeMs })
  opened.hub.attach({ presence: stand.fleet.presence, receivers: opened.recording })
  const keys = newKeys()
  const { ActivationId: activationId = '', ActivationCode: code = '' } = await stand.call('CreateActivation', {
    IamRole: 'MusterNode',
  })
  const { value } = await stand.enrol({ activationId, code, keys })
  const nodeId = String(value['nodeId'])
  const nodeKey = await stand.keyOf(nodeId)
  const identity = async () => {
    const { NodeIdentities: [found] = [] } = await stand.call('DescribeNodeIdentities', { InstanceIds: [nodeId] })
    if (!found) throw new Error('the node is not there')
    return found
  }
  return {
    ...{ stand, hub: opened.hub, keys, nodeId, nodeKey, identity },
    /** A login of one program; it answers probes when it is told to. */
    async logIn(processId: string, generation: number, { answers = true, key = keys as HostKeys, hello = {} } = {}) {
      const login = { nodeId, generation, publicKey: new Uint8Array(spki(key)), source: `at ${processId}` }
      const link = openRawLink(opened.hub, nodeKey, () => true, login)
      link.frame(aHello({ processId, ...(hello as Partial<Hello>) }))
      if (answers) void answerProbe(link)
      return link
    },
    async keep(link: RawLink) {
      const { welcome } = await link.next('welcome')
      const { generation } = welcome
      link.frame({ kind: 'generationKept', generationKept: { generation } })
      await expect
        .poll(async () => (await identity()).Machines.map(({ Generation }) => Generation), { timeout: 30_000 })
        .toContain(generation)
      return generation
    },
    async [Symbol.asyncDispose]() {
      await opened[Symbol.asyncDispose]()
      await stand[Symbol.asyncDispose]()
    },
  }
}

async function answerProbe(link: RawLink): Promise<void> {
  const { probe } = await link.next('probe')
  link.frame({ kind: 'probeAnswer', probeAnswer: probe })
}

describeStores('an identity', (openStore) => {
  test('that two living machines use is held at once: neither is handed anything', async () => {
    await using node = await aNode(await openStore())
    const first = await node.logIn('one', 0)
    const generation = await node.keep(first)
    const copy = await node.logIn('two', generation)
    expect((await copy.next('welcome')).welcome).toMatchObject({ quarantined: true, generation: generation + 1 })
    expect(await first.ended()).toBe('quarantined')
    expect(node.hub.isConnected(node.nodeKey)).toBe(false)
    expect(node.hub.heldKeys()).toEqual([node.nodeKey])
    expect(await node.identity()).toMatchObject({
      Standing: 'Quarantined',
      Cause: 'TwoMachines',
      Machines: [
        { Machine: 1, Standing: 'Held', Generation: generation, SourceAddress: 'at one' },
        { Machine: 2, Standing: 'Held', SourceAddress: 'at two' },
      ],
    })
    const { InstanceInformationList: [shown] = [] } = await node.stand.call('DescribeInstanceInformation', {})
    expect(shown?.PingStatus).toBe('ConnectionLost')
  })

  test('that was put into quarantine, and released, is in the audit trail', async () => {
    await using node = await aNode(await openStore())
    const generation = await node.keep(await node.logIn('one', 0))
    await (await node.logIn('two', generation)).next('welcome')
    await node.stand.call('ReleaseNode', { InstanceId: node.nodeId, Machine: 1 })
    const { Events } = await node.stand.call('ListAuditEvents', {})
    expect(Events.slice(0, 2)).toMatchObject([
      { Operation: 'ReleaseNode', Decision: 'Allowed' },
      {
        Operation: 'Quarantine',
        Session: node.nodeId,
        SourceAddress: 'at two',
        Result: 'Quarantined',
        Why: 'TwoMachines',
      },
    ])
  })

  test('is not held when the program that had the link was killed and does not answer', async () => {
    await using node = await aNode(await openStore(), 50)
    const killed = await node.logIn('one', 0, { answers: false })
    const generation = await node.keep(killed)
    const next = await node.logIn('two', generation, { answers: false })
    expect((await next.next('welcome')).welcome.quarantined).toBe(false)
    expect(await killed.ended()).toBe('replaced')
    expect((await node.identity()).Standing).toBe('Good')
  })

  test('is not held when one program opens a second link', async () => {
    await using node = await aNode(await openStore())
    const generation = await node.keep(await node.logIn('one', 0))
    const again = await node.logIn('one', generation)
    expect((await again.next('welcome')).welcome.quarantined).toBe(false)
  })

  test('whose older copy logs in is held although nobody else is there', async () => {
    await using node = await aNode(await openStore())
    const first = await node.logIn('one', 0)
    await node.keep(first)
    first.gone()
    const copy = await node.logIn('two', 0)
    expect((await copy.next('welcome')).welcome.quarantined).toBe(true)
    expect(await node.identity()).toMatchObject({ Standing: 'Quarantined', Cause: 'OlderGeneration' })
  })

  test('goes on with the machine that the operator names; the other is never let in again', async () => {
    await using node = await aNode(await openStore())
    const first = await node.logIn('one', 0)
    const generation = await node.keep(first)
    const copy = await node.logIn('two', generation)
    const copied = await node.keep(copy)
    await expect(node.stand.call('ReleaseNode', { InstanceId: node.nodeId, Machine: 3 })).rejects.toThrow(
      `"InvalidParameters","Message":"${node.nodeId} has no machine 3."`,
    )
    await node.stand.call('ReleaseNode', { InstanceId: node.nodeId, Machine: 1 })
    expect(node.stand.cuts).toEqual([{ nodeKey: node.nodeKey, reason: 'released' }])
    copy.gone()

    const back = await node.logIn('one', generation)
    expect((await back.next('welcome')).welcome).toMatchObject({ quarantined: false, dropUnstarted: true })
    const kept = await node.keep(back)
    const refused = await node.logIn('two', copied)
    expect(await refused.ended()).toBe('superseded')
    expect(node.hub.isConnected(node.nodeKey)).toBe(true)
    back.gone()
    const later = await node.logIn('one', kept)
    expect((await later.next('welcome')).welcome).toMatchObject({ quarantined: false, dropUnstarted: false })
    await expect(node.stand.call('ReleaseNode', { InstanceId: node.nodeId, Machine: 1 })).rejects.toThrow(
      `${node.nodeId} is not in quarantine.`,
    )
  })

  test('in quarantine takes nothing that a machine says besides what it is', async () => {
    await using node = await aNode(await openStore())
    const first = await node.logIn('one', 0)
    const generation = await node.keep(first)
    const copy = await node.logIn('two', generation)
    await copy.next('welcome')
    copy.frame({ kind: 'workReceipt', workReceipt: { invocationId: 'invocation-1', known: false } })
    copy.frame({ kind: 'heartbeat', heartbeat: { sequence: 1, running: 0, degraded: false, degradedReason: '' } })
    await copy.next('heartbeatAnswer')
    expect(copy.closed).toEqual([])
    expect(node.hub.stats()).toMatchObject({ links: 0, parked: 0 })
  })

  test('changes its key when the one in use asks for it; the first login with the new one ends the old', async () => {
    await using node = await aNode(await openStore())
    const link = await node.logIn('one', 0)
    const generation = await node.keep(link)
    const next = newKeys()
    link.frame({ kind: 'newKey', newKey: signNewKey(node.nodeId, node.keys.privateKey, next.privateKey) })
    expect(Buffer.from((await link.next('keyKept')).keyKept.publicKey)).toEqual(spki(next))
    const before = await node.stand.fleet.findNodeForLogin(node.nodeId)
    expect(Buffer.from(before?.publicKey ?? [])).toEqual(spki(node.keys))
    expect(Buffer.from(before?.nextPublicKey ?? [])).toEqual(spki(next))

    link.gone()
    const renewed = await node.logIn('one', generation, { key: next })
    await renewed.next('welcome')
    const after = await node.stand.fleet.findNodeForLogin(node.nodeId)
    expect(Buffer.from(after?.publicKey ?? [])).toEqual(spki(next))
    expect(after?.nextPublicKey).toBeUndefined()
    const known = await node.stand.fleet.publicKeysOf(node.stand.db.read, node.nodeKey)
    expect(known.map((key) => Buffer.from(key))).toEqual([spki(next), spki(node.keys)])
    const { Events } = await node.stand.call('ListAuditEvents', { Operation: 'ChangeKey' })
    expect(Events).toMatchObject([{ Session: node.nodeId, Action: 'muster:ChangeKey', Result: 'OK' }])
  })

  test('keeps its key when another one than that in use asks for a new one', async () => {
    await using node = await aNode(await openStore())
    const link = await node.logIn('one', 0)
    await node.keep(link)
    const stranger = generateKeyPairSync('ed25519').privateKey
    link.frame({ kind: 'newKey', newKey: signNewKey(node.nodeId, stranger, newKeys().privateKey) })
    link.frame({ kind: 'newKey', newKey: signNewKey(node.nodeId, node.keys.privateKey, newKeys().privateKey) })
    await link.next('keyKept')
    expect(link.sent.filter(({ kind }) => kind === 'keyKept')).toHaveLength(1)
  })

  test('is asked for a new key at once where it is connected, and by age', async () => {
    await using node = await aNode(await openStore())
    await node.stand.call('RotateNodeKey', { InstanceId: node.nodeId })
    expect(node.stand.sent).toEqual([])
    node.stand.links.set(node.nodeKey, 0)
    await node.stand.call('RotateNodeKey', { InstanceId: node.nodeId })
    expect(node.stand.sent).toEqual([{ nodeKey: node.nodeKey, frame: { kind: 'rotateKey', rotateKey: {} } }])
    expect((await node.identity()).RotationRequestedDate).toBe(node.stand.clock.now() / 1000)
    await expect(node.stand.call('RotateNodeKey', { InstanceId: 'mi-00000000000000000' })).rejects.toThrow(
      '"InvalidInstanceId","Message":"mi-00000000000000000 is not a registered node."',
    )
  })
})
