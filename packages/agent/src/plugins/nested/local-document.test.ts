import { mkdir, mkdtempDisposable, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readLocalDocument } from './local-document.ts'

test.each([
  ['../secret.json', 'is not among the downloads of this command'],
  ['link.json', 'is not among the downloads of this command'],
  ['/etc/hostname', 'is not among the downloads of this command'],
  ['.', 'is not among the downloads of this command'],
  ['gone.json', 'is not among the downloads of this command'],
  ['empty.json', 'is empty'],
  ['large.json', 'has 70000 bytes; the limit of a document is 65536'],
])('refuses the local document %s', async (path, text) => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'muster-local-'))
  const downloads = join(folder.path, 'downloads')
  await mkdir(downloads)
  const secret = join(folder.path, 'secret.json')
  const step = { action: 'aws:runShellScript', name: 's', inputs: { runCommand: ['true'] } }
  await writeFile(secret, JSON.stringify({ schemaVersion: '2.2', mainSteps: [step] }))
  await writeFile(join(downloads, 'empty.json'), '')
  await writeFile(join(downloads, 'large.json'), ' '.repeat(70_000))
  await symlink(secret, join(downloads, 'link.json'))
  expect(await readLocalDocument(downloads, path, undefined)).toBe(`${path} ${text}`)
})
