import { expect, test } from 'vitest'
import { openCommands, shell } from '#commands/testing/open-commands.ts'
import { describeStores } from '#db/testing/stores.ts'
import { createFailpoint } from '#kit/failpoint.ts'

const MINUTE = 60_000

describeStores('delivery', (openStore) => {
  test('a node that is offline is Delayed and joins when it connects in time', async () => {
    await using stand = await openCommands(await openStore())
    const node = await stand.aNode()
    const CommandId = await stand.send(shell('id'), [node])
    expect(await stand.view(CommandId, node)).toMatchObject({ Status: 'Delayed', ResponseCode: -1 })
    stand.clock.advance(10 * MINUTE)
    await stand.sweep()
    await node.connect()
    await stand.settled(node)
    expect(await stand.view(CommandId, node)).toMatchObject({ Status: 'Success' })
    expect(await stand.command(CommandId)).toMatchObject({ Status: 'Success', CompletedCount: 1 })
  })

  test('a node that connects after the deadline never runs it', async () => {
    await using stand = await openCommands(await openStore())
    const node = await stand.aNode()
    const CommandId = await stand.send({ ...shell('id'), TimeoutSeconds: 30 }, [node])
    stand.clock.advance(30_000)
    await stand.sweep()
    expect(await stand.view(CommandId, node)).toMatchObject({ Status: 'TimedOut', StatusDetails: 'DeliveryTimedOut' })
    expect(await stand.command(CommandId)).toMatchObject({
      ...{ Status: 'TimedOut', StatusDetails: 'DeliveryTimedOut', DeliveryTimedOutCount: 1, ErrorCount: 0 },
    })
    await node.connect()
    await stand.settled(node)
    expect(node.ledger).toEqual([])
  })

  test('a node that connects after the deadline and before the sweep never gets it', async () => {
    await using stand = await openCommands(await openStore())
    const node = await stand.aNode()
    const CommandId = await stand.send({ ...shell('id'), TimeoutSeconds: 30 }, [node])
    stand.clock.advance(30_000)
    await node.connect()
    await stand.settled(node)
    expect(await stand.view(CommandId, node)).toMatchObject({ Status: 'Delayed' })
    await stand.sweep()
    expect(await stand.view(CommandId, node)).toMatchObject({ StatusDetails: 'DeliveryTimedOut' })
  })

  test('offline nodes take no slot, and a slot is free again at the end', async () => {
    await using stand = await openCommands(await openStore())
    const offline = await stand.aNode()
    const gate = Promise.withResolvers<void>()
    const onWork = async () => {
      await gate.promise
      return {}
    }
    const online = await stand.nodes(3, { behaviours: { onWork } })
    const CommandId = await stand.send({ ...shell('id'), MaxConcurrency: '1' }, [offline, ...online])
    await stand.commands.settled()
    const states = async () => (await stand.invocations(CommandId)).map(({ Status }) => Status)
    await stand.until(async () => (await states()).includes('InProgress'))
    expect((await states()).toSorted()).toEqual(['Delayed', 'InProgress', 'Pending', 'Pending'])
    gate.resolve()
    await stand.settled(...online)
    await stand.until(async () => (await states()).filter((state) => state === 'Success').length === 3)
    await offline.connect()
    await stand.settled(offline)
    await stand.until(async () => (await stand.command(CommandId)).Status === 'Success')
  })

  test('never runs more nodes at once than MaxConcurrency, and all in the end', async () => {
    await using stand = await openCommands(await openStore())
    let running = 0
    let most = 0
    const onWork = async () => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setImmediate(resolve))
      running -= 1
      return {}
    }
    const nodes = await stand.nodes(20, { behaviours: { onWork }, tags: { env: 'prod' } })
    const Targets = [{ Key: 'tag:env', Values: ['prod'] }]
    const CommandId = await stand.send({ ...shell('id'), Targets, MaxConcurrency: '15%' })
    await stand.until(async () => (await stand.command(CommandId)).Status === 'Success')
    expect(most).toBe(3)
    expect(nodes.map(({ ledger }) => ledger.length)).toEqual(nodes.map(() => 2))
  })

  test('stops on the error after MaxErrors: nobody else starts', async () => {
    await using stand = await openCommands(await openStore())
    const nodes = await stand.nodes(10, { behaviours: { onWork: () => ({ exitCode: 1 }) }, tags: { env: 'prod' } })
    const offline = await stand.aNode({ tags: { env: 'prod' } })
    const Targets = [{ Key: 'tag:env', Values: ['prod'] }]
    const CommandId = await stand.send({ ...shell('false'), Targets, MaxConcurrency: '1', MaxErrors: '2' })
    await stand.until(async () => (await stand.command(CommandId)).Status === 'Failed')
    expect(nodes.filter(({ ledger }) => ledger.length > 0)).toHaveLength(3)
    expect(await stand.command(CommandId)).toMatchObject({ ErrorCount: 3, CompletedCount: 11, StatusDetails: 'Failed' })
    const details = (await stand.invocations(CommandId)).map(({ StatusDetails }) => StatusDetails)
    expect(details.filter((one) => one === 'Terminated')).toHaveLength(8)
    expect(await stand.view(CommandId, offline)).toMatchObject({ Status: 'Cancelled', StatusDetails: 'Terminated' })
    const { Decisions, Sentence } = await stand.explain(CommandId, offline)
    expect(Sentence).toBe('The command stopped after 3 errors; MaxErrors allows 2.')
    expect(Decisions).toContainEqual(expect.objectContaining({ Code: 'Started', Result: 'NotReached' }))
  })

  test('a lost receipt is repeated and nothing starts twice', async () => {
    await using stand = await openCommands(await openStore())
    const gate = Promise.withResolvers<void>()
    let receipts = 0
    const [node] = await stand.nodes(1, {
      behaviours: {
        receiptsWork: () => ++receipts > 2,
        onWork: async () => {
          await gate.promise
          return {}
        },
      },
    })
    const CommandId = await stand.send(shell('id'), [node!])
    await stand.until(() => receipts === 1)
    stand.clock.advance(5_000)
    await stand.sweep()
    await stand.until(() => receipts === 2)
    stand.clock.advance(9_999)
    await stand.sweep()
    expect(receipts).toBe(2)
    stand.clock.advance(1)
    await stand.sweep()
    await stand.until(() => receipts === 3)
    gate.resolve()
    await stand.settled(node!)
    expect(await stand.view(CommandId, node!)).toMatchObject({ Status: 'Success' })
    expect(node!.ledger.filter(({ event }) => event === 'start')).toHaveLength(1)
  })

  test('a link that breaks under running work changes nothing', async () => {
    await using stand = await openCommands(await openStore())
    const gate = Promise.withResolvers<void>()
    const onWork = async () => {
      await gate.promise
      return { stdout: 'done' }
    }
    const [node] = await stand.nodes(1, { behaviours: { onWork } })
    const CommandId = await stand.send(shell('id'), [node!])
    await stand.until(async () => (await stand.view(CommandId, node!)).Status === 'InProgress')
    node!.disconnect()
    gate.resolve()
    await stand.until(() => node!.outbox.waiting().some(({ fact }) => fact.kind === 'result'))
    expect(await stand.view(CommandId, node!)).toMatchObject({ Status: 'InProgress' })
    await node!.connect()
    await stand.settled(node!)
    expect(await stand.view(CommandId, node!)).toMatchObject({ Status: 'Success', StandardOutputContent: 'done' })
    expect(node!.ledger.filter(({ event }) => event === 'start')).toHaveLength(1)
  })

  test('a node that started and fell silent is unknown past expiry; its late result is kept, shown, audited, and changes nothing', async () => {
    await using stand = await openCommands(await openStore())
    const gate = Promise.withResolvers<void>()
    const onWork = async () => {
      await gate.promise
      return { stdout: 'late words' }
    }
    const [node] = await stand.nodes(1, { behaviours: { onWork } })
    const CommandId = await stand.send({ ...shell('id'), TimeoutSeconds: 30 }, [node!])
    await stand.until(async () => (await stand.view(CommandId, node!)).Status === 'InProgress')
    node!.disconnect()
    stand.clock.advance(30_000 + 3_600_000 - 1)
    await stand.sweep()
    expect(await stand.view(CommandId, node!)).toMatchObject({ Status: 'InProgress' })
    stand.clock.advance(1)
    await stand.sweep()
    expect(await stand.view(CommandId, node!)).toMatchObject({ StatusDetails: 'DeliveryTimedOut' })
    expect((await stand.explain(CommandId, node!)).Sentence).toMatch(/what happened there is unknown\.$/)
    expect(await stand.refused('GetRunProof', { CommandId, InstanceId: node!.nodeId })).toMatchObject({
      code: 'InvocationDoesNotExist',
    })

    gate.resolve()
    await stand.until(() => node!.outbox.waiting().some(({ fact }) => fact.kind === 'result'))
    await node!.connect()
    await stand.settled(node!)
    expect(await stand.view(CommandId, node!)).toMatchObject({ StatusDetails: 'DeliveryTimedOut' })
    expect(await stand.command(CommandId)).toMatchObject({ CompletedCount: 1, DeliveryTimedOutCount: 1 })
    const named = { CommandId, InstanceId: node!.nodeId }
    expect((await stand.call('GetRunProof', named)).NodeId).toBe(node!.nodeId)
    const { Decisions, Sentence } = await stand.explain(CommandId, node!)
    expect(Decisions.slice(-2).map(({ Code }) => Code)).toEqual(['SilentPastExpiry', 'LateResult'])
    expect(Sentence).toMatch(/^A late result came: the node says Success/)
    const output = await stand.call('GetOutput', { ...named, Stream: 'stdout' })
    expect(Buffer.from(output.Data, 'base64').toString()).toBe('late words')
    expect(output.Complete).toBe(true)
    expect(await stand.audited('LateResult')).toMatchObject([{ result: 'Success' }])
    // It has its receipt, or it would send it for ever.
    expect(node!.outbox.waiting()).toEqual([])
  })

  test('a node that still reports is never given up', async () => {
    await using stand = await openCommands(await openStore())
    const gate = Promise.withResolvers<void>()
    const onWork = async () => {
      await gate.promise
      return {}
    }
    const [node] = await stand.nodes(1, { behaviours: { onWork } })
    const CommandId = await stand.send({ ...shell('id'), TimeoutSeconds: 30 }, [node!])
    await stand.until(async () => (await stand.view(CommandId, node!)).Status === 'InProgress')
    stand.clock.advance(100 * 3_600_000)
    await stand.sweep()
    expect(await stand.view(CommandId, node!)).toMatchObject({ Status: 'InProgress' })
    gate.resolve()
    await stand.settled(node!)
    expect(await stand.view(CommandId, node!)).toMatchObject({ Status: 'Success' })
  })

  test('a deregistered node ends what was open there', async () => {
    await using stand = await openCommands(await openStore())
    const [node] = await stand.nodes(1, { behaviours: { onWork: () => ({ silent: true }) } })
    const offline = await stand.aNode()
    const CommandId = await stand.send(shell('id'), [node!, offline])
    await stand.until(async () => (await stand.view(CommandId, node!)).Status === 'InProgress')
    for (const { nodeId } of [node!, offline]) await stand.call('DeregisterManagedInstance', { InstanceId: nodeId })
    await stand.sweep()
    expect(await stand.invocations(CommandId)).toMatchObject([
      { Status: 'Failed', StatusDetails: 'Undeliverable' },
      { Status: 'Failed', StatusDetails: 'Undeliverable' },
    ])
    expect(await stand.command(CommandId)).toMatchObject({ Status: 'Failed', CompletedCount: 2, ErrorCount: 0 })
  })

  test('a result that its node did not sign so is put aside', async () => {
    await using stand = await openCommands(await openStore())
    const [node] = await stand.nodes(1, {
      behaviours: { alters: (record) => ({ ...record, envelopeHash: '0'.repeat(64) }) },
    })
    const CommandId = await stand.send(shell('id'), [node!])
    await stand.settled(node!)
    expect(await stand.view(CommandId, node!)).toMatchObject({ Status: 'InProgress' })
    expect(stand.hub.stats().parked).toBe(1)
    // The node has given it away, so that silence counts from here on.
    stand.clock.advance(3_600_000 * 2)
    await stand.sweep()
    expect(await stand.view(CommandId, node!)).toMatchObject({ StatusDetails: 'DeliveryTimedOut' })
  })

  test('records that come twice count once', async () => {
    await using stand = await openCommands(await openStore())
    const nodes = await stand.nodes(5, { behaviours: { sendsRecords: 3, onWork: () => ({ exitCode: 1 }) } })
    const CommandId = await stand.send({ ...shell('id'), MaxErrors: '10' }, nodes)
    await stand.settled(...nodes)
    expect(await stand.command(CommandId)).toMatchObject({ CompletedCount: 5, ErrorCount: 5, Status: 'Failed' })
  })

  test('work that was released and never sent is sent after all', async () => {
    await using stand = await openCommands(await openStore(), { failpoint: createFailpoint('hand-over:error') })
    const [node] = await stand.nodes(1)
    const CommandId = await stand.send(shell('id'), [node!])
    await stand.commands.settled()
    expect(node!.ledger).toEqual([])
    stand.clock.advance(5_000)
    await stand.sweep()
    await stand.settled(node!)
    expect(await stand.view(CommandId, node!)).toMatchObject({ Status: 'Success' })
  })
})
