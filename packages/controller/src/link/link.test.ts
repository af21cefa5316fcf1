import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { MAX_FRAME_BYTES } from '@muster/protocol/link'
import { describe, expect, it } from 'vitest'
import { aHello, aRecord } from '#hub/testing/raw-link.ts'
import { askChallenge, dial, framesOf } from './testing/dial.ts'
import { type OpenLink, type OpenLinkOptions, openLink, type TestNode } from './testing/open-link.ts'

async function openGreeted(link: OpenLink, node: TestNode) {
  const dialled = await dial({ ...link, ...node })
  if (dialled.kind !== 'open') throw new Error(`refused: ${dialled.reason}`)
  const frames = framesOf(dialled.socket)
  frames.send(aHello())
  await frames.next('welcome')
  return { ...dialled, frames }
}
const run = new AbortController().signal
const nextLoss = ({ hub }: OpenLink): Promise<string> =>
  new Promise((resolve) => hub.subscribe({ connected: () => {}, lost: (_nodeKey, reason) => resolve(reason) }))

describe.each([
  ['TLS', { tls: true }],
  ['plain loopback', {}],
] as [string, OpenLinkOptions][])('a link over %s', (_name, options) => {
  it('opens for a node that signs with its key, and carries frames both ways', async () => {
    await using link = await openLink(options)
    const { frames } = await openGreeted(link, link.enrol())
    const { welcome } = await frames.next('welcome')
    expect(welcome).toMatchObject({ epoch: 1, heartbeatMs: 30_000, accountId: '123456789012', region: 'us-east-1' })
    frames.send(aRecord(1))
    expect((await frames.next('recordReceipt')).recordReceipt).toEqual({ journalId: 'journal-1', number: 1 })
    frames.send({ kind: 'call', call: { id: 7, operation: 'GetDocument', input: Buffer.from('{}') } })
    const { answer } = await frames.next('answer')
    expect({ ...answer, body: Buffer.from(answer.body).toString() }).toEqual({
      id: 7,
      status: 200,
      body: 'GetDocument:2',
    })
  })

  it('refuses an unknown node, a deregistered one, another key and another version with a plain 401', async () => {
    await using link = await openLink(options)
    const node = link.enrol()
    const other = link.enrol()
    expect(await dial({ ...link, ...node, nodeId: 'mi-fffffffffffffffff' })).toMatchObject({
      status: 401,
      reason: 'unknown-node',
    })
    expect(await dial({ ...link, ...node, privateKey: other.privateKey })).toMatchObject({
      status: 401,
      reason: 'bad-signature',
    })
    expect(await dial({ ...link, ...node, linkVersion: 99 })).toMatchObject({ status: 401, reason: 'link-version' })
    expect(await dial({ ...link, ...node, headers: {} })).toMatchObject({ status: 401, reason: 'malformed-login' })
    node.deregistered = true
    expect(await dial({ ...link, ...node })).toMatchObject({ status: 401, reason: 'deregistered' })
    expect(link.link.stats().refused).toMatchObject({ 'unknown-node': 1, deregistered: 1 })
    expect(link.hub.stats()).toMatchObject({ links: 0, joining: 0 })
  })

  it('refuses a login that was recorded from another connection', async () => {
    await using link = await openLink(options)
    const node = link.enrol()
    const { headers } = await openGreeted(link, node)
    const replayed = await dial({ ...link, ...node, headers })
    expect(replayed).toMatchObject({ status: 401, reason: options.tls ? 'bad-signature' : 'stale-challenge' })
  })

  it('closes a link that sends a text, a malformed or an oversized message', async () => {
    await using link = await openLink(options)
    // A heartbeat, were it not sent as text.
    const messages = ['\x12\x02\x10\x01', new Uint8Array([9, 9, 9]), new Uint8Array(MAX_FRAME_BYTES + 1)]
    for (const message of messages) {
      const { socket, frames } = await openGreeted(link, link.enrol())
      const lost = nextLoss(link)
      socket.send(message)
      await frames.closed
      expect(await lost).toBe(typeof message === 'string' || message.length < 10 ? 'bad-frame' : 'gone')
    }
    expect(link.hub.stats()).toMatchObject({ links: 0, joining: 0 })
  })

  it('says goodbye with a time to come back at when the controller stops', async () => {
    const link = await openLink(options)
    const { frames } = await openGreeted(link, link.enrol())
    await link[Symbol.asyncDispose]()
    expect((await frames.next('goodbye')).goodbye).toEqual({ reason: 'shutdown', retryAfterMs: 1000 })
    expect(await frames.closed).toEqual({ code: 1001, reason: 'shutdown' })
  })

  it('closes an agent that does not read once 3 MiB of answers wait for it', async () => {
    await using link = await openLink(options)
    const node = link.enrol()
    const { socket, frames } = await openGreeted(link, node)
    socket.pause()
    const body = new Uint8Array(200 * 1024)
    const sent = sendUntilRefused(link, node, body)
    expect(sent * body.length).toBeGreaterThan(2.9 * 1024 * 1024)
    expect(sent * body.length).toBeLessThan(24 * 1024 * 1024)
    expect(link.hub.isConnected(node.key)).toBe(false)
    socket.resume()
    await frames.closed
  })
})

// Without a turn of the loop in between, nothing but the socket's own buffers can take what is sent.
function sendUntilRefused({ hub }: OpenLink, node: TestNode, body: Uint8Array): number {
  const open = hub.find(node.key)
  let sent = 0
  while (open?.send({ kind: 'answer', answer: { id: 1, status: 200, body } })) sent += 1
  return sent
}

describe('a link', () => {
  it('refuses a login signed for the exporter of another channel', async () => {
    await using link = await openLink({ tls: true })
    const relayed = await dial({ ...link, ...link.enrol(), binding: randomBytes(32) })
    expect(relayed).toMatchObject({ status: 401, reason: 'bad-signature' })
  })

  it('refuses TLS 1.2, whose channel it does not bind', async () => {
    await using link = await openLink({ tls: true, maxTls: 'TLSv1.2' })
    expect(await dial({ ...link, ...link.enrol() })).toMatchObject({ status: 401, reason: 'channel-binding' })
  })

  it('refuses a challenge of its own over TLS, where only the channel counts', async () => {
    await using link = await openLink({ tls: true })
    const challenge = randomBytes(32)
    const node = link.enrol()
    expect(await dial({ ...link, ...node, challenge, binding: challenge })).toMatchObject({ reason: 'bad-signature' })
  })

  it('refuses a challenge that is old or that it never gave', async () => {
    await using link = await openLink()
    const node = link.enrol()
    const challenge = await askChallenge(link.url)
    link.clock.advance(30_001)
    expect(await dial({ ...link, ...node, challenge })).toMatchObject({ status: 401, reason: 'stale-challenge' })
    expect(await dial({ ...link, ...node, challenge: randomBytes(32) })).toMatchObject({ reason: 'stale-challenge' })
  })

  it('keeps the first node connected when a clone with another key tries its id', async () => {
    await using link = await openLink({ tls: true })
    const node = link.enrol()
    await openGreeted(link, node)
    const { privateKey } = link.enrol()
    expect(await dial({ ...link, nodeId: node.nodeId, privateKey })).toMatchObject({ reason: 'bad-signature' })
    expect(link.hub.find(node.key)?.epoch).toBe(1)
  })

  it('cuts a node that is deregistered while its login is checked', async () => {
    let node: TestNode | undefined
    const findNode = async () => {
      const asChecked = node && { ...node, publicKeys: [node.publicKey] }
      if (node) node.deregistered = true
      return asChecked
    }
    await using link = await openLink({ link: { findNode } })
    node = link.enrol()
    const dialled = await dial({ ...link, ...node })
    if (dialled.kind !== 'open') throw new Error(`refused: ${dialled.reason}`)
    expect(await framesOf(dialled.socket).closed).toEqual({ code: 1008, reason: 'deregistered' })
  })

  it('answers 503 with a slot when too many log in at once', async () => {
    const slots = { rate: { least: 2, start: 2, most: 2 }, held: 1 }
    await using link = await openLink({ link: { slots } })
    const node = link.enrol()
    expect((await dial({ ...link, ...node })).kind).toBe('open')
    const held = dial({ ...link, ...node })
    await expect.poll(() => link.link.stats().waiting, { timeout: 60_000 }).toBe(1)
    expect(await dial({ ...link, ...node })).toMatchObject({ status: 503, reason: 'busy', retryAfterMs: 1000 })
    expect(await dial({ ...link, ...node })).toMatchObject({ status: 503, reason: 'busy', retryAfterMs: 1500 })
    link.clock.advance(500)
    expect((await held).kind).toBe('open')
  })

  it('answers 503 when the store cannot say who a node is', async () => {
    await using link = await openLink({ link: { findNode: () => Promise.reject(new Error('store')) } })
    expect(await dial({ ...link, ...link.enrol() })).toMatchObject({ status: 503, reason: 'busy' })
  })

  it('closes a link that says no hello within ten seconds', async () => {
    await using link = await openLink()
    const dialled = await dial({ ...link, ...link.enrol() })
    if (dialled.kind !== 'open') throw new Error('refused')
    const frames = framesOf(dialled.socket)
    link.clock.advance(10_000)
    await link.hub.sweeps[0]!.run(run)
    expect(await frames.closed).toEqual({ code: 1008, reason: 'no-hello' })
  })

  it('answers any other path and anything that is no WebSocket without falling over', async () => {
    await using link = await openLink()
    const { port } = new URL(link.url)
    for (const path of ['/', '/agent/x', '/agentx'])
      expect(await rawUpgrade(Number(port), path)).toContain('HTTP/1.1 404')
    expect(await rawUpgrade(Number(port), '/agent')).toContain('HTTP/1.1 401')
    expect((await dial({ ...link, ...link.enrol() })).kind).toBe('open')
  })
})

async function rawUpgrade(port: number, path: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`)
  let text = ''
  socket.on('data', (data) => {
    text += data.toString()
  })
  await once(socket, 'close')
  return text
}
