import { expect, test } from 'vitest'
import { type CommandStand, openCommands, type StandOptions, shell } from '#commands/testing/open-commands.ts'
import type { Database } from '#db/index.ts'
import { describeStores } from '#db/testing/stores.ts'
import { createHints } from './index.ts'

const ALL = ['Node', 'Command', 'Invocation'] as const
const open = (db: Database, options: StandOptions = {}) =>
  openCommands(db, { ...options, above: (parts) => createHints(parts).operations })

const begin = async (stand: CommandStand): Promise<string> =>
  (await stand.call('WatchChanges', { Topics: [...ALL] })).Cursor
const since = async (stand: CommandStand, Cursor: string, Topics: (typeof ALL)[number][] = [...ALL]) =>
  (await stand.call('WatchChanges', { Topics, Cursor })).Changes

describeStores('WatchChanges', (openStore) => {
  test('begins at now, with a cursor and nothing changed', async () => {
    await using stand = await open(await openStore())
    await stand.nodes(1)
    const first = await stand.call('WatchChanges', { Topics: ['Node'], WaitSeconds: 20 })
    expect(first).toEqual({ Cursor: expect.any(String), Changes: [], Reset: false })
    expect(await stand.call('WatchChanges', { Topics: ['Node'], Cursor: first.Cursor })).toEqual(first)
  })

  test('tells of a node that enrols, comes, is tagged, has another role, goes and is deregistered', async () => {
    await using stand = await open(await openStore())
    let cursor = await begin(stand)
    const node = await stand.aNode()
    const steps: (() => unknown)[] = [
      () => node.connect(),
      () =>
        stand.call('AddTagsToResource', {
          ...{ ResourceType: 'ManagedInstance', ResourceId: node.nodeId, Tags: [{ Key: 'a', Value: 'b' }] },
        }),
      () =>
        stand.call('RemoveTagsFromResource', {
          ...{ ResourceType: 'ManagedInstance', ResourceId: node.nodeId, TagKeys: ['a'] },
        }),
      () => stand.call('UpdateManagedInstanceRole', { InstanceId: node.nodeId, IamRole: 'MusterNode' }),
      () => node.disconnect(),
      () => stand.call('DeregisterManagedInstance', { InstanceId: node.nodeId }),
    ]
    const told = async () => {
      const answer = await stand.call('WatchChanges', { Topics: ['Node'], Cursor: cursor, WaitSeconds: 20 })
      cursor = answer.Cursor
      return answer.Changes
    }
    const change = { Topic: 'Node', Id: node.nodeId }
    expect(await told()).toEqual([change])
    for (const [index, step] of steps.entries()) {
      await step()
      expect([index, await told()]).toEqual([index, [change]])
    }
  })

  test('tells of a command and its invocations when it is sent, started, ended and cancelled', async () => {
    await using stand = await open(await openStore())
    const [node] = await stand.nodes(1)
    const cursor = await begin(stand)
    const id = await stand.send(shell('true'), [node!])
    await stand.settled(node!)
    await stand.until(async () => (await stand.view(id, node!)).Status === 'Success')
    const told = await since(stand, cursor)
    expect(told).toContainEqual({ Topic: 'Command', Id: id })
    expect(told).toContainEqual({ Topic: 'Invocation', Id: `${id}/${node!.nodeId}` })
    expect(told).toHaveLength(2)
    expect(await since(stand, cursor, ['Command'])).toEqual([{ Topic: 'Command', Id: id }])

    await node!.disconnect()
    const waiting = await stand.send(shell('true'), [node!])
    const before = await begin(stand)
    await stand.call('CancelCommand', { CommandId: waiting })
    await stand.settled()
    expect(await since(stand, before, ['Command'])).toEqual([{ Topic: 'Command', Id: waiting }])
  })

  test('tells of an invocation that ends without ever having started', async () => {
    await using stand = await open(await openStore())
    const node = await stand.aNode()
    const id = await stand.send(shell('true'), [node])
    const cursor = await begin(stand)
    stand.clock.advance(2 * 3_600_000)
    await stand.sweep()
    expect((await stand.view(id, node)).StatusDetails).toBe('DeliveryTimedOut')
    expect(await since(stand, cursor, ['Invocation'])).toEqual([{ Topic: 'Invocation', Id: `${id}/${node.nodeId}` }])
  })

  test('waits for a change, and then for what belongs to it', async () => {
    await using stand = await open(await openStore())
    const [one, two] = [await stand.aNode(), await stand.aNode()]
    const Cursor = await begin(stand)
    const waiting = stand.call('WatchChanges', { Topics: ['Node'], Cursor, WaitSeconds: 20 })
    await one.connect()
    await two.connect()
    const { Changes } = await waiting
    expect(Changes[0]).toEqual({ Topic: 'Node', Id: one.nodeId })
  })

  test('is over without a change when its time is', async () => {
    await using stand = await open(await openStore())
    const Cursor = await begin(stand)
    expect(await stand.call('WatchChanges', { Topics: ['Node'], Cursor, WaitSeconds: 1 })).toEqual({
      ...{ Cursor, Changes: [], Reset: false },
    })
  })

  test('says Reset to a cursor of another life, and to one that is none', async () => {
    await using stand = await open(await openStore())
    const strange = Buffer.from('0123456789abcdef.5').toString('base64url')
    for (const Cursor of [strange, 'nonsense', `${await begin(stand)}99999`]) {
      const answer = await stand.call('WatchChanges', { Topics: ['Node'], Cursor, WaitSeconds: 20 })
      expect(answer).toMatchObject({ Changes: [], Reset: true })
      expect(await since(stand, answer.Cursor)).toEqual([])
    }
  })

  test('lets 64 calls of one caller wait, and refuses the next at once', async () => {
    await using stand = await open(await openStore())
    const node = await stand.aNode()
    const Cursor = await begin(stand)
    const watch = () => stand.call('WatchChanges', { Topics: ['Node'], Cursor, WaitSeconds: 20 })
    const waiting = Array.from({ length: 64 }, watch)
    expect(await stand.refused('WatchChanges', { Topics: ['Node'], Cursor, WaitSeconds: 20 })).toEqual({
      code: 'ThrottlingException',
      text: 'At most 64 calls of one caller may wait for changes at a time.',
    })
    expect(await since(stand, Cursor)).toEqual([])
    await node.connect()
    for (const { Changes } of await Promise.all(waiting)) expect(Changes).toEqual([{ Topic: 'Node', Id: node.nodeId }])
    expect((await watch()).Changes).toHaveLength(1)
  })

  test('is for those who may read what the topic tells of, and a refusal is in the audit trail', async () => {
    const allowed = new Set(['muster:WatchChanges', 'ssm:ListCommands'])
    await using stand = await open(await openStore(), {
      decide: (action) => ({ allowed: allowed.has(action), reason: `no ${action}` }),
    })
    expect((await stand.call('WatchChanges', { Topics: ['Command'] })).Changes).toEqual([])
    expect(await stand.refused('WatchChanges', { Topics: ['Command', 'Node'] })).toEqual({
      code: 'AccessDeniedException',
      text: 'no ssm:DescribeInstanceInformation',
    })
    const rows = await stand.db.read
      .withTables<{ audit_event: { operation: string; action: string; decision: string } }>()
      .selectFrom('audit_event')
      .select(['operation', 'action', 'decision'])
      .where('operation', '=', 'WatchChanges')
      .execute()
    expect(rows).toEqual([{ operation: 'WatchChanges', action: 'ssm:DescribeInstanceInformation', decision: 'Denied' }])
  })
})
