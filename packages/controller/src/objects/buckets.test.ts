import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createManualClock } from '@muster/protocol/kit'
import { describe, expect, test } from 'vitest'
import { type BucketObject, BucketRefused, createBuckets, type ObjectSource } from './index.ts'
import { PART_BYTES } from './s3-buckets.ts'

const clock = createManualClock(Date.UTC(2026, 10, 24, 12))
const { signal } = new AbortController()

const sourceOf = (bytes: Uint8Array): ObjectSource => ({
  length: bytes.length,
  read: async (offset, length) => bytes.subarray(offset, offset + length),
})
const text = (content: string) => sourceOf(new TextEncoder().encode(content))
const aKey = (key: string): BucketObject => ({ bucket: 'out.put', key, region: '' })

const openFolder = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-buckets-'))
  const root = join(folder, 'buckets')
  const buckets = createBuckets({ folder: root }, clock)
  return { root, buckets, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}

describe('buckets in a folder', () => {
  test('hold an object as a file that its URL names', async () => {
    await using place = await openFolder()
    const url = await place.buckets.put(aKey('a b/ü/stdout'), text('one'), { signal })
    expect(url.startsWith('file:///')).toBe(true)
    expect(await readFile(fileURLToPath(url), 'utf8')).toBe('one')
    expect(await place.buckets.put(aKey('a b/ü/stdout'), text('two'), { signal })).toBe(url)
    expect(await readFile(fileURLToPath(url), 'utf8')).toBe('two')
    expect(await readdir(join(place.root, '.drafts'))).toEqual([])
  })

  test('give back what is there, a piece at a time, and refuse what is not', async () => {
    await using place = await openFolder()
    const bytes = Buffer.alloc(2_500_000, 'muster')
    await place.buckets.put(aKey('in/large'), sourceOf(bytes), { signal })
    const { length, chunks } = await place.buckets.get(aKey('in/large'), signal)
    expect([length, Buffer.compare(await allOf(chunks), bytes)]).toEqual([bytes.length, 0])
    await expect(place.buckets.get(aKey('in/none'), signal)).rejects.toThrow(
      new BucketRefused('the folder of buckets answered ENOENT'),
    )
    await expect(place.buckets.get(aKey('in'), signal)).rejects.toThrow('has a folder there')
  })

  test('take large objects piece by piece', async () => {
    await using place = await openFolder()
    const bytes = Buffer.alloc(3_500_000, 'muster')
    let pieces = 1
    const onPiece = async () => {
      pieces += 1
    }
    const url = await place.buckets.put(aKey('large'), sourceOf(bytes), { signal, onPiece })
    expect((await readFile(fileURLToPath(url))).equals(bytes)).toBe(true)
    expect(pieces).toBe(4)
  })

  test.each(['../../escaped', 'a/../../../escaped', './x', 'a\\..\\b', '\ud800'])(
    'never leave it for the key %j',
    async (key) => {
      await using place = await openFolder()
      const url = await place.buckets.put(aKey(key), text('x'), { signal })
      expect(fileURLToPath(url).startsWith(join(place.root, 'out.put'))).toBe(true)
      expect(await readdir(join(place.root, '..'))).toEqual(['buckets'])
    },
  )

  test('say why they do not take an object, and leave no draft of it', async () => {
    await using place = await openFolder()
    await writeFile(join(place.root, 'out.put'), 'a file where the bucket must be')
    await expect(place.buckets.put(aKey('x/y'), text('x'), { signal })).rejects.toThrow(BucketRefused)
    const failing: ObjectSource = { length: 1, read: () => Promise.reject(new Error('gone')) }
    await expect(place.buckets.put({ ...aKey('x'), bucket: 'b' }, failing, { signal })).rejects.toThrow('gone')
    expect(await readdir(join(place.root, '.drafts'))).toEqual([])
  })
})

type Answer = readonly [status: number, body: string, headers?: Record<string, string>]

async function allOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const chunk of chunks) all.push(chunk)
  return Buffer.concat(all)
}

/** A store that answers as it is told, and the requests that it got. */
async function openStore(answer: (request: IncomingMessage) => Answer) {
  const requests: string[] = []
  const heads: IncomingMessage['headers'][] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    heads.push(request.headers)
    request.resume().on('end', () => {
      const [status, body, headers = {}] = answer(request)
      response.writeHead(status, headers).end(body)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const key = { accessKeyId: 'AKIA', secretAccessKey: 'secret' }
  const buckets = createBuckets({ s3: { ...key, endpoint, region: 'us-east-1', virtualHosts: false } }, clock)
  return {
    ...{ requests, heads, endpoint, buckets },
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

const begun = '<InitiateMultipartUploadResult><UploadId>a&amp;b</UploadId></InitiateMultipartUploadResult>'
const failed = '<?xml version="1.0"?>\n<Error><Code>InternalError</Code><Message>later</Message></Error>'

describe('buckets of S3', () => {
  test('sign for the region that the object names, else for the configured one', async () => {
    await using store = await openStore(() => [200, ''])
    await store.buckets.put(aKey("it's (1)/ü"), text('x'), { signal })
    await store.buckets.put({ ...aKey('x'), region: 'eu-central-1' }, text('x'), { signal })
    expect(store.requests).toEqual(['PUT /out.put/it%27s%20%281%29/%C3%BC', 'PUT /out.put/x'])
    const scopes = store.heads.map(({ authorization = '' }) => /Credential=([^,]+)/.exec(authorization)?.[1])
    expect(scopes).toEqual(['AKIA/20261124/us-east-1/s3/aws4_request', 'AKIA/20261124/eu-central-1/s3/aws4_request'])
  })

  test('put the bucket into the name of the host, and the region into the endpoint, when they are told so', async () => {
    const key = { accessKeyId: 'AKIA', secretAccessKey: 'secret' }
    // A name that leads nowhere: what counts is which one.
    const endpoint = 'https://s3.REGION.test.invalid'
    const buckets = createBuckets({ s3: { ...key, endpoint, region: 'us-east-1', virtualHosts: true } }, clock)
    await expect(buckets.put({ ...aKey('x'), region: 'eu-west-1' }, text('x'), { signal })).rejects.toThrow(
      'out.put.s3.eu-west-1.test.invalid did not answer',
    )
  })

  test('name the code and text of a refusal', async () => {
    await using store = await openStore(() => [
      404,
      '<Error><Code>NoSuchBucket</Code><Message>No &lt;b&gt;</Message></Error>',
    ])
    await expect(store.buckets.put(aKey('x'), text('x'), { signal })).rejects.toThrow(
      new BucketRefused('S3 answered 404 NoSuchBucket: No <b>'),
    )
  })

  test('give an object with its length, and name what the store says instead', async () => {
    await using store = await openStore(({ url = '' }) =>
      url.endsWith('/there')
        ? [200, 'the bytes', { 'content-length': '9' }]
        : [404, '<Error><Code>NoSuchKey</Code><Message>No key</Message></Error>'],
    )
    const { length, chunks } = await store.buckets.get(aKey('there'), signal)
    expect([length, (await allOf(chunks)).toString()]).toEqual([9, 'the bytes'])
    expect(store.requests).toEqual(['GET /out.put/there'])
    await expect(store.buckets.get(aKey('gone'), signal)).rejects.toThrow(
      new BucketRefused('S3 answered 404 NoSuchKey: No key'),
    )
  })

  test('say that nobody answered', async () => {
    const store = await openStore(() => [200, ''])
    await store[Symbol.asyncDispose]()
    const host = new URL(store.endpoint).host
    await expect(store.buckets.put(aKey('x'), text('x'), { signal })).rejects.toThrow(
      new BucketRefused(`${host} did not answer: ECONNREFUSED`),
    )
  })

  test('give up the parts of an upload that fails, also one that fails after a status of success', async () => {
    await using store = await openStore(({ method, url = '' }) => {
      if (url.endsWith('?uploads=')) return [200, begun]
      return method === 'POST' ? [200, failed] : [200, '', { etag: '"1"' }]
    })
    const large = sourceOf(Buffer.alloc(PART_BYTES + 1))
    await expect(store.buckets.put(aKey('x'), large, { signal })).rejects.toThrow(
      'S3 answered 200 InternalError: later',
    )
    expect(store.requests).toEqual([
      'POST /out.put/x?uploads=',
      'PUT /out.put/x?partNumber=1&uploadId=a%26b',
      'PUT /out.put/x?partNumber=2&uploadId=a%26b',
      'POST /out.put/x?uploadId=a%26b',
      'DELETE /out.put/x?uploadId=a%26b',
    ])
  })

  test('stop when the controller does', async () => {
    const stop = new AbortController()
    await using store = await openStore(() => {
      stop.abort()
      return [503, '']
    })
    await expect(store.buckets.put(aKey('x'), text('x'), { signal: stop.signal })).rejects.toThrow()
    expect(store.requests).toHaveLength(1)
  })
})
