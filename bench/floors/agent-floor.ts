import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { WebSocketServer } from 'ws'

/** Bundles the bare agent as scripts/build-agent.ts bundles the real one. */
export async function buildAgentFloor(folder: string): Promise<string> {
  const outfile = join(folder, 'agent-floor.cjs')
  await build({
    entryPoints: [fileURLToPath(new URL('./agent-program.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    logLevel: 'warning',
    external: ['bufferutil', 'utf-8-validate'],
  })
  return outfile
}

export interface EchoServer extends AsyncDisposable {
  readonly url: string
}

/** A WebSocket server over TLS 1.3 that sends back what it gets. */
export async function startEchoServer(pki: string): Promise<EchoServer> {
  const read = (name: string) => readFileSync(join(pki, name))
  const server = createServer({ cert: read('server.pem'), key: read('server-key.pem'), minVersion: 'TLSv1.3' })
  const sockets = new WebSocketServer({ server, perMessageDeflate: false })
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(data as Buffer)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `wss://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.clients) socket.terminate()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
