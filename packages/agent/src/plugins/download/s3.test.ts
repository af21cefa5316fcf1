import { readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Sha256 } from '@aws-crypto/sha256-js'
import { HttpRequest } from '@smithy/protocol-http'
import { SignatureV4 } from '@smithy/signature-v4'
import { expect, test } from 'vitest'
import { downloadContent } from '#plugins/download-content.ts'
import { aTask } from '#plugins/testing.ts'
import { readS3Url, readSharedCredentials, signGet } from './s3.ts'

const OBJECTS: Readonly<Record<string, string>> = { 'dir/a b.txt': 'a', 'dir/deep/c&d': 'b', 'dir/': '', other: 'o' }
const toUrlText = (text: string): string => encodeURIComponent(text).replaceAll('%20', '+')

/** A store that speaks the two requests of S3 that a download makes; two keys a page. */
async function aStore() {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://x')
    const key = decodeURIComponent(url.pathname).replace('/bucket/', '')
    if (url.searchParams.has('list-type')) {
      const keys = Object.keys(OBJECTS).filter((each) => each.startsWith(url.searchParams.get('prefix') ?? ''))
      const from = Number(url.searchParams.get('continuation-token') ?? 0)
      const page = keys.slice(from, from + 2).map((each) => `<Contents><Key>${toUrlText(each)}</Key></Contents>`)
      const more = from + 2 < keys.length ? `<NextContinuationToken>${from + 2}</NextContinuationToken>` : ''
      return response.end(`<ListBucketResult>${page.join('')}${more}</ListBucketResult>`)
    }
    const content = OBJECTS[key]
    return content === undefined ? response.writeHead(404).end() : response.end(content)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const s3 = (path: string) => ({ sourceType: 'S3', sourceInfo: { path } })

test('brings an object', async () => {
  await using store = await aStore()
  await using task = await aTask({ s3Endpoint: store.url })
  expect(await task.perform(downloadContent, s3('https://bucket.s3.eu-central-1.amazonaws.com/dir/a%20b.txt'))).toBe(0)
  expect(await readFile(join(task.downloads, 'a b.txt'), 'utf8')).toBe('a')
})

test('brings all below an address that ends in a slash, page by page', async () => {
  await using store = await aStore()
  await using task = await aTask({ s3Endpoint: store.url })
  expect(await task.perform(downloadContent, s3('https://s3.amazonaws.com/bucket/dir/'))).toBe(0)
  expect((await readdir(task.downloads, { recursive: true })).sort()).toEqual(['a b.txt', 'deep', 'deep/c&d'])
})

test.each([
  ['https://s3.amazonaws.com/bucket/gone', 'answered 404 Not Found'],
  ['https://s3.amazonaws.com/bucket/gone/', 'there is no object below'],
  ['https://s3.amazonaws.com/bucket', 'names no object'],
  ['bucket/key', 'path must be the https:// address of an object'],
])('says what is wrong with %s', async (path, text) => {
  await using store = await aStore()
  await using task = await aTask({ s3Endpoint: store.url })
  expect(await task.perform(downloadContent, s3(path))).toBe(1)
  expect(task.printed.err).toContain(text)
})

test.each([
  [
    'https://b.s3.amazonaws.com/k/l',
    { origin: 'https://b.s3.amazonaws.com', bucketPath: '', key: 'k/l', region: 'us-east-1' },
  ],
  [
    'https://b.c.s3.eu-west-1.amazonaws.com/k',
    { origin: 'https://b.c.s3.eu-west-1.amazonaws.com', bucketPath: '', key: 'k', region: 'eu-west-1' },
  ],
  [
    'https://s3-eu-west-1.amazonaws.com/b/k',
    { origin: 'https://s3-eu-west-1.amazonaws.com', bucketPath: '/b', key: 'k', region: 'eu-west-1' },
  ],
  [
    'https://store.example.com/b/k%2Fx',
    { origin: 'https://store.example.com', bucketPath: '/b', key: 'k/x', region: 'us-east-1' },
  ],
])('reads %s', (path, place) => {
  expect(readS3Url(path, undefined)).toEqual(place)
})

test('signs as the SDK does', async () => {
  const keys = { accessKeyId: 'AKIAX', secretAccessKey: 'secret', sessionToken: 'token' }
  const at = new Date(Date.UTC(2026, 10, 24, 12))
  const url = new URL('http://store.example.com:9000/b/?list-type=2&prefix=a%20b%2F%C3%A9&encoding-type=url')
  const signer = new SignatureV4({
    credentials: keys,
    region: 'eu-west-1',
    service: 's3',
    sha256: Sha256,
    uriEscapePath: false,
  })
  const request = new HttpRequest({
    ...{ method: 'GET', protocol: 'http:', hostname: 'store.example.com', port: 9000, path: '/b/' },
    query: Object.fromEntries(url.searchParams),
    headers: { host: 'store.example.com:9000' },
  })
  const { headers } = await signer.sign(request, { signingDate: at })
  expect(signGet(url, keys, 'eu-west-1', at)['authorization']).toBe(headers['authorization'])
})

test('takes the default profile of shared credentials', () => {
  const text = '[other]\naws_access_key_id = no\n[default]\naws_access_key_id = AK\naws_secret_access_key=SK\n'
  expect(readSharedCredentials(text)).toEqual({ accessKeyId: 'AK', secretAccessKey: 'SK', sessionToken: undefined })
  expect(readSharedCredentials('[default]\naws_access_key_id = AK\n')).toBeUndefined()
})
