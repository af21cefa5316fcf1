import { createHash } from 'node:crypto'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { applications } from './applications.ts'
import { makeZip } from './archive/testing/make-archive.ts'
import { psModuleIn } from './ps-module.ts'
import { aTask } from './testing.ts'
import { msiExit, msiexecArgv, powerShellArgv } from './windows/windows-argv.ts'

test.each([
  ['Install', '/i'],
  ['Repair', '/f'],
  ['Uninstall', '/x'],
] as const)('%s is msiexec %s, without questions and without a restart of its own', (action, flag) => {
  expect(msiexecArgv(action, 'C:\\a b.msi', 'C:\\log', 'A="x y" B=1')).toEqual([
    ...['msiexec.exe', flag, 'C:\\a b.msi', '/quiet', '/norestart', '/log', 'C:\\log', 'A=x y', 'B=1'],
  ])
})

test.each([
  [0, 'success'],
  [1641, 'rebootThenResume'],
  [3010, 'rebootThenResume'],
  [1603, 'failed'],
])('exit code %i of msiexec is %s', (code, status) => {
  expect(applications.outcome(msiExit(code)).status).toBe(status)
})

test('lines of PowerShell are run from a file', () => {
  expect(powerShellArgv('C:\\s.ps1').slice(-2)).toEqual(['-File', 'C:\\s.ps1'])
})

test.each([
  [{ action: 'Install', source: 'https://x/y.exe' }, 'source must be the address of an .msi file'],
  [{ action: 'Install', source: 'https://x/y.msi', sourceHash: '12' }, 'sourceHash must be a SHA-256 of 64 hex digits'],
  [{ action: 'Remove', source: 'https://x/y.msi' }, 'action must be Install or Repair or Uninstall'],
  [{ action: 'Install' }, 'source is missing'],
])('%j is refused', (inputs, problem) => {
  expect(applications.check(inputs)).toBe(problem)
})

const zip = makeZip([{ name: 'Tool/Tool.psm1', content: 'function x {}' }])

test('a module is put where PowerShell finds it, once its hash is right', async () => {
  await using task = await aTask()
  const source = join(task.folder, 'tool.zip')
  await writeFile(source, zip)
  const modules = join(task.folder, 'modules')
  const sourceHash = createHash('sha256').update(zip).digest('hex').toUpperCase()
  expect(await task.perform(psModuleIn(modules), { source, sourceHash })).toBe(0)
  expect((await readdir(modules, { recursive: true })).sort()).toEqual(['Tool', 'Tool/Tool.psm1'])
})

test('a module with another hash is not unpacked', async () => {
  await using task = await aTask()
  const source = join(task.folder, 'tool.zip')
  await writeFile(source, zip)
  expect(await task.perform(psModuleIn(join(task.folder, 'modules')), { source, sourceHash: 'a'.repeat(64) })).toBe(1)
  expect(task.printed.err).toMatch(/^the file has the SHA-256 [0-9a-f]{64}, and should have a{64}\n$/)
  expect(await readdir(task.folder)).not.toContain('modules')
})

test('a program that is nowhere is told', async () => {
  await using task = await aTask()
  expect(await task.perform(applications, { action: 'Install', source: '/nowhere/x.msi' })).toBe(1)
  expect(task.printed.err).toBe('there is no file /nowhere/x.msi\n')
})
