import { expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import type { Caller } from '#kit/identity.ts'
import { HOME, openCommands, START, shell } from './testing/open-commands.ts'

const DOCUMENTS = { Effect: 'Allow', Action: 'ssm:SendCommand', Resource: 'arn:aws:ssm:*:*:document/*' }
const NODES = 'arn:aws:ssm:*:*:managed-instance/*'
const SEND = { Effect: 'Allow', Action: 'ssm:SendCommand', Resource: '*' }
const denyWhere = (Condition: object) => ({ Effect: 'Deny', Action: 'ssm:SendCommand', Resource: NODES, Condition })

/** Root, narrowed to what these statements allow. */
const narrowed = (...statements: readonly object[]): Caller => ({
  ...{ kind: 'root', id: HOME.accountId, arn: `arn:aws:iam::${HOME.accountId}:root`, accountId: HOME.accountId },
  source: '192.0.2.1',
  session: {
    ...{ issuedAt: START, roleIds: [] },
    policies: [JSON.stringify({ Version: '2012-10-17', Statement: statements })],
  },
})

describeStores('a policy with a tag condition', (openStore) => {
  const dev = narrowed(DOCUMENTS, {
    ...{ Effect: 'Allow', Action: 'ssm:SendCommand', Resource: NODES },
    Condition: { StringEquals: { 'ssm:resourceTag/Env': 'dev' } },
  })

  test('lets its holder run on such nodes, and refuses a command that names another', async () => {
    await using stand = await openCommands(await openStore())
    const ours = await stand.aNode({ tags: { Env: 'dev' } })
    const other = await stand.aNode({ tags: { Env: 'prod' } })
    const bare = await stand.aNode()
    await stand.call('SendCommand', { ...shell('id'), InstanceIds: [ours.nodeId] }, dev)
    for (const node of [other, bare])
      expect(
        await stand.refused('SendCommand', { ...shell('id'), InstanceIds: [ours.nodeId, node.nodeId] }, dev),
      ).toEqual({
        code: 'AccessDeniedException',
        text: expect.stringContaining(`managed-instance/${node.nodeId} because no session policy allows`),
      })
    expect((await stand.call('ListCommands', {})).Commands).toHaveLength(1)
  })

  test('by a target, leaves the others of it out as AccessDenied', async () => {
    await using stand = await openCommands(await openStore())
    await stand.aNode({ tags: { Env: 'dev', role: 'web' } })
    const other = await stand.aNode({ tags: { Env: 'prod', role: 'web' } })
    const Targets = [{ Key: 'tag:role', Values: ['web'] }]
    const { Command } = await stand.call('SendCommand', { ...shell('id'), Targets }, dev)
    const shown = await stand.invocations(Command?.CommandId ?? '')
    const refused = shown.filter(({ StatusDetails }) => StatusDetails === 'AccessDenied')
    expect([shown.length, refused.map(({ InstanceId }) => InstanceId)]).toEqual([2, [other.nodeId]])
  })

  test('is decided by the tags of that moment', async () => {
    await using stand = await openCommands(await openStore())
    const node = await stand.aNode({ tags: { Env: 'dev' } })
    const InstanceIds = [node.nodeId]
    await stand.call('SendCommand', { ...shell('id'), InstanceIds }, dev)
    const Tags = [{ Key: 'Env', Value: 'prod' }]
    await stand.call('AddTagsToResource', { ResourceType: 'ManagedInstance', ResourceId: node.nodeId, Tags })
    expect((await stand.refused('SendCommand', { ...shell('id'), InstanceIds }, dev)).code).toBe(
      'AccessDeniedException',
    )
  })
})

describeStores('a blast radius', (openStore) => {
  test('in nodes refuses a command to more of them, named or by target', async () => {
    await using stand = await openCommands(await openStore())
    const caller = narrowed(SEND, denyWhere({ NumericGreaterThan: { 'muster:TargetCount': '2' } }))
    const nodes = await Promise.all([1, 2, 3].map(() => stand.aNode({ tags: { role: 'web' } })))
    const ids = nodes.map(({ nodeId }) => nodeId)
    await stand.call('SendCommand', { ...shell('id'), InstanceIds: ids.slice(0, 2) }, caller)
    const tooFar = { code: 'AccessDeniedException', text: expect.stringContaining('explicit deny in a session policy') }
    expect(await stand.refused('SendCommand', { ...shell('id'), InstanceIds: ids }, caller)).toEqual(tooFar)
    const Targets = [{ Key: 'tag:role', Values: ['web'] }]
    expect(await stand.refused('SendCommand', { ...shell('id'), Targets }, caller)).toEqual(tooFar)
  })

  test('in percent counts the nodes with one value of the tag, the highest share of all values', async () => {
    await using stand = await openCommands(await openStore())
    const caller = narrowed(SEND, denyWhere({ NumericGreaterThan: { 'muster:TargetPercent/Env': '50' } }))
    const prod = await Promise.all([1, 2, 3, 4].map(() => stand.aNode({ tags: { Env: 'prod' } })))
    const [dev] = await Promise.all([1, 2].map(() => stand.aNode({ tags: { Env: 'dev' } })))
    const bare = await stand.aNode()
    const send = (...nodes: readonly ({ readonly nodeId: string } | undefined)[]) => ({
      ...{ ...shell('id'), InstanceIds: nodes.map((node) => node?.nodeId ?? '') },
    })
    await stand.call('SendCommand', send(prod[0], prod[1], dev, bare), caller)
    expect((await stand.refused('SendCommand', send(...prod.slice(1), dev), caller)).code).toBe('AccessDeniedException')
  })

  test('on some nodes only leaves these out of a command by target', async () => {
    await using stand = await openCommands(await openStore())
    const radius = {
      NumericGreaterThan: { 'muster:TargetCount': '1' },
      StringEquals: { 'ssm:resourceTag/Env': 'prod' },
    }
    const caller = narrowed(SEND, denyWhere(radius))
    const prod = await stand.aNode({ tags: { Env: 'prod', role: 'web' } })
    await stand.aNode({ tags: { Env: 'dev', role: 'web' } })
    const { Command } = await stand.call(
      'SendCommand',
      { ...shell('id'), Targets: [{ Key: 'tag:role', Values: ['web'] }] },
      caller,
    )
    const shown = await stand.invocations(Command?.CommandId ?? '')
    expect(shown.filter(({ StatusDetails }) => StatusDetails === 'AccessDenied')).toMatchObject([
      { InstanceId: prod.nodeId },
    ])
  })
})
