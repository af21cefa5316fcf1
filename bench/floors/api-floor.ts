// The least that a signed API has to do for one call, as a process of its own: fastify, the signature over the body
// that came, JSON in and JSON out. No code of Muster's.
import { createHash, createHmac } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fastify } from 'fastify'

const [secret = '', answer = '{}'] = process.argv.slice(2)
const result = JSON.parse(answer) as object
const keys = new Map<string, Buffer>()

const app = fastify()
app.removeAllContentTypeParsers()
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
app.post('/', async (request, reply) => {
  const body = request.body as Buffer
  if (!checkSignature(request.headers, body)) return reply.status(403).send(Buffer.from('{}'))
  const input = JSON.parse(body.toString('utf8')) as object
  const text = JSON.stringify({ ...result, ...input })
  return reply.header('content-type', 'application/x-amz-json-1.1').send(Buffer.from(text))
})

await app.listen({ host: '127.0.0.1', port: 0 })
process.stdout.write(`${(app.server.address() as AddressInfo).port}\n`)

/** Signature version 4 with nothing but its arithmetic. */
function checkSignature(headers: IncomingHttpHeaders, body: Buffer): boolean {
  const match = /Credential=[^/]+\/(.+), SignedHeaders=(.+), Signature=(.+)$/.exec(headers.authorization ?? '')
  const [, scope = '', names = '', signature] = match ?? []
  const lines = names.split(';').map((name) => `${name}:${String(headers[name])}\n`)
  const canonical = `POST\n/\n\n${lines.join('')}\n${names}\n${sha256(body)}`
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

function sha256(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex')
}

process.on('SIGTERM', () => process.exit(0))
