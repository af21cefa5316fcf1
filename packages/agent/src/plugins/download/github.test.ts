import { readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { downloadContent } from '#plugins/download-content.ts'
import { aTask } from '#plugins/testing.ts'

const FILES: Readonly<Record<string, string>> = { 'scripts/a.sh': 'a', 'scripts/deep/b.sh': 'b', 'top name.txt': 'top' }

/** The contents API of one repository, as far as downloads ask it. */
async function aGitHub() {
  const asked: { url: string; authorization: string | undefined }[] = []
  const server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', authorization: request.headers.authorization })
    const [, path = ''] =
      /^\/api\/repos\/me\/code\/contents\/?([^?]*)/.exec(decodeURIComponent(request.url ?? '')) ?? []
    if (request.headers.accept?.includes('raw') && FILES[path] !== undefined) return response.end(FILES[path])
    const below = Object.keys(FILES).filter((name) => path === '' || name.startsWith(`${path}/`))
    if (FILES[path] !== undefined) return response.end(JSON.stringify({ type: 'file', path }))
    if (below.length === 0) return response.writeHead(404).end('{}')
    const names = new Set(below.map((name) => name.slice(path === '' ? 0 : path.length + 1).split('/')[0] ?? ''))
    const entries = [...names].map((name) => {
      const full = path === '' ? name : `${path}/${name}`
      return { type: FILES[full] === undefined ? 'dir' : 'file', path: full }
    })
    return response.end(JSON.stringify(entries))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    asked,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const inputs = (path: string, more: object = {}) => ({
  ...{ sourceType: 'GitHub', sourceInfo: { owner: 'me', repository: 'code', path, ...more } as never },
})

test('brings a file', async () => {
  await using gitHub = await aGitHub()
  await using task = await aTask({ githubUrl: gitHub.url })
  expect(await task.perform(downloadContent, inputs('top name.txt'))).toBe(0)
  expect(await readFile(join(task.downloads, 'top name.txt'), 'utf8')).toBe('top')
})

test('brings a folder with all in it', async () => {
  await using gitHub = await aGitHub()
  await using task = await aTask({ githubUrl: gitHub.url })
  expect(await task.perform(downloadContent, inputs('/scripts/'))).toBe(0)
  const found = await readdir(task.downloads, { recursive: true })
  expect(found.sort()).toEqual(['a.sh', 'deep', 'deep/b.sh'])
})

test('asks for the version that is wanted, with the token that is given', async () => {
  await using gitHub = await aGitHub()
  await using task = await aTask({ githubUrl: gitHub.url })
  const more = { getOptions: 'branch:next/one', tokenInfo: 'secret' }
  expect(await task.perform(downloadContent, inputs('scripts/a.sh', more))).toBe(0)
  expect(gitHub.asked).toHaveLength(2)
  for (const { url, authorization } of gitHub.asked)
    expect([url, authorization]).toEqual(['/api/repos/me/code/contents/scripts/a.sh?ref=next%2Fone', 'Bearer secret'])
})

test.each([
  ['gone', 'answered 404 Not Found'],
  ['../../../user', 'leads elsewhere'],
])('says what is wrong with %s', async (path, text) => {
  await using gitHub = await aGitHub()
  await using task = await aTask({ githubUrl: gitHub.url })
  expect(await task.perform(downloadContent, inputs(path))).toBe(1)
  expect(task.printed.err).toContain(text)
})
