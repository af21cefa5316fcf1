import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { downloadContent } from '#plugins/download-content.ts'
import { aTask } from '#plugins/testing.ts'

/** A web server on loopback; what it was asked for stands in `asked`. */
async function aServer(answer: RequestListener) {
  const asked: IncomingMessage[] = []
  const server = createServer((request, response) => {
    asked.push(request)
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const http = (url: string, more: Record<string, unknown> = {}, destinationPath?: string) => ({
  ...{ sourceType: 'HTTP', sourceInfo: { url, allowInsecureDownload: true, ...more } as never },
  ...(destinationPath !== undefined && { destinationPath }),
})

test.each([
  [undefined, 'downloads/a file.txt'],
  ['sub/', 'downloads/sub/a file.txt'],
  ['there', 'downloads/there/a file.txt'],
  ['sub/other.txt', 'downloads/sub/other.txt'],
])('destination %s is %s', async (destination, path) => {
  await using server = await aServer((_, response) => response.end('content'))
  await using task = await aTask()
  await mkdir(join(task.downloads, 'there'), { recursive: true })
  expect(await task.perform(downloadContent, http(`${server.url}/x/a%20file.txt?token=1`, {}, destination))).toBe(0)
  expect(await readFile(join(task.folder, path), 'utf8')).toBe('content')
  expect(task.printed.out).toBe(`Content downloaded to ${join(task.folder, path)}\n`)
})

test('an absolute destination is taken as it is', async () => {
  await using server = await aServer((_, response) => response.end('content'))
  await using task = await aTask()
  const file = join(task.folder, 'elsewhere', 'file')
  expect(await task.perform(downloadContent, http(server.url, {}, file))).toBe(0)
  expect(await readFile(file, 'utf8')).toBe('content')
})

test('plain http is refused unless it is allowed', async () => {
  await using server = await aServer((_, response) => response.end('content'))
  await using task = await aTask()
  expect(await task.perform(downloadContent, http(server.url, { allowInsecureDownload: false }))).toBe(1)
  expect(task.printed.err).toContain('Non secure URL provided and insecure download is not allowed')
  expect(server.asked).toEqual([])
})

test('Basic credentials go with the request', async () => {
  await using server = await aServer((_, response) => response.end('content'))
  await using task = await aTask()
  const auth = { authMethod: 'Basic', username: 'me', password: 'p:ä' }
  expect(await task.perform(downloadContent, http(server.url, auth))).toBe(0)
  expect(server.asked[0]?.headers.authorization).toBe(`Basic ${Buffer.from('me:p:ä').toString('base64')}`)
})

test('a Digest challenge is answered', async () => {
  const challenge = 'Digest realm="r", qop="auth", nonce="n", opaque="o", algorithm=SHA-256'
  await using server = await aServer((request, response) => {
    if (request.headers.authorization !== undefined) return response.end('content')
    return response.writeHead(401, { 'www-authenticate': challenge }).end()
  })
  await using task = await aTask()
  const auth = { authMethod: 'Digest', username: 'me', password: 'p' }
  expect(await task.perform(downloadContent, http(`${server.url}/f`, auth))).toBe(0)
  expect(server.asked[1]?.headers.authorization).toMatch(/^Digest username="me", realm="r", nonce="n", uri="\/f",/)
})

test('follows redirects, and takes credentials to no other host', async () => {
  await using other = await aServer((_, response) => response.end('content'))
  await using server = await aServer((_, response) => response.writeHead(302, { location: `${other.url}/f` }).end())
  await using task = await aTask()
  const auth = { authMethod: 'Basic', username: 'me', password: 'p' }
  expect(await task.perform(downloadContent, http(server.url, auth, 'f'))).toBe(0)
  expect(other.asked[0]?.headers.authorization).toBeUndefined()
})

test('ends after five redirects', async () => {
  await using server = await aServer((_, response) => response.writeHead(302, { location: '/again' }).end())
  await using task = await aTask()
  expect(await task.perform(downloadContent, http(`${server.url}/f`))).toBe(1)
  expect([server.asked.length, task.printed.err]).toEqual([6, `${server.url}/f redirects more than 5 times\n`])
})

test('nothing stands under the name of a file that did not come whole', async () => {
  await using server = await aServer((_, response) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('half', () => response.destroy())
  })
  await using task = await aTask()
  expect(await task.perform(downloadContent, http(`${server.url}/f`))).toBe(1)
  expect(await readdir(task.downloads)).toEqual([])
})

test('says what a server answered, without what may be secret in the address', async () => {
  await using server = await aServer((_, response) => response.writeHead(404).end())
  await using task = await aTask()
  expect(await task.perform(downloadContent, http(`${server.url}/f?token=secret`))).toBe(1)
  expect(task.printed.err).toBe(`${server.url}/f answered 404 Not Found\n`)
})

test.each([
  'http://169.254.169.254/latest/meta-data/',
  'http://2852039166/',
  'http://0xa9fea9fe/',
  'http://0251.0376.0251.0376/',
  'http://[fe80::1]/',
  'http://[fd00:ec2::254]/',
  'http://[::ffff:169.254.169.254]/',
  'http://[::ffff:a9fe:a9fe]/',
  'http://[::169.254.169.254]/',
  'http://[64:ff9b::a9fe:a9fe]/',
])('does not ask the metadata of a cloud at %s', async (url) => {
  await using task = await aTask()
  expect(await task.perform(downloadContent, http(url))).toBe(1)
  expect(task.printed.err).toContain('is a link-local address (cloud metadata)')
})

test('a redirect to the metadata of a cloud is not followed', async () => {
  await using server = await aServer((_, response) =>
    response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
  )
  await using task = await aTask()
  expect(await task.perform(downloadContent, http(server.url))).toBe(1)
  expect(task.printed.err).toContain('is a link-local address (cloud metadata)')
})

test.each([
  [{ url: 'file:///etc/passwd' }, '"file:" is not http: or https:'],
  [{ url: 'nonsense' }, '"nonsense" is not a URL'],
])('refuses %j', async (info, text) => {
  await using task = await aTask()
  expect(await task.perform(downloadContent, { sourceType: 'HTTP', sourceInfo: JSON.stringify(info) })).toBe(1)
  expect(task.printed.err).toBe(`${text}\n`)
})

test.each([
  [{}, 'sourceType must be GitHub or Git or HTTP or S3 or SSMDocument'],
  [{ sourceType: 'HTTP' }, 'sourceInfo must be a map or the JSON text of one'],
  [{ sourceType: 'HTTP', sourceInfo: {} }, 'sourceInfo.url is missing'],
  [
    { sourceType: 'HTTP', sourceInfo: { url: 'x', authMethod: 'None ' } },
    'sourceInfo.authMethod must be None or Basic or Digest',
  ],
  [
    { sourceType: 'Git', sourceInfo: '{"repository":"x","skipHostKeyChecking":"maybe"}' },
    'sourceInfo.skipHostKeyChecking must be true or false',
  ],
  [{ sourceType: 'GitHub', sourceInfo: { owner: 'x' } }, 'sourceInfo.repository is missing'],
])('inputs %j are refused before anything starts', (inputs, problem) => {
  expect(downloadContent.check(inputs)).toBe(problem)
})

test('a file is refused where a folder stands in its place', async () => {
  await using server = await aServer((_, response) => response.end('content'))
  await using task = await aTask()
  await mkdir(join(task.downloads, 'f', 'f'), { recursive: true })
  expect(await task.perform(downloadContent, http(`${server.url}/f`, {}, 'f'))).toBe(1)
  expect(task.printed.err).toContain('could not be written')
  expect(existsSync(join(task.downloads, 'f', 'f'))).toBe(true)
})
