import { type OpenLink, type OpenLinkOptions, openLink } from '@muster/controller/link/testing'
import { verifyRunProof } from '@muster/protocol/delivery'
import { OUTPUT_PIECE_BYTES } from '@muster/protocol/link'
import { aWork, type Behaviours } from '@muster/protocol/link/testing'
import { describe, expect, it } from 'vitest'
import { createFakeAgent, type FakeAgent } from './fake-agent.ts'

const makeAgent = (link: OpenLink, behaviours: Behaviours = {}) => {
  const node = link.enrol()
  return { node, agent: createFakeAgent({ ...node, ...link, controllerUrl: link.url, behaviours }) }
}
const nextLoss = ({ hub }: OpenLink): Promise<string> =>
  new Promise((resolve) => hub.subscribe({ connected: () => {}, lost: (_nodeKey, reason) => resolve(reason) }))
const give = async (link: OpenLink, agent: FakeAgent, key: number, work = aWork('invocation-1')) => {
  link.hub.find(key)?.send({ kind: 'work', work })
  await agent.ledgerLines(1)
  await agent.settled()
}
const facts = (link: OpenLink) => link.recording.applied.map(({ invocationId, fact }) => `${invocationId} ${fact.kind}`)

describe.each([
  ['TLS', { tls: true }],
  ['plain loopback', {}],
] as [string, OpenLinkOptions][])('a fake agent over %s', (_name, options) => {
  it('runs work as it is told and proves it with its key', async () => {
    await using link = await openLink(options)
    const { node, agent } = makeAgent(link, { onWork: () => ({ exitCode: 3, stdout: 'out', stderr: 'err' }) })
    await using _agent = agent
    await agent.online()
    const work = aWork('invocation-1')
    await give(link, agent, node.key, work)
    expect(facts(link)).toEqual(['invocation-1 started', 'invocation-1 result'])
    const fact = link.recording.applied[1]?.fact
    if (fact?.kind !== 'result') throw new Error('no result')
    const [heads] = fact.result.heads
    const outputs = (['stdout', 'stderr'] as const).map((stream) => ({
      step: 0,
      stream,
      bytes: heads?.[stream].whole ?? new Uint8Array(0),
    }))
    const proof = {
      record: fact.result.runRecord,
      signature: fact.result.signature,
      publicKey: node.publicKey,
      nodeId: node.nodeId,
      envelope: work.envelope,
      outputs,
    }
    expect(verifyRunProof(proof)).toMatchObject({ ok: true, record: { status: 'Failed', steps: [{ exitCode: 3 }] } })
    expect(agent.ledger.map(({ event }) => event)).toEqual(['start', 'end'])
  })

  it('finishes while it is cut off, and sends the result when it is back', async () => {
    await using link = await openLink(options)
    const released = Promise.withResolvers<void>()
    const onWork = async () => {
      await released.promise
      return { stdout: 'late' }
    }
    const { node, agent } = makeAgent(link, { onWork })
    await using _agent = agent
    await agent.online()
    link.hub.find(node.key)?.send({ kind: 'work', work: aWork('invocation-1') })
    await link.recording.receivedReach(1)
    const lost = nextLoss(link)
    await agent.offline()
    expect(await lost).toBe('gone')
    released.resolve()
    await agent.ledgerLines(2)
    expect(facts(link)).toEqual([])
    await agent.online()
    await agent.settled()
    expect(facts(link)).toEqual(['invocation-1 started', 'invocation-1 result'])
  })
})

describe('a fake agent', () => {
  it('runs work once however often it is sent, and says that it knows it', async () => {
    await using link = await openLink()
    const { node, agent } = makeAgent(link)
    await using _agent = agent
    await agent.online()
    await give(link, agent, node.key)
    link.hub.find(node.key)?.send({ kind: 'work', work: aWork('invocation-1') })
    await link.recording.receivedReach(2)
    expect(agent.ledger).toHaveLength(2)
  })

  it('can lose receipts, repeat records and lie in its ledger', async () => {
    await using link = await openLink()
    const { node, agent } = makeAgent(link, {
      onWork: () => ({ starts: 2 }),
      receiptsWork: () => false,
      sendsRecords: 3,
    })
    await using _agent = agent
    await agent.online()
    await give(link, agent, node.key)
    expect(link.recording.received).toEqual([])
    expect(facts(link)).toEqual(['invocation-1 started', 'invocation-1 result'])
    expect(agent.ledger.filter(({ event }) => event === 'start')).toHaveLength(2)
  })

  it('sends large output by offset, and again from what is sealed when the link is cut', async () => {
    const stdout = Uint8Array.from({ length: 11 * OUTPUT_PIECE_BYTES - 1 }, (_, index) => (index * 7) & 255)
    const kept = new Uint8Array(stdout.length)
    const offsets: number[] = []
    const ended = Promise.withResolvers<void>()
    await using link = await openLink({
      receivers: {
        async output({ offset, data, end, nodeKey }) {
          offsets.push(offset)
          kept.set(data, offset)
          if (offsets.length === 6) link.hub.find(nodeKey)?.close('shutdown', 1)
          if (end) ended.resolve()
          return { received: offset + data.length, sealed: end ? stdout.length : OUTPUT_PIECE_BYTES }
        },
      },
    })
    const { node, agent } = makeAgent(link, { onWork: () => ({ stdout }) })
    await using _agent = agent
    await agent.online()
    await give(link, agent, node.key)
    await ended.promise
    expect(Buffer.compare(kept, stdout)).toBe(0)
    expect(agent.endings).toEqual(['shutdown'])
    expect(offsets.filter((offset) => offset === OUTPUT_PIECE_BYTES)).toHaveLength(2)
    expect(offsets.filter((offset) => offset === 0)).toHaveLength(1)
  })

  it('stops work that is cancelled and says so in its record', async () => {
    await using link = await openLink()
    const { node, agent } = makeAgent(link, { onWork: () => ({ delayMs: 600_000 }) })
    await using _agent = agent
    await agent.online()
    link.hub.find(node.key)?.send({ kind: 'work', work: aWork('invocation-1') })
    await agent.ledgerLines(1)
    link.hub.find(node.key)?.send({ kind: 'cancel', cancel: { invocationId: 'invocation-1' } })
    await agent.settled()
    const fact = link.recording.applied.at(-1)?.fact
    const record = fact?.kind === 'result' ? Buffer.from(fact.result.runRecord).toString() : ''
    expect(record).toContain('"status":"Cancelled"')
  })

  it('comes back after the controller ends its link, and gives up when it is deregistered', async () => {
    await using link = await openLink()
    const { node, agent } = makeAgent(link)
    await using _agent = agent
    await agent.online()
    const again = new Promise<number>((resolve) =>
      link.hub.subscribe({ connected: ({ epoch }) => resolve(epoch), lost: () => {} }),
    )
    link.hub.find(node.key)?.close('shutdown', 1)
    expect(await again).toBe(2)
    node.deregistered = true
    link.hub.cut(node.key, 'deregistered')
    await agent.endingsReach(2)
    expect(agent.endings).toEqual(['shutdown', 'deregistered'])
    expect(link.hub.isConnected(node.key)).toBe(false)
  })

  it('rejects going online when its key is not the node’s', async () => {
    await using link = await openLink()
    const node = link.enrol()
    node.deregistered = true
    const agent = createFakeAgent({ ...node, controllerUrl: link.url })
    await expect(agent.online()).rejects.toThrow('deregistered')
  })

  it('calls operations of the API over its link', async () => {
    await using link = await openLink()
    const { agent } = makeAgent(link)
    await using _agent = agent
    await agent.online()
    const answer = await agent.call('GetDocument', {})
    expect({ status: answer.status, body: Buffer.from(answer.body).toString() }).toEqual({
      status: 200,
      body: 'GetDocument:2',
    })
  })
})
