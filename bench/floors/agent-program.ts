// The least that an agent can be: Node, one WebSocket over TLS, protobufjs; a frame at the start and one a heartbeat.
// Bundled like the agent itself. No code of Muster's.
import { readFileSync } from 'node:fs'
import protobuf from 'protobufjs/minimal.js'
import { WebSocket } from 'ws'

const [url = '', caFile = '', periodMs = ''] = process.argv.slice(2)
const socket = new WebSocket(url, { ca: readFileSync(caFile), minVersion: 'TLSv1.3', perMessageDeflate: false })
let sequence = 0

const beat = (): void => {
  sequence += 1
  socket.send(protobuf.Writer.create().uint32(8).double(sequence).uint32(18).string('idle').finish())
}
socket.on('open', beat)
socket.on('message', (data) => {
  const reader = protobuf.Reader.create(new Uint8Array(data as Buffer))
  reader.uint32()
  if (reader.double() === 1) process.stderr.write('link is up\n')
})
setInterval(beat, Number(periodMs))
process.on('SIGTERM', () => process.exit(0))
