import { createHash, randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { type CommandStand, openCommands, shell } from '#commands/testing/open-commands.ts'
import { describeStores } from '#db/testing/stores.ts'
import type { MemoryNode } from '#hub/testing/memory-node.ts'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Reads a stream to its end, as a client does. */
async function readAll(stand: CommandStand, CommandId: string, node: MemoryNode, MaxBytes = 262_144) {
  const parts: Buffer[] = []
  for (let Offset = 0; ; ) {
    const input = { CommandId, InstanceId: node.nodeId, Stream: 'stdout', Offset, MaxBytes, WaitSeconds: 20 } as const
    const answer = await stand.call('GetOutput', input)
    parts.push(Buffer.from(answer.Data, 'base64'))
    Offset = answer.NextOffset
    if (answer.Complete) return { bytes: Buffer.concat(parts), ...answer }
  }
}

describeStores('output', (openStore) => {
  test('of a few lines stands in the step, byte for byte', async () => {
    await using stand = await openCommands(await openStore())
    const [node] = await stand.nodes(1, { behaviours: { onWork: () => ({ stdout: 'grüß dich\n' }) } })
    const CommandId = await stand.send(shell('greet'), [node!])
    const { bytes, TotalBytes, DroppedBytes } = await readAll(stand, CommandId, node!)
    expect(bytes.toString()).toBe('grüß dich\n')
    expect([TotalBytes, DroppedBytes]).toEqual([12, 0])
  })

  test('that is no text is kept as it is, and shown with replacements', async () => {
    await using stand = await openCommands(await openStore())
    const stdout = Buffer.from([0, 1, 0xff, 0xfe, 65, 0, 0xc3])
    const [node] = await stand.nodes(1, { behaviours: { onWork: () => ({ stdout }) } })
    const CommandId = await stand.send(shell('binary'), [node!])
    expect((await readAll(stand, CommandId, node!)).bytes).toEqual(stdout)
    await stand.settled(node!)
    expect((await stand.view(CommandId, node!)).StandardOutputContent).toBe('\uFFFD\u0001\uFFFD\uFFFDA\uFFFD\uFFFD')
  })

  test('of any size comes back equal, whatever pieces it is read in', async () => {
    await using stand = await openCommands(await openStore())
    for (const size of [32 * 1024, 40 * 1024, 65 * 1024, 9 * 1024 * 1024 + 17]) {
      const stdout = randomBytes(size)
      const [node] = await stand.nodes(1, { behaviours: { onWork: () => ({ stdout }) } })
      const CommandId = await stand.send(shell('much'), [node!])
      const read = await readAll(stand, CommandId, node!, 200_000)
      expect({ size, sha256: sha256(read.bytes), total: read.TotalBytes }).toEqual({
        ...{ size, sha256: sha256(stdout), total: size },
      })
      const { StandardOutputContent: head = '' } = await stand.view(CommandId, node!)
      expect([...head].length).toBeLessThanOrEqual(24_000)
      await stand.until(() => node!.unsealed() === 0)
    }
  })

  test('survives links that break in the middle', async () => {
    await using stand = await openCommands(await openStore())
    const stdout = randomBytes(6 * 1024 * 1024)
    const [node] = await stand.nodes(1, { behaviours: { onWork: () => ({ stdout }) } })
    const CommandId = await stand.send(shell('much'), [node!])
    const total = async () => {
      const input = { CommandId, InstanceId: node!.nodeId, Stream: 'stdout', Offset: 2 ** 40 } as const
      return (await stand.call('GetOutput', input)).TotalBytes
    }
    for (const reached of [500_000, 2_000_000, 5_000_000]) {
      await stand.until(async () => (await total()) > reached)
      node!.disconnect()
      await node!.connect()
    }
    expect(sha256((await readAll(stand, CommandId, node!)).bytes)).toBe(sha256(stdout))
  })

  test('is waited for until it comes', async () => {
    await using stand = await openCommands(await openStore())
    const gate = Promise.withResolvers<void>()
    const onWork = async () => {
      await gate.promise
      return { stdout: 'at last' }
    }
    const [node] = await stand.nodes(1, { behaviours: { onWork } })
    const CommandId = await stand.send(shell('slow'), [node!])
    const input = { CommandId, InstanceId: node!.nodeId, Stream: 'stdout' } as const
    expect(await stand.call('GetOutput', input)).toEqual({
      ...{ Data: '', NextOffset: 0, TotalBytes: 0, DroppedBytes: 0, Complete: false },
    })
    const waiting = stand.call('GetOutput', { ...input, WaitSeconds: 20 })
    gate.resolve()
    expect(await waiting).toMatchObject({ Data: Buffer.from('at last').toString('base64'), Complete: true })
  })

  test('that can never come is complete: nobody waits for it', async () => {
    await using stand = await openCommands(await openStore())
    const node = await stand.aNode()
    const CommandId = await stand.send(shell('never'), [node])
    const waiting = readAll(stand, CommandId, node)
    await stand.call('CancelCommand', { CommandId })
    expect(await waiting).toMatchObject({ TotalBytes: 0, Complete: true })
  })

  test('is asked for by step where there are several', async () => {
    await using stand = await openCommands(await openStore())
    const step = (name: string) => ({ action: 'aws:runShellScript', name, inputs: { runCommand: ['id'] } })
    const Content = JSON.stringify({ schemaVersion: '2.2', mainSteps: [step('first'), step('second')] })
    await stand.call('CreateDocument', { Name: 'two', Content, DocumentType: 'Command' })
    const onWork = () => [{ stdout: 'one' }, { stdout: 'two', exitCode: 3 }]
    const [node] = await stand.nodes(1, { behaviours: { onWork } })
    const CommandId = await stand.send({ DocumentName: 'two' }, [node!])
    await stand.settled(node!)
    const input = { CommandId, InstanceId: node!.nodeId }
    const output = await stand.call('GetOutput', { ...input, PluginName: 'second', Stream: 'stdout' })
    expect(Buffer.from(output.Data, 'base64').toString()).toBe('two')
    for (const PluginName of [undefined, 'third'])
      expect(await stand.refused('GetOutput', { ...input, PluginName, Stream: 'stdout' })).toMatchObject({
        code: 'InvalidPluginName',
      })

    expect(await stand.call('GetCommandInvocation', { ...input, PluginName: 'first' })).toMatchObject({
      ...{ Status: 'Success', ResponseCode: 0, StandardOutputContent: 'one' },
    })
    expect(await stand.call('GetCommandInvocation', { ...input, PluginName: 'second' })).toMatchObject({
      ...{ Status: 'Failed', ResponseCode: 3, StandardOutputContent: 'two' },
    })
    const whole = await stand.call('GetCommandInvocation', input)
    expect(whole).toMatchObject({ Status: 'Failed', ResponseCode: 3, StandardOutputContent: '' })
    expect(whole.PluginName).toBeUndefined()
    expect(await stand.refused('GetCommandInvocation', { ...input, PluginName: 'third' })).toMatchObject({
      code: 'InvalidPluginName',
    })
    const { CommandInvocations } = await stand.call('ListCommandInvocations', { CommandId, Details: true })
    expect(CommandInvocations?.[0]?.CommandPlugins).toMatchObject([
      { Name: 'first', Status: 'Success', ResponseCode: 0, Output: 'one' },
      { Name: 'second', Status: 'Failed', ResponseCode: 3, Output: 'two' },
    ])
  })

  test('is refused for a command, node or invocation that does not exist', async () => {
    await using stand = await openCommands(await openStore())
    const [node, other] = [await stand.aNode(), await stand.aNode()]
    const CommandId = await stand.send(shell('id'), [node])
    const unknown = '01234567-89ab-cdef-0123-456789abcdef'
    const ask = (name: 'GetOutput' | 'GetCommandInvocation', id: string, { nodeId }: { nodeId: string }) =>
      stand.refused(name, { CommandId: id, InstanceId: nodeId, ...(name === 'GetOutput' && { Stream: 'stdout' }) })
    expect(await ask('GetOutput', unknown, node)).toMatchObject({ code: 'InvalidCommandId' })
    expect(await ask('GetOutput', CommandId, other)).toMatchObject({ code: 'InvocationDoesNotExist' })
    for (const [id, of] of [
      [unknown, node],
      [CommandId, other],
    ] as const)
      expect(await ask('GetCommandInvocation', id, of)).toEqual({ code: 'InvocationDoesNotExist', text: undefined })
  })
})
