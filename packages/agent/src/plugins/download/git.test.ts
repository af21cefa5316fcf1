import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runProgram } from '#platform/index.ts'
import { downloadContent } from '#plugins/download-content.ts'
import { aTask } from '#plugins/testing.ts'
import { gitCommands, hostOf, readGetOptions } from './git.ts'

const IDENTITY = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'init.defaultBranch=main']

/** A repository with two commits on main and one on another branch. */
async function aRepository(folder: string) {
  const path = join(folder, 'repository')
  await mkdir(path)
  const git = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await runProgram(['git', ...IDENTITY, ...args], { cwd: path })
    if (code !== 0) throw new Error(stderr)
    return stdout.trim()
  }
  const commit = async (content: string): Promise<string> => {
    await writeFile(join(path, 'file'), content)
    await git('add', '.')
    await git('commit', '-q', '-m', content)
    return git('rev-parse', 'HEAD')
  }
  await git('init', '-q')
  const first = await commit('first')
  await commit('second')
  await git('checkout', '-q', '-b', 'other')
  await commit('third')
  await git('checkout', '-q', 'main')
  return { url: `file://${path}`, first }
}

test.each([
  ['', 'second'],
  ['branch:other', 'third'],
  ['commitID:FIRST', 'first'],
])('with getOptions "%s" brings the files of that version', async (getOptions, content) => {
  await using task = await aTask()
  const { url, first } = await aRepository(task.folder)
  const sourceInfo = { repository: url, getOptions: getOptions.replace('FIRST', first) }
  expect(await task.perform(downloadContent, { sourceType: 'Git', sourceInfo, destinationPath: 'code' })).toBe(0)
  expect(await readdir(join(task.downloads, 'code'))).toEqual(['file'])
  expect(await readFile(join(task.downloads, 'code', 'file'), 'utf8')).toBe(content)
})

test('replaces what an earlier download left and keeps the rest', async () => {
  await using task = await aTask()
  const { url } = await aRepository(task.folder)
  await mkdir(task.downloads)
  await writeFile(join(task.downloads, 'file'), 'old')
  await writeFile(join(task.downloads, 'mine'), 'mine')
  expect(await task.perform(downloadContent, { sourceType: 'Git', sourceInfo: { repository: url } })).toBe(0)
  expect((await readdir(task.downloads)).sort()).toEqual(['file', 'mine'])
  expect(await readFile(join(task.downloads, 'file'), 'utf8')).toBe('second')
})

test.each([
  [{ repository: 'file:///nowhere/at/all' }, /^git ended with 128: .*does not/s],
  [{ repository: 'ext::sh -c "touch /tmp/x"' }, /^git ended with 128: .*not allowed/s],
  [{ repository: '--upload-pack=touch /tmp/x' }, /^git ended with 128: /],
  [{ repository: 'http://169.254.169.254/x.git' }, /is a link-local address/],
  [{ repository: 'file:///x', getOptions: 'branch:--upload-pack=x' }, /^getOptions must be branch:NAME or commitID:ID/],
  [{ repository: 'file:///x', getOptions: 'commitID:HEAD;rm' }, /^getOptions must be branch:NAME or commitID:ID/],
])('%j fails with what is wrong, and leaves nothing', async (sourceInfo, text) => {
  await using task = await aTask()
  expect(await task.perform(downloadContent, { sourceType: 'Git', sourceInfo })).toBe(1)
  expect(task.printed.err).toMatch(text)
  expect(await readdir(task.downloads)).toEqual([])
})

test('the commands have nothing secret and nothing of the repository’s name as an option', () => {
  expect(gitCommands('-x', readGetOptions('branch:b'), '/f').map((argv) => argv.slice(-4))).toEqual([
    ['b', '--', '-x', '/f'],
  ])
})

test.each([
  ['https://user@example.com:8443/r.git', 'example.com'],
  ['git@example.com:owner/r.git', 'example.com'],
  ['ssh://git@[fe80::1]/r', '[fe80::1]'],
  ['/srv/r.git', undefined],
])('the host of %s is %s', (repository, host) => {
  expect(hostOf(repository)).toBe(host)
})
