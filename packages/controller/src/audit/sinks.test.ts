import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseSyslogPlace, syslogSink } from './sinks.ts'

const MESSAGE = /^<109>1 \d{4}-\d\d-\d\dT[\d:.]+Z \S+ muster-controller \d+ audit-checkpoint - /

async function received(
  listen: (server: ReturnType<typeof createServer>) => void,
  send: (port: number) => Promise<void>,
) {
  const got: Buffer[] = []
  const server = createServer((socket) => socket.on('data', (bytes) => got.push(bytes)).on('end', () => socket.end()))
  listen(server)
  await once(server, 'listening')
  const address = server.address()
  await send(typeof address === 'object' ? (address as AddressInfo).port : 0)
  server.close()
  return Buffer.concat(got).toString()
}

test('a stream of syslog has each message with its length in front', async () => {
  const text = await received(
    (server) => server.listen(0, '127.0.0.1'),
    (port) => syslogSink({ kind: 'tcp', host: '127.0.0.1', port }).send(['{"é":1}', '{"b":2}']),
  )
  const [, length = '', rest = ''] = /^(\d+) ([\s\S]*)$/.exec(text) ?? []
  const first = Buffer.from(rest).subarray(0, Number(length)).toString()
  expect(first).toMatch(MESSAGE)
  expect(first.endsWith('{"é":1}')).toBe(true)
  expect(text.endsWith('{"b":2}')).toBe(true)
})

test('a stream socket of this machine serves as well', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-syslog-'))
  const path = join(folder, 'log')
  const text = await received(
    (server) => server.listen(path),
    () => syslogSink({ kind: 'unix', path }).send(['{"a":1}']),
  )
  await rm(folder, { recursive: true })
  expect(text).toContain('audit-checkpoint - {"a":1}')
})

test('a datagram is one message', async () => {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const arrived = once(socket, 'message')
  await syslogSink({ kind: 'udp', host: '127.0.0.1', port: socket.address().port }).send(['{"a":1}'])
  const [message] = (await arrived) as [Buffer]
  socket.close()
  expect(message.toString()).toMatch(MESSAGE)
})

test('a receiver that is not there is an error', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  await expect(syslogSink({ kind: 'tcp', host: '127.0.0.1', port }).send(['{}'])).rejects.toThrow('ECONNREFUSED')
})

test.each([
  ['udp://logs.example:1514', { kind: 'udp', host: 'logs.example', port: 1514 }],
  ['tcp://[::1]', { kind: 'tcp', host: '::1', port: 514 }],
  ['unix:/run/log.sock', { kind: 'unix', path: '/run/log.sock' }],
  ['udp://host:0', undefined],
  ['udp://host:70000', undefined],
  ['http://host', undefined],
  ['unix:log', undefined],
])('%s is read as a place', (text, place) => {
  expect(parseSyslogPlace(text)).toEqual(place)
})
