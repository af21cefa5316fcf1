import { once } from 'node:events'
import { mkdtempDisposable } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import { type OpenLink, type OpenLinkOptions, openLink } from '@muster/controller/link/testing'
import { ensureCertificates } from '@muster/controller/pki'
import { systemClock } from '@muster/protocol/kit'
import type { LinkRecord } from '@muster/protocol/link'
import { aWork } from '@muster/protocol/link/testing'
import { describe, expect, it } from 'vitest'
import { startAgentLink } from './agent-under-test.ts'

const aRecord = (number: number): LinkRecord => ({
  journalId: 'journal-1',
  number,
  invocationId: `invocation-${number}`,
  fact: { kind: 'started', started: { step: 0, attempt: 1, at: 1, bootId: 'boot-1' } },
})
const appliedIds = ({ recording }: OpenLink) => recording.applied.map(({ invocationId }) => invocationId)

describe.each([
  ['TLS', { tls: true }],
  ['plain loopback', {}],
] as [string, OpenLinkOptions][])('the agent’s link over %s', (_name, options) => {
  it('logs in, takes work and cancels, and sends what is journaled until it is receipted', async () => {
    await using link = await openLink(options)
    const node = link.enrol()
    await using agent = startAgentLink(link, node)
    await agent.reaches('online')
    link.hub.find(node.key)?.send({ kind: 'work', work: aWork('invocation-1') })
    await link.recording.receivedReach(1)
    link.hub.find(node.key)?.send({ kind: 'cancel', cancel: { invocationId: 'invocation-1' } })
    agent.record(aRecord(1))
    await agent.until(() => agent.cancels.length > 0 && agent.receipts.includes(1))
    expect(agent.works.map(({ invocationId }) => invocationId)).toEqual(['invocation-1'])
    expect(appliedIds(link)).toEqual(['invocation-1'])
  })

  it('sends what was journaled meanwhile after the wire broke, and nothing that was receipted again', async () => {
    await using link = await openLink(options)
    const node = link.enrol()
    await using agent = startAgentLink(link, node)
    await agent.reaches('online')
    agent.record(aRecord(1))
    await agent.until(() => agent.receipts.includes(1))
    link.hub.find(node.key)?.close('shutdown', 7)
    await agent.reaches('waiting')
    agent.record(aRecord(2))
    await agent.until(() => agent.receipts.includes(2))
    expect(appliedIds(link)).toEqual(['invocation-1', 'invocation-2'])
    expect(agent.receipts).toContain(1)
    expect(agent.pauses).toEqual([7])
  })

  it('stops for good when the controller says that the identity is of no use', async () => {
    await using link = await openLink(options)
    const node = link.enrol()
    node.deregistered = true
    await using agent = startAgentLink(link, node)
    expect(await agent.ended).toMatchObject({ failure: 'deregistered', next: 'stop' })
    expect(agent.states.at(-1)).toMatchObject({ state: 'refused', problem: expect.stringContaining('deregistered') })
    expect(agent.pauses).toEqual([])
  })

  it('stops for good when it is deregistered while its link is up', async () => {
    await using link = await openLink(options)
    const node = link.enrol()
    await using agent = startAgentLink(link, node)
    await agent.reaches('online')
    link.hub.cut(node.key, 'deregistered')
    expect(await agent.ended).toMatchObject({ failure: 'deregistered' })
  })

  it('waits longer each time where its login is refused', async () => {
    await using link = await openLink(options)
    const node = { ...link.enrol(), privateKey: link.enrol().privateKey }
    await using agent = startAgentLink(link, node)
    await agent.reaches('waiting', 4)
    expect(agent.states.at(-1)?.problem).toContain('bad-signature')
    expect(agent.pauses.slice(0, 3)).toEqual([1000, 2000, 4000])
  })

  it('comes back in the slot that a full controller gives it', async () => {
    await using link = await openLink({
      ...options,
      link: { slots: { rate: { least: 2, start: 2, most: 2 }, held: 0 } },
    })
    await using first = startAgentLink(link, link.enrol())
    await first.reaches('online')
    await using second = startAgentLink(link, link.enrol())
    await second.reaches('waiting', 2)
    expect(second.pauses.slice(0, 2)).toEqual([500, 1000])
    link.clock.advance(5_000)
    await second.reaches('online')
  })
})

describe('the agent’s link', () => {
  it('comes back within two seconds when the wire breaks under it', async () => {
    await using link = await openLink()
    const node = link.enrol()
    await using wire = await startPeer((near) => {
      const far = connect(Number(new URL(link.url).port), '127.0.0.1')
      far.on('error', () => {})
      near.pipe(far).pipe(near)
      near.on('close', () => far.destroy())
    })
    await using agent = startAgentLink({ ...link, url: wire.url }, node)
    await agent.reaches('online')
    for (const socket of wire.open) socket.resetAndDestroy()
    await agent.reaches('online', 2)
    expect(agent.pauses).toEqual([1000])
  })

  it('waits longer each time when another program with its key takes its place', async () => {
    await using link = await openLink()
    const node = link.enrol()
    await using one = startAgentLink(link, node, { random: () => 0.999 })
    await one.reaches('online')
    for (let times = 1; times <= 4; times++) {
      link.hub.find(node.key)?.close('replaced')
      await one.reaches('online', times + 1)
    }
    expect(one.pauses.map((ms) => Math.ceil(ms / 1000))).toEqual([2, 4, 8, 16])
  })

  it('starts with short pauses again after a link that held', async () => {
    await using link = await openLink()
    const node = link.enrol()
    await using agent = startAgentLink(link, node, { random: () => 0.999 })
    await agent.reaches('online')
    for (let times = 1; times <= 3; times++) {
      if (times === 3) agent.clock.advance(60_000)
      link.hub.find(node.key)?.close('replaced')
      await agent.reaches('online', times + 1)
    }
    expect(agent.pauses.map((ms) => Math.ceil(ms / 1000))).toEqual([2, 4, 2])
  })

  it('begins with any of the controllers, so that hosts spread over them', async () => {
    await using link = await openLink()
    const begun: (string | undefined)[] = []
    for (const [random, index] of [
      [0, 0],
      [0.5, 1],
      [0.99, 1],
    ] as const) {
      const addresses = [{ url: 'http://127.0.0.1:1' }, { url: 'http://127.0.0.1:1' }].with(index, { url: link.url })
      await using agent = startAgentLink(link, link.enrol(), { addresses, random: () => random })
      await agent.reaches('online')
      begun.push(agent.states[0]?.controller)
    }
    expect(begun).toEqual([link.url, link.url, link.url])
  })

  it('goes to the next controller when one says that it serves no more', async () => {
    await using link = await openLink()
    const node = link.enrol()
    const addresses = [{ url: 'http://127.0.0.1:1' }, { url: link.url }]
    await using agent = startAgentLink(link, node, { addresses, random: () => 0.5 })
    await agent.reaches('online')
    link.hub.find(node.key)?.close('elsewhere')
    await agent.reaches('online', 2)
    const tried = agent.states.filter(({ state }) => state === 'connecting').map(({ controller }) => controller)
    expect(tried).toEqual([link.url, 'http://127.0.0.1:1', link.url])
  })

  it('goes on to the next controller where nothing answers, and comes back to the one that does', async () => {
    await using link = await openLink()
    const node = link.enrol()
    const addresses = [{ url: link.url }, { url: 'http://127.0.0.1:1' }]
    await using agent = startAgentLink(link, node, { addresses, random: () => 0.5 })
    await agent.reaches('online')
    link.hub.find(node.key)?.close('shutdown', 1)
    await agent.reaches('online', 2)
    expect(agent.states.map(({ controller }) => controller)).toEqual([
      ...Array(2).fill('http://127.0.0.1:1'),
      ...Array(5).fill(link.url),
    ])
  })

  it('trusts the pinned CA and no other', async () => {
    await using link = await openLink({ tls: true })
    await using other = await openLink({ tls: true })
    await using agent = startAgentLink({ ...link, caPem: other.caPem }, link.enrol())
    await agent.reaches('waiting')
    expect(agent.states.at(-1)).toMatchObject({ problem: expect.stringMatching(/certificate/) })
    expect(link.link.stats().sockets).toBe(0)
  })

  it('leaves no connection behind when it cannot say hello, and tries again', async () => {
    await using link = await openLink()
    await using agent = startAgentLink(link, link.enrol(), { helloFails: true })
    await agent.reaches('waiting', 3)
    expect(agent.states.at(-1)?.problem).toContain('no boot id')
    expect(agent.pauses.slice(0, 2)).toEqual([1000, 2000])
    expect(link.hub.stats().joining).toBeLessThanOrEqual(1)
  })

  it('keeps its link when work cannot be taken, and gives no receipt for it', async () => {
    await using link = await openLink()
    const node = link.enrol()
    await using agent = startAgentLink(link, node, {
      accept: async ({ invocationId }) => (invocationId === 'one' ? { refused: 'no space' } : { known: false }),
    })
    await agent.reaches('online')
    link.hub.find(node.key)?.send({ kind: 'work', work: aWork('one') })
    link.hub.find(node.key)?.send({ kind: 'work', work: aWork('two') })
    await link.recording.receivedReach(1)
    expect(link.recording.received).toEqual(['two'])
    expect(agent.states.map(({ state }) => state)).toEqual(['connecting', 'online'])
  })
})

/** A listener that does with a connection what the test says, and nothing else. */
async function startPeer(answer: (socket: Socket) => void, tls?: { cert: string; key: string }) {
  const open = new Set<Socket>()
  const take = (socket: Socket) => {
    open.add(socket)
    socket.on('error', () => {})
    answer(socket)
  }
  const server: Server = tls ? createTlsServer({ ...tls, minVersion: 'TLSv1.3' }, take) : createServer(take)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    open,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

describe('the agent’s link to something that falls silent', () => {
  it('stops at once when it is told to while it dials', async () => {
    await using link = await openLink()
    const asked = Promise.withResolvers<void>()
    await using mute = await startPeer(() => asked.resolve())
    const agent = startAgentLink({ ...link, url: mute.url }, link.enrol())
    await asked.promise
    agent.stop()
    expect(await agent.ended).toBeUndefined()
  })

  it('stops at once when it is told to while its login is looked at', async () => {
    await using link = await openLink({ tls: true })
    await using folder = await mkdtempDisposable(join(tmpdir(), 'muster-mute-'))
    const { certPem, keyPem, caPem } = await ensureCertificates(folder.path, { hosts: [], clock: systemClock })
    const asked = Promise.withResolvers<void>()
    await using mute = await startPeer((socket) => void socket.once('data', () => asked.resolve()), {
      cert: certPem,
      key: keyPem,
    })
    const agent = startAgentLink({ url: mute.url, caPem }, link.enrol())
    await asked.promise
    agent.stop()
    expect(await agent.ended).toBeUndefined()
  })

  it('tries again when a refusal is cut off in the middle', async () => {
    await using link = await openLink()
    const answers = ['HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{"challenge":"AAAA"}', HALF_REFUSAL]
    let asked = 0
    await using mute = await startPeer((socket) => {
      const answer = answers[asked++ % 2] ?? ''
      socket.once('data', () => socket.end(answer))
    })
    await using agent = startAgentLink({ ...link, url: mute.url }, link.enrol())
    await agent.reaches('waiting', 2)
    expect(agent.states.at(-1)?.problem).toMatch(/aborted/)
  })
})

const HALF_REFUSAL = 'HTTP/1.1 503 Service Unavailable\r\ncontent-length: 100\r\n\r\n{"reason"'
