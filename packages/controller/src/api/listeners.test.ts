import { mkdtemp, rm } from 'node:fs/promises'
import { get } from 'node:https'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { createManualClock } from '@muster/protocol/kit'
import { describe, expect, it } from 'vitest'
import { type Certificates, ensureCertificates } from '#pki/index.ts'
import { createConnections } from './limits/index.ts'
import { type ListenAt, type ListenerDeps, type Listeners, ListenRefused, openListeners } from './listeners.ts'

const answering: ListenerDeps = {
  handler: (_request, response) => void response.end('hello'),
  onUpgrade: (_request, socket) => void socket.end('upgraded'),
}
const open = (at: ListenAt[], deps: Partial<ListenerDeps> = {}) => openListeners(at, { ...answering, ...deps })
const LOOPBACK = [{ url: 'http://127.0.0.1:0' }]

const dial = (listeners: Listeners): Socket => connect(Number(new URL(listeners.urls[0] ?? '').port), '127.0.0.1')

/** Everything that comes back until the other side closes. */
async function rest(socket: Socket): Promise<string> {
  let text = ''
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
  })
  socket.on('error', () => {})
  if (!socket.destroyed) await new Promise((resolve) => socket.once('close', resolve))
  return text
}

async function certificates(host: string): Promise<Certificates> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-listeners-'))
  try {
    return await ensureCertificates(folder, { hosts: [host], clock: createManualClock(Date.now()) })
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** The body, and the names of the certificate that was shown. */
function fetchTls(url: string, ca: string): Promise<{ body: string; names: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ body: string; names: string }>()
  get(url, { ca, agent: false }, (response) => {
    const names = 'getPeerCertificate' in response.socket ? certificateNames(response.socket) : ''
    response.setEncoding('utf8').on('data', (body: string) => resolve({ body, names }))
  }).on('error', reject)
  return promise
}
const certificateNames = (socket: object): string =>
  (socket as { getPeerCertificate(): { subjectaltname: string } }).getPeerCertificate().subjectaltname

describe('openListeners', () => {
  it('serves requests and upgrades on every address, and says which ports it took', async () => {
    await using listeners = await open([...LOOPBACK, { url: 'http://[::1]:0' }, { url: 'http://localhost:0' }])
    expect(listeners.urls).toHaveLength(3)
    for (const url of listeners.urls) expect(await (await fetch(url)).text()).toBe('hello')
    const socket = dial(listeners)
    socket.write('GET /agent HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n')
    expect(await rest(socket)).toBe('upgraded')
  })

  it('serves a request that merely offers HTTP/2', async () => {
    await using listeners = await open(LOOPBACK)
    const socket = dial(listeners)
    socket.write('GET / HTTP/1.1\r\nhost: a\r\nconnection: upgrade, close\r\nupgrade: h2c\r\n\r\n')
    expect(await rest(socket)).toMatch(/^HTTP\/1.1 200 .*hello/s)
  })

  it.each(['http', 'https'])(
    'closes a connection above the bound at once, and takes another when one is over: %s',
    async (kind) => {
      const connections = createConnections({ limits: { all: 10, source: 2 } })
      const tls = await certificates('one.example')
      await using listeners = await open([{ url: `${kind}://127.0.0.1:0`, ...(kind === 'https' ? { tls } : {}) }], {
        connections,
      })
      const held = [dial(listeners), dial(listeners)]
      await expect.poll(connections.open, { timeout: 60_000 }).toBe(2)
      expect(await rest(dial(listeners))).toBe('')
      for (const socket of held) socket.destroy()
      await expect.poll(connections.open, { timeout: 60_000 }).toBe(0)
      const url = listeners.urls[0] ?? ''
      const body = kind === 'https' ? (await fetchTls(url, tls.caPem ?? '')).body : await (await fetch(url)).text()
      expect(body).toBe('hello')
    },
  )

  it('counts an upgraded connection until somebody has logged in on it', async () => {
    const connections = createConnections({ limits: { all: 10, source: 10 } })
    const upgraded = Promise.withResolvers<() => void>()
    await using listeners = await open(LOOPBACK, {
      connections,
      onUpgrade: (_request, _socket, _head, loggedIn) => upgraded.resolve(loggedIn),
    })
    const socket = dial(listeners)
    socket.write('GET /agent HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n')
    const loggedIn = await upgraded.promise
    expect(connections.open()).toBe(1)
    loggedIn()
    expect(connections.open()).toBe(0)
    socket.destroy()
  })

  it('serves https with the given certificate, and with another one from when it is replaced', async () => {
    const first = await certificates('one.example')
    const second = await certificates('two.example')
    await using listeners = await open([{ url: 'https://127.0.0.1:0', tls: first }])
    const url = listeners.urls[0] ?? ''
    expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/)
    expect(await fetchTls(url, first.caPem ?? '')).toMatchObject({
      body: 'hello',
      names: expect.stringContaining('one.example'),
    })
    listeners.replaceTls(second)
    expect((await fetchTls(url, second.caPem ?? '')).names).toContain('two.example')
  })

  it('refuses plain http where other machines reach it, unless that is allowed', async () => {
    const everywhere = [{ url: 'http://0.0.0.0:0' }]
    await expect(open(everywhere)).rejects.toThrow('plain http is for loopback only')
    await using allowed = await open(everywhere, { allowPlainHttp: true })
    expect(allowed.urls[0]).toMatch(/^http:\/\/0\.0\.0\.0:\d+$/)
  })

  it('opens none when one cannot be opened', async () => {
    await using taken = await open(LOOPBACK)
    const free = await open(LOOPBACK)
    const freeUrl = free.urls[0] ?? ''
    await free[Symbol.asyncDispose]()
    const refused = open([{ url: freeUrl }, { url: taken.urls[0] ?? '' }])
    await expect(refused).rejects.toThrow(ListenRefused)
    await expect(refused).rejects.toThrow('EADDRINUSE')
    await expect(fetch(freeUrl)).rejects.toThrow()
  })
})

describe('a client', () => {
  const limits = { headersMs: 200, requestMs: 400, idleMs: 10_000, checkEveryMs: 50 }

  it('that says nothing, or sends its header too slowly, is cut off', async () => {
    await using listeners = await open(LOOPBACK, { limits })
    expect(await rest(dial(listeners))).toMatch(/^HTTP\/1.1 408 /)
    const slow = dial(listeners)
    slow.write('POST / HTTP/1.1\r\nhost: a\r\n')
    expect(await rest(slow)).toMatch(/^HTTP\/1.1 408 /)
  })

  it('that sends its body too slowly is cut off', async () => {
    await using listeners = await open(LOOPBACK, { limits, handler: (request) => void request.resume() })
    const slow = dial(listeners)
    slow.write('POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nhalf')
    expect(await rest(slow)).toMatch(/^HTTP\/1.1 408 /)
  })

  it('that does not read its answer is cut off', async () => {
    const cut = Promise.withResolvers<void>()
    const handler: ListenerDeps['handler'] = (_request, response) => {
      response.once('close', cut.resolve)
      response.end(Buffer.alloc(64 * 1024 * 1024))
    }
    await using listeners = await open(LOOPBACK, { limits: { ...limits, idleMs: 300 }, handler })
    const deaf = dial(listeners)
    deaf.pause()
    deaf.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n')
    await cut.promise
    // A paused socket learns of its end only when it reads on.
    deaf.resume()
    await rest(deaf)
    expect(deaf.bytesRead).toBeLessThan(64 * 1024 * 1024)
  })

  it('that sends more than 16 KiB of header is refused', async () => {
    await using listeners = await open(LOOPBACK)
    const big = dial(listeners)
    big.write(`GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`)
    expect(await rest(big)).toMatch(/^HTTP\/1.1 431 /)
  })

  it('that does not speak HTTP is refused', async () => {
    await using listeners = await open(LOOPBACK)
    const strange = dial(listeners)
    strange.write('\x16\x03\x01 hello\r\n\r\n')
    expect(await rest(strange)).toMatch(/^HTTP\/1.1 400 /)
  })
})

describe('closing', () => {
  it('lets an answer under way out and takes no new connection', async () => {
    const asked = Promise.withResolvers<() => void>()
    const handler: ListenerDeps['handler'] = (_request, response) => asked.resolve(() => response.end('late'))
    const listeners = await open(LOOPBACK, { handler })
    const url = listeners.urls[0] ?? ''
    const reply = fetch(url)
    const answer = await asked.promise
    const closed = listeners[Symbol.asyncDispose]()
    await expect(fetch(url)).rejects.toThrow()
    answer()
    expect(await (await reply).text()).toBe('late')
    await closed
  })

  it('cuts what still hangs when the time for it is over', async () => {
    const asked = Promise.withResolvers<void>()
    const listeners = await open(LOOPBACK, { limits: { closeMs: 100 }, handler: () => asked.resolve() })
    const socket = dial(listeners)
    socket.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n')
    await asked.promise
    const cut = rest(socket)
    await listeners[Symbol.asyncDispose]()
    expect(await cut).toBe('')
  })

  it('leaves upgraded connections, over TLS too, to who took them', async () => {
    const tls = await certificates('localhost')
    const upgraded = Promise.withResolvers<{ end(text: string): void }>()
    const deps: Partial<ListenerDeps> = { onUpgrade: (_request, socket) => upgraded.resolve(socket) }
    const listeners = await open([{ url: 'https://127.0.0.1:0', tls }], deps)
    const port = Number(new URL(listeners.urls[0] ?? '').port)
    const socket = connectTls({ host: '127.0.0.1', port, ca: tls.caPem ?? '', servername: 'localhost' })
    socket.write('GET /agent HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n')
    const owner = await upgraded.promise
    await listeners[Symbol.asyncDispose]()
    owner.end('goodbye')
    expect(await rest(socket)).toBe('goodbye')
  })

  it('says when it begins, so that long waits can be ended', async () => {
    const asked = Promise.withResolvers<() => void>()
    const waiting = asked.promise
    const listeners = await open(LOOPBACK, {
      handler: (_request, response) => asked.resolve(() => response.end('ended')),
      onClosing: () => void waiting.then((end) => end()),
    })
    const reply = fetch(listeners.urls[0] ?? '')
    await waiting
    await listeners[Symbol.asyncDispose]()
    expect(await (await reply).text()).toBe('ended')
  })
})
