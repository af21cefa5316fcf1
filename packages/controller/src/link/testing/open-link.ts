import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Route } from '#api/route.ts'
import { openDatabase } from '#db/index.ts'
import type { HubDeps, Receivers } from '#hub/index.ts'
import { type OpenHub, openHub } from '#hub/testing/open-hub.ts'
import { systemIds } from '#kit/ids.ts'
import { silentLog } from '#kit/logging.ts'
import type { LinkDeps } from '../deps.ts'
import { createLink, type LinkServer } from '../server.ts'
import { testCertificate } from './certificate.ts'

export interface TestNode {
  readonly key: number
  readonly nodeId: string
  readonly privateKey: KeyObject
  readonly publicKey: Uint8Array
  deregistered: boolean
}

export interface OpenLink extends OpenHub {
  readonly link: LinkServer
  readonly url: string
  /** Trusts the listener's certificate; undefined on plain loopback. */
  readonly caPem: string | undefined
  enrol(key?: number): TestNode
}

export interface OpenLinkOptions {
  readonly tls?: boolean
  readonly maxTls?: 'TLSv1.2'
  readonly hub?: Partial<HubDeps>
  readonly link?: Partial<LinkDeps>
  readonly receivers?: Partial<Receivers>
}

/** A listener on port 0 with link, hub and a real store behind it. */
export async function openLink(options: OpenLinkOptions = {}): Promise<OpenLink> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-link-'))
  const db = await openDatabase(`sqlite:${join(folder, 'muster.db')}`, { onFatal: rethrow, readers: 1 })
  const opened = openHub(db, options.hub, options.receivers)
  const nodes = new Map<string, TestNode>()
  const link = createLink({
    hub: opened.hub,
    clock: opened.clock,
    ids: systemIds,
    log: silentLog,
    findNode: async (nodeId) => nodes.get(nodeId),
    ...options.link,
  })
  const { certPem, keyPem } = options.tls ? testCertificate() : { certPem: undefined, keyPem: undefined }
  const serve = serveRoutes(link.routes)
  const maxVersion = options.maxTls ?? 'TLSv1.3'
  const server: Server = certPem
    ? createTlsServer({ cert: certPem, key: keyPem, maxVersion }, serve)
    : createServer(serve)
  server.on('upgrade', link.onUpgrade)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    ...opened,
    link,
    caPem: certPem,
    url: `${certPem ? 'https' : 'http'}://127.0.0.1:${port}`,
    enrol(key = nodes.size + 1) {
      const pair = generateKeyPairSync('ed25519')
      const node = {
        key,
        nodeId: `mi-${key.toString(16).padStart(17, '0')}`,
        privateKey: pair.privateKey,
        publicKey: new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' })),
        deregistered: false,
      }
      nodes.set(node.nodeId, node)
      return node
    },
    async [Symbol.asyncDispose]() {
      await link[Symbol.asyncDispose]()
      await opened[Symbol.asyncDispose]()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await db[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const rethrow = (error: Error): void => {
  throw error
}

const serveRoutes =
  (routes: readonly Route[]) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const route = routes.find(({ path }) => path === request.url)
    if (!route) return void response.writeHead(404).end()
    const { signal } = new AbortController()
    const source = request.socket.remoteAddress ?? ''
    const asked = { params: {}, query: {}, headers: {}, body: Buffer.alloc(0), source, origin: '', signal }
    const answer = await route.handle(asked)
    response.writeHead(answer.status, answer.headers).end(answer.body)
  }
