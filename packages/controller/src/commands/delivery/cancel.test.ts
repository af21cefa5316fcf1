import { expect, test } from 'vitest'
import { openCommands, shell } from '#commands/testing/open-commands.ts'
import { describeStores } from '#db/testing/stores.ts'
import { createFailpoint } from '#kit/failpoint.ts'

const forever = async ({ cancelled }: { readonly cancelled: AbortSignal }) => {
  await new Promise<void>((resolve) => cancelled.addEventListener('abort', () => resolve(), { once: true }))
  return {}
}

describeStores('CancelCommand', (openStore) => {
  test('ends what waits at once, and asks running nodes to stop', async () => {
    await using stand = await openCommands(await openStore())
    const [node] = await stand.nodes(1, { behaviours: { onWork: forever } })
    const offline = await stand.aNode()
    const CommandId = await stand.send(shell('sleep 1000'), [node!, offline])
    await stand.until(() => node!.outbox.lastNumber() >= 0)
    await stand.commands.settled()
    expect(await stand.call('CancelCommand', { CommandId })).toEqual({})
    expect(await stand.view(CommandId, offline)).toMatchObject({ Status: 'Cancelled', StatusDetails: 'Cancelled' })
    await stand.settled(node!)
    await stand.until(async () => (await stand.view(CommandId, node!)).Status === 'Cancelled')
    expect(await stand.command(CommandId)).toMatchObject({
      ...{ Status: 'Cancelled', StatusDetails: 'Cancelled', CompletedCount: 2, ErrorCount: 0 },
    })
    await offline.connect()
    await stand.settled(offline)
    expect(offline.ledger).toEqual([])
  })

  test('cancels on some nodes and leaves the others', async () => {
    await using stand = await openCommands(await openStore())
    const [first, second] = [await stand.aNode(), await stand.aNode()]
    const CommandId = await stand.send(shell('id'), [first, second])
    await stand.call('CancelCommand', { CommandId, InstanceIds: [first.nodeId] })
    expect(await stand.command(CommandId)).toMatchObject({ CompletedCount: 1, Status: 'Pending' })
    for (const node of [first, second]) await node.connect()
    await stand.settled(first, second)
    expect([first.ledger.length, second.ledger.length]).toEqual([0, 2])
    expect(await stand.command(CommandId)).toMatchObject({
      CompletedCount: 2,
      Status: 'Failed',
      StatusDetails: 'Incomplete',
    })
  })

  test('has no effect on a command that is over', async () => {
    await using stand = await openCommands(await openStore())
    const [node] = await stand.nodes(1)
    const CommandId = await stand.send(shell('id'), [node!])
    await stand.settled(node!)
    expect(await stand.call('CancelCommand', { CommandId })).toEqual({})
    expect(await stand.command(CommandId)).toMatchObject({ Status: 'Success' })
  })

  test('refuses a command or node that it does not know', async () => {
    await using stand = await openCommands(await openStore())
    const [node, other] = [await stand.aNode(), await stand.aNode()]
    const CommandId = await stand.send(shell('id'), [node])
    const unknown = '01234567-89ab-cdef-0123-456789abcdef'
    expect(await stand.refused('CancelCommand', { CommandId: unknown })).toEqual({
      code: 'InvalidCommandId',
      text: undefined,
    })
    for (const id of [other.nodeId, 'mi-0123456789abcdef0'])
      expect(await stand.refused('CancelCommand', { CommandId, InstanceIds: [id] })).toMatchObject({
        code: 'InvalidInstanceId',
      })
    const twice = [node.nodeId, node.nodeId]
    expect(await stand.refused('CancelCommand', { CommandId, InstanceIds: twice })).toMatchObject({
      code: 'DuplicateInstanceId',
    })
  })

  test('is repeated until the node reports, and a node that never got the work is done with at its next login', async () => {
    await using stand = await openCommands(await openStore(), { failpoint: createFailpoint('hand-over:error') })
    const [node] = await stand.nodes(1)
    const CommandId = await stand.send(shell('id'), [node!])
    await stand.call('CancelCommand', { CommandId })
    await stand.commands.settled()
    expect(await stand.view(CommandId, node!)).toMatchObject({ Status: 'Cancelling' })
    expect(await stand.command(CommandId)).toMatchObject({ Status: 'Cancelling' })
    node!.disconnect()
    stand.clock.advance(1_000)
    await node!.connect()
    await stand.settled(node!)
    expect(await stand.view(CommandId, node!)).toMatchObject({ Status: 'Cancelled' })
    expect(node!.ledger).toEqual([])
  })

  test('a cancel that comes with the result leaves one state, and Cancelled only if the node says so', async () => {
    await using stand = await openCommands(await openStore())
    const nodes = await stand.nodes(20, { tags: { env: 'prod' } })
    const Targets = [{ Key: 'tag:env', Values: ['prod'] }]
    const CommandId = await stand.send({ ...shell('id'), Targets })
    await stand.call('CancelCommand', { CommandId })
    await stand.settled(...nodes)
    await stand.until(async () => (await stand.command(CommandId)).CompletedCount === 20)
    for (const invocation of await stand.invocations(CommandId))
      expect(['Success', 'Cancelled']).toContain(invocation.Status)
  })
})
