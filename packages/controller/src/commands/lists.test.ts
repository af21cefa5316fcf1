import { verifyRunProof } from '@muster/protocol/delivery'
import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { openCommands, shell } from './testing/open-commands.ts'

describeStores('lists of commands', (openStore) => {
  test('come newest first, page by page', async () => {
    await using stand = await openCommands(await openStore())
    const [node, other] = [await stand.aNode(), await stand.aNode()]
    const sent: string[] = []
    for (let index = 0; index < 7; index++) {
      sent.unshift(await stand.send(shell(`echo ${index}`), index % 2 === 0 ? [node] : [node, other]))
      // Some in the same millisecond.
      if (index % 3 === 0) stand.clock.advance(1000)
    }
    const pages: string[][] = []
    let NextToken: string | undefined
    do {
      const page = await stand.call('ListCommands', { MaxResults: 3, ...(NextToken && { NextToken }) })
      pages.push((page.Commands ?? []).map(({ CommandId = '' }) => CommandId))
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    expect(pages.map(({ length }) => length)).toEqual([3, 3, 1])
    expect(pages.flat()).toEqual(sent)
    const ofOther = await stand.call('ListCommands', { InstanceId: other.nodeId })
    expect(ofOther.Commands?.map(({ CommandId }) => CommandId)).toEqual([sent[1], sent[3], sent[5]])
  })

  test('of one command are narrowed like all others', async () => {
    await using stand = await openCommands(await openStore())
    const [node, other] = [await stand.aNode(), await stand.aNode()]
    const CommandId = await stand.send(shell('one'), [node])
    await stand.send(shell('two'), [other])
    const count = async (more: object) => (await stand.call('ListCommands', { CommandId, ...more })).Commands?.length
    expect(await count({})).toBe(1)
    expect(await count({ InstanceId: node.nodeId })).toBe(1)
    expect(await count({ InstanceId: other.nodeId })).toBe(0)
    expect(await count({ Filters: [{ key: 'ExecutionStage', value: 'Complete' }] })).toBe(0)
  })

  test('of invocations come by command and node, page by page', async () => {
    await using stand = await openCommands(await openStore())
    const nodes = [await stand.aNode(), await stand.aNode(), await stand.aNode()]
    const first = await stand.send(shell('one'), nodes)
    const second = await stand.send(shell('two'), nodes)
    const seen: string[] = []
    let NextToken: string | undefined
    do {
      const page = await stand.call('ListCommandInvocations', { MaxResults: 2, ...(NextToken && { NextToken }) })
      for (const { CommandId, InstanceId } of page.CommandInvocations ?? []) seen.push(`${CommandId} ${InstanceId}`)
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    expect(seen).toEqual([second, first].flatMap((id) => nodes.map(({ nodeId }) => `${id} ${nodeId}`)))
    const ofNode = await stand.call('ListCommandInvocations', { InstanceId: nodes[1]!.nodeId })
    expect(ofNode.CommandInvocations?.map(({ CommandId }) => CommandId)).toEqual([second, first])
  })

  test('are narrowed by time, status, stage and document', async () => {
    await using stand = await openCommands(await openStore())
    const offline = await stand.aNode()
    const [node] = await stand.nodes(1, { behaviours: { onWork: () => ({ exitCode: 1 }) } })
    const failed = await stand.send(shell('false'), [node!])
    await stand.settled(node!)
    await stand.until(async () => (await stand.command(failed)).Status === 'Failed')
    stand.clock.advance(60_000)
    const between = new Date(stand.clock.now() - 30_000).toISOString()
    const waiting = await stand.send(shell('true'), [offline])
    const list = async (...filters: [string, string][]) => {
      const Filters = filters.map(([key, value]) => ({ key: key as 'Status', value }))
      const { Commands = [] } = await stand.call('ListCommands', { Filters })
      const { CommandInvocations = [] } = await stand.call('ListCommandInvocations', { Filters })
      const ids = Commands.map(({ CommandId }) => CommandId)
      expect(CommandInvocations.map(({ CommandId }) => CommandId)).toEqual(ids)
      return ids
    }
    expect(await list(['InvokedAfter', between])).toEqual([waiting])
    expect(await list(['InvokedBefore', between])).toEqual([failed])
    expect(await list(['Status', 'Failed'])).toEqual([failed])
    expect(await list(['Status', 'LimitExceeded'])).toEqual([])
    expect(await list(['InvokedBefore', between.replace('Z', '')])).toEqual([failed])
    expect(await list(['InvokedAfter', '2026-11-24'])).toEqual([waiting, failed])
    expect(await list(['ExecutionStage', 'Executing'])).toEqual([waiting])
    expect(await list(['ExecutionStage', 'Complete'])).toEqual([failed])
    expect(await list(['DocumentName', 'AWS-RunShellScript'])).toEqual([waiting, failed])
    expect(await list(['DocumentName', 'other'])).toEqual([])
    expect(await list(['Status', 'Failed'], ['InvokedAfter', between])).toEqual([])
  })

  test('refuse filters, tokens and ids that mean nothing', async () => {
    await using stand = await openCommands(await openStore())
    const node = await stand.aNode()
    for (const text of ['one', 'two']) await stand.send(shell(text), [node])
    for (const name of ['ListCommands', 'ListCommandInvocations'] as const) {
      const twice = [
        { key: 'Status', value: 'Failed' },
        { key: 'Status', value: 'Success' },
      ]
      expect(await stand.refused(name, { Filters: twice })).toMatchObject({ code: 'InvalidFilterKey' })
      const values = [
        ...[['Status', 'Sleeping'] as const, ['InvokedAfter', 'yesterday'] as const],
        ...[['InvokedAfter', '5'] as const, ['InvokedBefore', '2026-13-01T00:00:00Z'] as const],
        ['ExecutionStage', 'Begun'] as const,
      ]
      for (const [key, value] of values)
        expect(await stand.refused(name, { Filters: [{ key, value }] })).toMatchObject({ code: 'ValidationException' })
      expect(await stand.refused(name, { NextToken: 'garbage' })).toMatchObject({ code: 'InvalidNextToken' })
      const { NextToken } = await stand.call(name, { MaxResults: 1 })
      const another = { NextToken, InstanceId: node.nodeId }
      expect(await stand.refused(name, another)).toMatchObject({ code: 'InvalidNextToken' })
      const CommandId = '01234567-89ab-cdef-0123-456789abcdef'
      expect(await stand.refused(name, { CommandId })).toMatchObject({ code: 'InvalidCommandId' })
      const InstanceId = 'mi-0123456789abcdef0'
      expect(await stand.refused(name, { InstanceId })).toMatchObject({ code: 'InvalidInstanceId' })
    }
  })

  test('are explained: where a command and an invocation stand, and why', async () => {
    await using stand = await openCommands(await openStore())
    const gate = Promise.withResolvers<void>()
    const onWork = async () => {
      await gate.promise
      return {}
    }
    const [running, waiting] = await stand.nodes(2, { behaviours: { onWork } })
    const offline = await stand.aNode()
    const CommandId = await stand.send({ ...shell('id'), MaxConcurrency: '1' }, [running!, waiting!, offline])
    await stand.until(async () => (await stand.view(CommandId, running!)).Status === 'InProgress')
    const codes = async (node?: typeof offline) =>
      (await stand.explain(CommandId, node)).Decisions.map(({ Code, Result }) => `${Code} ${Result}`)
    expect(await codes()).toEqual(['TargetMatched Passed', 'CommandRunning Passed'])
    expect((await stand.explain(CommandId)).Sentence).toBe(
      '1 nodes run the command and 2 wait for a slot (MaxConcurrency 1) or for their connection.',
    )
    expect(await codes(running)).toEqual(expect.arrayContaining(['Released Passed', 'Received Passed']))
    expect(await codes(waiting)).toEqual(
      expect.arrayContaining(['NodeSelected Passed', 'WaitingForSlot Blocked', 'Started NotReached']),
    )
    expect((await stand.explain(CommandId, waiting)).Sentence).toBe(
      'The node waits until fewer than 1 nodes run the command (MaxConcurrency).',
    )
    expect((await stand.explain(CommandId, offline)).Sentence).toBe(
      'The node is not connected; it gets the command if it connects before 2026-11-24T13:00:00.000Z.',
    )
    gate.resolve()
    await stand.settled(running!, waiting!)
    expect((await stand.explain(CommandId, running)).Sentence).toBe('The node reported its result: Success.')
    const stranger = await stand.aNode()
    const Subject = { Type: 'Invocation', Id: CommandId, InstanceId: stranger.nodeId }
    expect(await stand.refused('Explain', { Subject })).toMatchObject({ code: 'InvocationDoesNotExist' })
  })

  test('the proof of a run can be checked without the controller', async () => {
    await using stand = await openCommands(await openStore())
    const [node] = await stand.nodes(1, { behaviours: { onWork: () => ({ stdout: 'x' }) } })
    const CommandId = await stand.send(shell('echo x'), [node!])
    await stand.settled(node!)
    const proof = await stand.call('GetRunProof', { CommandId, InstanceId: node!.nodeId })
    const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))
    const checked = verifyRunProof({
      ...{ record: bytes(proof.Record), signature: bytes(proof.Signature), publicKey: bytes(proof.PublicKey) },
      ...{ nodeId: proof.NodeId, envelope: bytes(proof.Envelope) },
      outputs: [{ step: 0, stream: 'stdout', bytes: new TextEncoder().encode('x') }],
    })
    expect(checked).toMatchObject({ ok: true, record: { status: 'Success', commandId: CommandId } })
  })
})
