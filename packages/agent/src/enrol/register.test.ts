import { createPublicKey, verify } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readIdentity } from './identity.ts'
import { RegisterRefused, type RegisterRequest, register } from './register.ts'
import { readRegistration } from './registration.ts'

interface Asked {
  readonly activationId: string
  readonly code: string
  readonly publicKey: string
  readonly signature: string
}
type Answer = { readonly status: number; readonly body: string } | 'hang up'

/** A controller that gives each key one node id, unless the test has another answer ready. */
async function startController() {
  const asked: Asked[] = []
  const answers: Answer[] = []
  const keys: string[] = []
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const body = JSON.parse(Buffer.concat(parts).toString()) as Asked
    asked.push(body)
    const planned = answers.shift()
    // An answer that is lost on its way has had its effect.
    if (planned === 'hang up' || planned === undefined) if (!keys.includes(body.publicKey)) keys.push(body.publicKey)
    if (planned === 'hang up') return void request.socket.destroy()
    if (planned) return void response.writeHead(planned.status).end(planned.body)
    const nodeId = `mi-${String(keys.indexOf(body.publicKey) + 1).padStart(17, '0')}`
    const node = { nodeId, accountId: '123456789012', region: 'eu-west-1', role: 'MusterNode' }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(node))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const data = mkdtempSync(join(tmpdir(), 'muster-register-'))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    data,
    asked,
    answers,
    register: (changes: Partial<RegisterRequest> = {}) =>
      register({
        data,
        controllers: [url],
        activationId: 'activation-1',
        code: 'secret-code',
        agentVersion: '1.2.3',
        force: false,
        at: 0,
        ...changes,
      }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      rmSync(data, { recursive: true, force: true })
    },
  }
}
const privateKey = (data: string) => readIdentity(data)?.privateKey.export({ type: 'pkcs8', format: 'pem' })

it('proves that it has the key, and keeps key and registration for its owner alone', async () => {
  await using controller = await startController()
  const registration = await controller.register()
  expect(registration).toMatchObject({ nodeId: 'mi-00000000000000001', role: 'MusterNode' })
  expect(readRegistration(controller.data)).toEqual(registration)
  const [{ activationId = '', publicKey = '', signature = '', code } = {}] = controller.asked
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
  const signed = Buffer.from(`muster-enrol-v1\n${activationId}${publicKey}`)
  expect(verify(null, signed, key, Buffer.from(signature, 'base64'))).toBe(true)
  expect(code).toBe('secret-code')
  for (const file of ['identity.pem', 'registration.json']) {
    expect(statSync(join(controller.data, file)).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(controller.data, file), 'utf8')).not.toContain('secret-code')
  }
})

it('asks with the same key again when an answer was lost, and becomes the same node', async () => {
  await using controller = await startController()
  controller.answers.push('hang up')
  await expect(controller.register()).rejects.toThrow(/No controller answered: http:.*socket hang up/)
  expect(readRegistration(controller.data)).toBeUndefined()
  expect((await controller.register()).nodeId).toBe('mi-00000000000000001')
  expect(new Set(controller.asked.map(({ publicKey }) => publicKey)).size).toBe(1)
})

it('does not enrol a host again that is registered, and says how', async () => {
  await using controller = await startController()
  await controller.register()
  await expect(controller.register()).rejects.toThrow(
    'This host is registered as mi-00000000000000001 already. Use --force to give that identity up.',
  )
  expect(controller.asked).toHaveLength(1)
})

it('gives the old identity up only when the controller has agreed to a new one', async () => {
  await using controller = await startController()
  await controller.register()
  const before = privateKey(controller.data)
  controller.answers.push({ status: 400, body: '{"reason":"invalid-activation","message":"no such activation"}' })
  await expect(controller.register({ force: true })).rejects.toThrow('refused: no such activation')
  expect(readRegistration(controller.data)?.nodeId).toBe('mi-00000000000000001')
  expect(privateKey(controller.data)).toBe(before)

  controller.answers.push('hang up')
  await expect(controller.register({ force: true })).rejects.toThrow(RegisterRefused)
  expect((await controller.register({ force: true })).nodeId).toBe('mi-00000000000000002')
  expect(privateKey(controller.data)).not.toBe(before)
  expect(existsSync(join(controller.data, 'identity.next.pem'))).toBe(false)
})

it('registers over a registration that cannot be read when it is forced to, as the error advises', async () => {
  await using controller = await startController()
  await controller.register()
  writeFileSync(join(controller.data, 'registration.json'), '{')
  await expect(controller.register()).rejects.toThrow('register this host again with --force')
  expect((await controller.register({ force: true })).nodeId).toBe('mi-00000000000000002')
})

it('takes nothing for a registration that is none', async () => {
  await using controller = await startController()
  for (const body of ['<html>', '{}', '{"nodeId":"x","accountId":"1","region":"r","role":"MusterNode"}']) {
    controller.answers.push({ status: 200, body })
    await expect(controller.register()).rejects.toThrow('No controller answered')
  }
  expect(readRegistration(controller.data)).toBeUndefined()
})

it('asks the next controller when one is not there, and none when one refuses', async () => {
  await using controller = await startController()
  controller.answers.push({ status: 400, body: '{"message":"expired"}' })
  const controllers = ['http://127.0.0.1:1', controller.url, controller.url]
  await expect(controller.register({ controllers })).rejects.toThrow(`${controller.url} refused: expired`)
  expect(controller.asked).toHaveLength(1)
  expect((await controller.register({ controllers })).controllers).toEqual(controllers)
})
