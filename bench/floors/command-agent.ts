// The least that an agent has to do for one command, as a process of its own: three synced writes over preallocated
// space (received, starting, result) and one `sh`. No code of Muster's.
import { spawn } from 'node:child_process'
import { open } from 'node:fs/promises'
import { WebSocket } from 'ws'

const [url = '', journal = ''] = process.argv.slice(2)
const SPACE = 1024 * 1024
const file = await open(journal, 'w+')
await file.write(new Uint8Array(SPACE), 0, SPACE, 0)
await file.sync()
let offset = 0

async function write(record: object): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(record))
  if (offset + bytes.length > SPACE) offset = 0
  await file.write(bytes, 0, bytes.length, offset)
  await file.datasync()
  offset += bytes.length
}

function run(script: string): Promise<{ code: number | null; output: string }> {
  const child = spawn('/bin/sh', ['-c', script], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (part: Buffer) => (output += part.toString()))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })))
}

const socket = new WebSocket(url, { perMessageDeflate: false })

async function work({ id, script }: { id: string; script: string }): Promise<void> {
  await write({ received: id, script })
  socket.send(JSON.stringify({ id }))
  await write({ starting: id })
  const { code, output } = await run(script)
  const result = { id, status: code === 0 ? 'Success' : 'Failed', output }
  await write(result)
  socket.send(JSON.stringify(result))
}

socket.on('message', (data) => {
  const frame = JSON.parse(String(data)) as { id?: string; script?: string }
  if (frame.id !== undefined && frame.script !== undefined) void work({ id: frame.id, script: frame.script })
})
socket.on('open', () => process.stdout.write('online\n'))
socket.on('close', () => process.exit(0))
process.on('SIGTERM', () => process.exit(0))
