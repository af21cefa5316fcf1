// The least that a controller has to do for one command, as a process of its own: check a signed request, commit it,
// hand it over a WebSocket, commit what comes back, answer whoever asks. No code of Muster's.
import { createHash, createHmac, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { type WebSocket, WebSocketServer } from 'ws'

const [file = '', secret = ''] = process.argv.slice(2)
const db = new DatabaseSync(file)
db.exec('pragma journal_mode = wal; pragma synchronous = full')
db.exec('create table command (id text primary key, body text, status text, result text)')
const insert = db.prepare("insert into command values (?, ?, 'Pending', null)")
const update = db.prepare("update command set status = ?, result = ? where id = ? and status = 'Pending'")
const select = db.prepare('select status, result from command where id = ?')
const keys = new Map<string, Buffer>()
let node: WebSocket | undefined

interface Call {
  readonly id?: string
  readonly script?: string
}

const server = createServer((request, response) => {
  read(request)
    .then((body) => {
      const answer = checkSignature(request, body) ? act(request, JSON.parse(body) as Call) : undefined
      response.writeHead(answer ? 200 : 403, { 'content-type': 'application/x-amz-json-1.1' })
      response.end(JSON.stringify(answer ?? {}))
    })
    .catch((error: unknown) => response.destroy(error as Error))
})
new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket) => {
  node = socket
  socket.on('message', (data) => {
    const { id, status, output } = JSON.parse(String(data)) as { id: string; status?: string; output?: string }
    if (status === undefined || output === undefined) return
    update.run(status, output, id)
    socket.send(JSON.stringify({ receipt: id }))
  })
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))

function act(request: IncomingMessage, { id, script = '' }: Call): object {
  if (id !== undefined) return select.get(id) ?? {}
  const made = randomUUID()
  insert.run(made, script)
  node?.send(JSON.stringify({ id: made, script }))
  return { id: made, target: request.headers['x-amz-target'] }
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

/** Signature version 4 with nothing but its arithmetic. */
function checkSignature({ headers, method, url }: IncomingMessage, body: string): boolean {
  const match = /Credential=[^/]+\/(.+), SignedHeaders=(.+), Signature=(.+)$/.exec(headers.authorization ?? '')
  const [, scope = '', names = '', signature] = match ?? []
  const lines = names.split(';').map((name) => `${name}:${String(headers[name])}\n`)
  const canonical = `${method}\n${url}\n\n${lines.join('')}\n${names}\n${sha256(body)}`
  const text = `AWS4-HMAC-SHA256\n${String(headers['x-amz-date'])}\n${scope}\n${sha256(canonical)}`
  return createHmac('sha256', keyFor(scope)).update(text).digest('hex') === signature
}

function keyFor(scope: string): Buffer {
  const known = keys.get(scope)
  if (known) return known
  let key = Buffer.from(`AWS4${secret}`)
  for (const part of scope.split('/')) key = createHmac('sha256', key).update(part).digest()
  keys.set(scope, key)
  return key
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

process.on('SIGTERM', () => process.exit(0))
