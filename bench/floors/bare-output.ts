import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'

/** A script's output through a pipe to a file and a hash in this process; answers ms. */
export async function keepOutput(script: string, file: string): Promise<number> {
  const begin = performance.now()
  const child = spawn('/bin/sh', ['-c', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const handle = await open(file, 'w')
  const hash = createHash('sha256')
  for await (const part of child.stdout as AsyncIterable<Buffer>) {
    hash.update(part)
    await handle.write(part)
  }
  await handle.sync()
  await handle.close()
  hash.digest()
  return performance.now() - begin
}

/** Each line of a script over one WebSocket to whoever follows: how old it is there, in ms, by the time it names. */
export async function followLines(script: string): Promise<readonly number[]> {
  const server = createServer()
  const sockets = new WebSocketServer({ server, perMessageDeflate: false })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const ages: number[] = []
  sockets.on('connection', (socket) => socket.on('message', (data) => takeLines(String(data), ages)))
  const link = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, { perMessageDeflate: false })
  await once(link, 'open')
  const child = spawn('/bin/sh', ['-c', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  child.stdout.on('data', (data: Buffer) => link.send(data))
  await once(child, 'close')
  link.close()
  await once(link, 'close')
  server.close()
  return ages
}

/** Lines that are times in nanoseconds since 1970. */
export function takeLines(text: string, ages: number[]): void {
  const now = performance.timeOrigin + performance.now()
  for (const line of text.split('\n')) if (/^\d{19}$/.test(line)) ages.push(now - Number(BigInt(line) / 1000n) / 1000)
}
