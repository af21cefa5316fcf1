import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { CommandTables } from '#commands/tables.ts'
import { type CommandStand, openCommands, shell } from '#commands/testing/open-commands.ts'
import { describeStores } from '#db/testing/stores.ts'
import type { MemoryNode } from '#hub/testing/memory-node.ts'
import { BucketRefused, type Buckets } from '#objects/index.ts'
import { claimUploads, insertUploads } from './store.ts'

const DAY_MS = 86_400_000
const toBucket = (command: string) => ({
  ...shell(command),
  ...{ OutputS3BucketName: 'output', OutputS3KeyPrefix: 'runs/nightly', OutputS3Region: 'eu-central-1' },
})

/** Sweeps, later and later, until the output's address is there. */
async function uploaded(stand: CommandStand, CommandId: string, node: MemoryNode): Promise<string> {
  let url = ''
  await stand.until(async () => {
    stand.clock.advance(5_000)
    await stand.sweep()
    url = (await stand.view(CommandId, node)).StandardOutputUrl ?? ''
    return url !== ''
  })
  return url
}

/** A bucket that answers with what it is told, or not at all. */
function aFlakyBucket() {
  const state: { problem: string | undefined; puts: string[] } = { problem: 'S3 answered 404 NoSuchBucket', puts: [] }
  const buckets: Pick<Buckets, 'put'> = {
    async put({ bucket, key }, source) {
      if (state.problem !== undefined) throw new BucketRefused(state.problem)
      state.puts.push(`${key} ${Buffer.from(await source.read(0, source.length)).toString()}`)
      return `https://s3.example/${bucket}/${key}`
    },
  }
  return { state, buckets }
}

const failuresOf = (stand: CommandStand) => stand.logged.filter(({ text }) => text.startsWith('commands: left'))

describeStores('output for a bucket', (openStore) => {
  test('lies there as in the service, and the views name it', async () => {
    await using stand = await openCommands(await openStore())
    const [node] = await stand.nodes(1, { behaviours: { onWork: () => ({ stdout: 'hi\n', stderr: 'oh\n' }) } })
    const CommandId = await stand.send(toBucket('echo hi'), [node!])
    await stand.settled(node!)
    await uploaded(stand, CommandId, node!)

    const view = await stand.view(CommandId, node!)
    const path = `/output/runs/nightly/${CommandId}/${node!.nodeId}/awsrunShellScript/runShellScript/`
    expect(view.StandardOutputUrl).toMatch(new RegExp(`^file:///.*${path}stdout$`))
    expect(await readFile(fileURLToPath(view.StandardOutputUrl ?? ''), 'utf8')).toBe('hi\n')
    expect(await readFile(fileURLToPath(view.StandardErrorUrl ?? ''), 'utf8')).toBe('oh\n')

    const urls = { StandardOutputUrl: view.StandardOutputUrl, StandardErrorUrl: view.StandardErrorUrl }
    expect(await stand.invocations(CommandId)).toMatchObject([{ ...urls, CommandPlugins: [] }])
    const place = { OutputS3BucketName: 'output', OutputS3KeyPrefix: 'runs/nightly', OutputS3Region: 'eu-central-1' }
    const { CommandInvocations } = await stand.call('ListCommandInvocations', { CommandId, Details: true })
    expect(CommandInvocations).toMatchObject([{ ...urls, CommandPlugins: [{ ...urls, ...place }] }])
    expect(await stand.command(CommandId)).toMatchObject(place)
    expect((await stand.explain(CommandId, node)).Decisions.at(-1)).toMatchObject({
      ...{ Code: 'OutputUploaded', Result: 'Passed', Parameters: { bucket: 'output', count: '2' } },
    })
  })

  test('that is none leaves no object behind, and no address', async () => {
    await using stand = await openCommands(await openStore())
    const [node] = await stand.nodes(1, { behaviours: { onWork: () => ({ stdout: 'x' }) } })
    const CommandId = await stand.send(toBucket('printf x'), [node!])
    await stand.settled(node!)
    await uploaded(stand, CommandId, node!)
    expect(await stand.view(CommandId, node!)).toMatchObject({ StandardErrorUrl: '' })
    const plain = await stand.send(shell('printf x'), [node!])
    await stand.settled(node!)
    await stand.sweep()
    expect(await stand.view(plain, node!)).toMatchObject({ StandardOutputUrl: '', StandardErrorUrl: '' })
  })

  test('is all of it, however long, once its last byte is here', async () => {
    await using stand = await openCommands(await openStore())
    const stdout = randomBytes(5_500_000)
    const [node] = await stand.nodes(1, { behaviours: { onWork: () => ({ stdout }) } })
    const CommandId = await stand.send(toBucket('much'), [node!])
    await stand.settled(node!)
    await stand.until(() => node!.unsealed() === 0)
    const url = await uploaded(stand, CommandId, node!)
    expect((await readFile(fileURLToPath(url))).equals(stdout)).toBe(true)
  })

  test('has an address a step', async () => {
    const { state, buckets } = aFlakyBucket()
    state.problem = undefined
    await using stand = await openCommands(await openStore(), { buckets })
    const mainSteps = ['first', 'second'].map((name) => ({
      action: 'aws:runShellScript',
      name,
      inputs: { runCommand: [name] },
    }))
    const Content = JSON.stringify({ schemaVersion: '2.2', mainSteps })
    await stand.call('CreateDocument', { Name: 'both', Content, DocumentType: 'Command' })
    const [node] = await stand.nodes(1, { behaviours: { onWork: () => [{ stdout: '1' }, { stdout: '2' }] } })
    const CommandId = await stand.send({ DocumentName: 'both', OutputS3BucketName: 'output' }, [node!])
    await stand.settled(node!)
    await stand.until(async () => {
      stand.clock.advance(5_000)
      await stand.sweep()
      return state.puts.length === 2
    })
    const folder = `${CommandId}/${node!.nodeId}/awsrunShellScript`
    expect([...state.puts].sort()).toEqual([`${folder}/first/stdout 1`, `${folder}/second/stdout 2`])
    const InstanceId = node!.nodeId
    const second = await stand.call('GetCommandInvocation', { CommandId, InstanceId, PluginName: 'second' })
    expect(second.StandardOutputUrl).toBe(`https://s3.example/output/${folder}/second/stdout`)
    expect(await stand.view(CommandId, node!)).toMatchObject({ StandardOutputUrl: '' })
    expect(await stand.invocations(CommandId)).toMatchObject([{ StandardOutputUrl: '' }])
  })

  test('of schema 1.2 is kept apart by the number of its properties', async () => {
    const { state, buckets } = aFlakyBucket()
    state.problem = undefined
    await using stand = await openCommands(await openStore(), { buckets })
    const properties = ['one', 'two'].map((word) => ({ runCommand: [word] }))
    const Content = JSON.stringify({ schemaVersion: '1.2', runtimeConfig: { 'aws:runShellScript': { properties } } })
    await stand.call('CreateDocument', { Name: 'both', Content, DocumentType: 'Command' })
    const [node] = await stand.nodes(1, { behaviours: { onWork: () => [{ stdout: '1' }, { stdout: '2' }] } })
    const CommandId = await stand.send({ DocumentName: 'both', OutputS3BucketName: 'output' }, [node!])
    await stand.settled(node!)
    const url = await uploaded(stand, CommandId, node!)
    const folder = `${CommandId}/${node!.nodeId}/awsrunShellScript`
    await stand.until(() => state.puts.length === 2)
    expect([...state.puts].sort()).toEqual(['0', '1'].map((n) => `${folder}/${n}.awsrunShellScript/stdout ${+n + 1}`))
    expect(url).toBe(`https://s3.example/output/${folder}/0.awsrunShellScript/stdout`)
  })

  test('does not touch the status when the bucket fails; it is explained, and tried again', async () => {
    const { state, buckets } = aFlakyBucket()
    await using stand = await openCommands(await openStore(), { buckets })
    const [node] = await stand.nodes(1, { behaviours: { onWork: () => ({ stdout: 'x' }) } })
    const CommandId = await stand.send(toBucket('printf x'), [node!])
    await stand.settled(node!)
    await stand.sweep()
    expect(await stand.view(CommandId, node!)).toMatchObject({ Status: 'Success', StandardOutputUrl: '' })
    expect(await stand.command(CommandId)).toMatchObject({ Status: 'Success' })
    const { Sentence, Decisions } = await stand.explain(CommandId, node)
    expect(Sentence).toMatch(
      /^Its output could not be written to the bucket output; it is tried again at .*: S3 answered 404 NoSuchBucket\.$/,
    )
    expect(Decisions.at(-2)).toMatchObject({ Code: 'Finished', Result: 'Passed' })

    state.problem = undefined
    const url = await uploaded(stand, CommandId, node!)
    expect(url).toContain('https://s3.example/output/runs/nightly/')
    expect(state.puts).toHaveLength(1)
    const after = await stand.explain(CommandId, node)
    expect(after.Sentence).toBe('The node reported its result: Success.')
    expect(after.Decisions.at(-1)).toMatchObject({ Code: 'OutputUploaded', Result: 'Passed' })
    expect(failuresOf(stand)).toEqual([])
  })

  test('is given up after a week, and said to be', async () => {
    const { state, buckets } = aFlakyBucket()
    await using stand = await openCommands(await openStore(), { buckets })
    const [node] = await stand.nodes(1, { behaviours: { onWork: () => ({ stdout: 'x', exitCode: 1 }) } })
    const CommandId = await stand.send(toBucket('printf x'), [node!])
    await stand.settled(node!)
    stand.clock.advance(8 * DAY_MS)
    await stand.sweep()
    state.problem = undefined
    stand.clock.advance(DAY_MS)
    await stand.sweep()
    expect(state.puts).toEqual([])
    const { Sentence, Decisions } = await stand.explain(CommandId, node)
    expect(Decisions.at(-1)).toMatchObject({
      ...{ Code: 'OutputUploadGivenUp', Result: 'Blocked' },
      Parameters: { bucket: 'output', problem: 'S3 answered 404 NoSuchBucket' },
    })
    // What failed on the node matters more.
    expect(Sentence).not.toContain('bucket')
    stand.clock.advance(31 * DAY_MS)
    await stand.sweep()
    const rows = stand.db.read.withTables<CommandTables>().selectFrom('command_upload').selectAll().execute()
    expect(await rows).toEqual([])
  })

  test('is written after all when the controller died over it', async () => {
    let dies = true
    const failpoint = (name: string): void => {
      if (name === 'upload-claimed' && dies) throw new Error('died')
    }
    await using stand = await openCommands(await openStore(), { failpoint })
    const [node] = await stand.nodes(1, { behaviours: { onWork: () => ({ stdout: 'x' }) } })
    const CommandId = await stand.send(toBucket('printf x'), [node!])
    await stand.settled(node!)
    dies = false
    await stand.sweep()
    expect(await stand.view(CommandId, node!)).toMatchObject({ StandardOutputUrl: '' })
    stand.clock.advance(30_000)
    await stand.sweep()
    expect((await stand.view(CommandId, node!)).StandardOutputUrl).not.toBe('')
  })

  test('that keeping removed before it was written is given up', async () => {
    const { state, buckets } = aFlakyBucket()
    await using stand = await openCommands(await openStore(), { buckets, keeping: { outputBytes: 0 } })
    const stdout = randomBytes(100_000)
    const [node] = await stand.nodes(1, { behaviours: { onWork: () => ({ stdout }) } })
    const CommandId = await stand.send(toBucket('much'), [node!])
    await stand.settled(node!)
    await stand.until(() => node!.unsealed() === 0)
    await stand.sweep()
    state.problem = undefined
    stand.clock.advance(DAY_MS)
    await stand.sweep()
    expect((await stand.explain(CommandId, node)).Sentence).toBe(
      'Its output was not written to the bucket output and is not tried again: it was removed before it was written.',
    )
    expect(state.puts).toEqual([])
  })

  test.each([
    ['name', { OutputS3BucketName: 'No_Bucket' }],
    ['name', { OutputS3BucketName: '../etc' }],
    ['name', { OutputS3BucketName: 'a..b' }],
    ['prefix', { OutputS3BucketName: 'output', OutputS3KeyPrefix: '../other' }],
    ['prefix', { OutputS3BucketName: 'output', OutputS3KeyPrefix: 'a/./b' }],
  ])('is refused where the bucket has a bad %s: %j', async (_what, place) => {
    await using stand = await openCommands(await openStore())
    const node = await stand.aNode()
    const input = { ...shell('id'), InstanceIds: [node.nodeId], ...place }
    expect(await stand.refused('SendCommand', input)).toEqual({ code: 'InvalidOutputFolder', text: undefined })
  })
})

describeStores('uploads that are due', (openStore) => {
  test('are taken once each, by however many at the same time', async () => {
    await using stand = await openCommands(await openStore())
    const { db } = stand
    const [node] = await stand.nodes(1)
    for (let index = 0; index < 12; index++) await stand.send(shell('id'), [node!])
    await stand.settled(node!)
    const invocations = db.read.withTables<CommandTables>().selectFrom('command_invocation')
    const streams = (await invocations.select(['command_key', 'node_key']).execute()).map((row) => ({
      ...{ commandKey: row.command_key, nodeKey: row.node_key, step: 0, stream: 'stdout' as const },
    }))
    await db.write((tx) => insertUploads(tx, db.dialect, streams, 0))
    const claim = () => db.write((tx) => claimUploads(tx, { now: 1, lease: 2, limit: 4 }))
    const claims = await Promise.all([claim(), claim(), claim(), claim()])
    const keys = claims.flat().map(({ commandKey }) => commandKey)
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys).toHaveLength(12)
  })
})
