// The least that a login has to cost, as a process of its own: a WebSocket over TLS, one Ed25519 signature over what is
// exported from that channel, one message back. No code of Muster's.
import { createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { WebSocketServer } from 'ws'

const [certFile = '', keyFile = '', nodesFile = '', welcome = ''] = process.argv.slice(2)
const nodes = new Map(JSON.parse(readFileSync(nodesFile, 'utf8')) as [nodeId: string, publicKey: string][])
const message = Buffer.from(welcome, 'base64')
const server = createServer({ cert: readFileSync(certFile), key: readFileSync(keyFile), ALPNProtocols: ['http/1.1'] })
const webSockets = new WebSocketServer({ noServer: true, clientTracking: false, perMessageDeflate: false })

server.on('upgrade', (request, socket, head) => {
  if (!isGenuine(request)) return void socket.destroy()
  webSockets.handleUpgrade(request, socket, head, (webSocket) => {
    webSocket.on('error', () => {})
    webSocket.send(message)
  })
})

function isGenuine({ headers, socket }: IncomingMessage): boolean {
  const claim = Buffer.from(String(headers['muster-login']), 'base64url')
  const signature = Buffer.from(String(headers['muster-signature']), 'base64url')
  const { nodeId } = JSON.parse(claim.toString()) as { nodeId: string }
  const key = createPublicKey({
    key: Buffer.from(nodes.get(nodeId) ?? '', 'base64'),
    format: 'der',
    type: 'spki',
  })
  const binding = (socket as TLSSocket).exportKeyingMaterial(32, 'EXPORTER-muster-login', Buffer.alloc(0))
  return verify(null, Buffer.concat([Buffer.from('muster-login-v1\n'), binding, claim]), key, signature)
}

server.listen({ host: '127.0.0.1', port: 0, backlog: 4096 }, () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`)
})
process.on('SIGTERM', () => process.exit(0))
