// The bare other end of many links, as a process of its own: WebSocket over TLS, an Ed25519 signature checked and one
// row committed at each connect, and orders on standard input. No code of Muster's.
import { createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { type WebSocket, WebSocketServer } from 'ws'

const [pki = '', file = '', spki = ''] = process.argv.slice(2)
const read = (name: string) => readFileSync(join(pki, name))
const key = createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' })
const db = new DatabaseSync(file)
db.exec('pragma journal_mode = wal; pragma synchronous = full')
db.exec('create table login (n integer primary key, nonce text)')
const insert = db.prepare('insert into login values (null, ?)')
const OUT = Buffer.alloc(300, 'o')

const server = createServer({ cert: read('server.pem'), key: read('server-key.pem'), minVersion: 'TLSv1.3' })
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
const open = new Set<WebSocket>()
let expected = 0
let answers = 0
let begin = 0
let told = (_ms: number): void => undefined

server.on('upgrade', (request, socket, head) => {
  const nonce = String(request.headers['x-nonce'])
  const signature = Buffer.from(String(request.headers['x-signature']), 'base64')
  if (!verify(null, Buffer.from(nonce), key, signature)) return void socket.destroy()
  // As one write transaction: what a login changes has to be on the disk.
  if (request.headers['x-commit'] === 'yes') insert.run(nonce)
  sockets.handleUpgrade(request, socket, head, (link) => {
    open.add(link)
    link.on('close', () => open.delete(link))
    link.on('message', () => {
      answers += 1
      if (answers === expected) told(performance.now() - begin)
    })
    link.send('welcome')
  })
})

/** Sends to so many links, `atOnce` under way at a time, and answers how long it took until all have answered. */
async function echo(count: number, atOnce: number): Promise<number> {
  const links = [...open].slice(0, count)
  begin = performance.now()
  for (let from = 0; from < links.length; from += atOnce) {
    const wave = links.slice(from, from + atOnce)
    const over = new Promise<number>((resolve) => {
      told = resolve
    })
    answers = 0
    expected = wave.length
    for (const link of wave) link.send(OUT)
    await over
  }
  return performance.now() - begin
}

async function main(): Promise<void> {
  server.listen(0, '127.0.0.1', () => say(`https://127.0.0.1:${(server.address() as AddressInfo).port}`))
  for await (const line of createInterface({ input: process.stdin })) {
    const { count, atOnce } = JSON.parse(line) as { count: number; atOnce: number }
    say(String(await echo(count, atOnce)))
  }
  process.exit(0)
}

const say = (text: string): void => void process.stdout.write(`${text}\n`)
await main()
