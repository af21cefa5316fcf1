import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { proxyFor } from '@muster/agent/link'
import { openLink } from '@muster/controller/link/testing'
import { ensureCertificates } from '@muster/controller/pki'
import { systemClock } from '@muster/protocol/kit'
import { describe, expect, it } from 'vitest'
import { startConnectProxy } from '../rig/connect-proxy.ts'
import { startAgentLink } from './agent-under-test.ts'

const through = (url: string, caPem: string | undefined, proxy: string) => ({
  addresses: [{ url, caPem, proxy: { url: proxy, except: [] } }],
})

describe.each([
  ['TLS', { tls: true }],
  ['plain loopback', {}],
])('the agent’s link over %s through a proxy', (_name, options) => {
  it('goes by CONNECT, and is back within two seconds when the proxy cuts it for idle', async () => {
    await using link = await openLink(options)
    await using proxy = await startConnectProxy()
    await using agent = startAgentLink(link, link.enrol(), through(link.url, link.caPem, proxy.url))
    await agent.reaches('online')
    expect(new Set(proxy.asked)).toEqual(new Set([new URL(link.url).host]))
    proxy.cutIdle()
    await agent.reaches('online', 2)
    expect(agent.pauses).toEqual([1000])
  })

  it('gives the proxy the user and password of its address', async () => {
    await using link = await openLink(options)
    await using proxy = await startConnectProxy({ user: 'us er', password: 'p:w' })
    const url = proxy.url.replace('//', '//us%20er:p%3Aw@')
    await using agent = startAgentLink(link, link.enrol(), through(link.url, link.caPem, url))
    await agent.reaches('online')
  })

  it('says that the proxy asks for a user, and does not say the password', async () => {
    await using link = await openLink(options)
    await using proxy = await startConnectProxy({ user: 'user', password: 'right' })
    const url = proxy.url.replace('//', '//user:wrong-one@')
    await using agent = startAgentLink(link, link.enrol(), through(link.url, link.caPem, url))
    await agent.reaches('waiting')
    const { problem = '' } = agent.states.at(-1) ?? {}
    expect(problem).toContain(`the proxy ${proxy.url}: it asks for a user and a password (407)`)
    expect(problem).not.toContain('wrong-one')
  })

  it('says what the proxy answered when it does not connect', async () => {
    await using link = await openLink(options)
    await using proxy = await startConnectProxy({ refuse: 403 })
    await using agent = startAgentLink(link, link.enrol(), through(link.url, link.caPem, proxy.url))
    await agent.reaches('waiting')
    const { host } = new URL(link.url)
    expect(agent.states.at(-1)?.problem).toBe(`the proxy ${proxy.url}: it does not connect to ${host} (status 403)`)
  })
})

it('refuses a proxy that inspects TLS, says so, and sends it nothing', async () => {
  await using link = await openLink({ tls: true })
  await using folder = await mkdtempDisposable(join(tmpdir(), 'muster-inspect-'))
  const inspect = await ensureCertificates(folder.path, { hosts: [], clock: systemClock })
  await using proxy = await startConnectProxy({ inspect })
  await using agent = startAgentLink(link, link.enrol(), through(link.url, link.caPem, proxy.url))
  await agent.reaches('waiting')
  expect(agent.states.at(-1)?.problem).toContain(
    'its certificate is not from the pinned CA: does something on the way inspect TLS?',
  )
  expect(link.link.stats().sockets).toBe(0)
})

it('goes straight to what is excepted', () => {
  const isProxied = (url: string, ...except: string[]) =>
    proxyFor(new URL(url), { url: 'http://proxy:3128', except }) !== undefined
  expect(isProxied('https://muster.example.com')).toBe(true)
  expect(isProxied('https://muster.example.com', 'muster.example.com')).toBe(false)
  expect(isProxied('https://muster.example.com', '.example.com')).toBe(false)
  expect(isProxied('https://muster.example.com', 'example.com')).toBe(false)
  expect(isProxied('https://notexample.com', 'example.com')).toBe(true)
  expect(isProxied('https://muster.example.com:8443', 'muster.example.com:8443')).toBe(false)
  expect(isProxied('https://muster.example.com:8443', 'muster.example.com:443')).toBe(true)
  expect(isProxied('https://[::1]:8443', '::1')).toBe(false)
  expect(isProxied('https://anywhere', '*')).toBe(false)
})
