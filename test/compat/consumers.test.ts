import { SSMProvider } from '@aws-lambda-powertools/parameters/ssm'
import { SSMClient } from '@aws-sdk/client-ssm'
import middy from '@middy/core'
import ssm from '@middy/ssm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startController, type TestController } from '../rig/controller.ts'
import { sdkConfig } from './clients/sdk.ts'

// Readers of Parameter Store that others wrote for the real service, as programs use them.
let controller: TestController
let client: SSMClient

const SECRET = 'p4ss"word\\ with $igns'
const SETTINGS = JSON.stringify({ port: 8443, names: ['a', 'b'] })

beforeAll(async () => {
  controller = await startController()
  client = new SSMClient(sdkConfig(controller))
  const put = (Name: string, Value: string, Type: 'String' | 'StringList' | 'SecureString' = 'String') =>
    controller.call('PutParameter', { Name, Value, Type })
  await put('/shop/db/host', 'db.example.org')
  await put('/shop/db/password', SECRET, 'SecureString')
  await put('/shop/settings', SETTINGS)
  await put('/shop/regions', 'north,south', 'StringList')
  for (let index = 0; index < 23; index++) await put(`/many/n${String(index).padStart(2, '0')}`, String(index))
})
afterAll(async () => {
  client.destroy()
  await controller[Symbol.asyncDispose]()
})

describe('@aws-lambda-powertools/parameters', () => {
  const open = () => new SSMProvider({ awsSdkV3Client: client })

  it('reads one value, decrypted or parsed, and the version that a selector names', async () => {
    const provider = open()
    expect(await provider.get('/shop/db/host')).toBe('db.example.org')
    expect(await provider.get('/shop/db/password', { decrypt: true })).toBe(SECRET)
    expect(await provider.get('/shop/settings', { transform: 'json' })).toEqual({ port: 8443, names: ['a', 'b'] })
    expect(await provider.get('/shop/db/host:1')).toBe('db.example.org')
    await expect(provider.get('/shop/none')).rejects.toThrow()
  })

  it('reads a whole path over its pages, with what lies below', async () => {
    const many = await open().getMultiple('/many')
    expect(Object.keys(many ?? {})).toHaveLength(23)
    expect(many).toMatchObject({ n00: '0', n22: '22' })
    expect(await open().getMultiple('/shop', { recursive: true, decrypt: true })).toMatchObject({
      'db/host': 'db.example.org',
      'db/password': SECRET,
      regions: 'north,south',
    })
  })

  it('reads many by name, tells which are missing, and writes', async () => {
    const provider = open()
    const names = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`/many/n${String(index).padStart(2, '0')}`, {}]),
    )
    const found = await provider.getParametersByName({ ...names, '/shop/none': {} }, { throwOnError: false })
    expect(found).toMatchObject({ '/many/n00': '0', '/many/n11': '11', _errors: ['/shop/none'] })
    expect(await provider.set('/shop/new', { value: 'one' })).toBe(1)
    await expect(provider.set('/shop/new', { value: 'two' })).rejects.toThrow()
    expect(await provider.set('/shop/new', { value: 'two', overwrite: true })).toBe(2)
  })
})

describe('@middy/ssm', () => {
  it('gives a handler single values and a path before it runs', async () => {
    const seen: Record<string, unknown>[] = []
    const handler = middy<object, unknown, Error, never>()
      .use(
        ssm({
          awsClientOptions: sdkConfig(controller),
          disablePrefetch: true,
          setToContext: true,
          fetchData: {
            host: '/shop/db/host',
            password: '/shop/db/password',
            settings: '/shop/settings',
            many: '/many/',
          },
        }),
      )
      .handler(async (_event, context) => void seen.push({ ...(context as object) }))
    const context = { getRemainingTimeInMillis: () => 30_000 }
    await handler({}, context as never)
    expect(seen[0]).toMatchObject({
      host: 'db.example.org',
      password: SECRET,
      settings: { port: 8443, names: ['a', 'b'] },
      many: expect.objectContaining({ n00: expect.anything(), n22: expect.anything() }),
    })
  })
})
