import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PlainObject } from '@muster/protocol/kit'
import { expect, test } from 'vitest'
import { makeZip } from './archive/testing/make-archive.ts'
import { configurePackage, configurePackageFrom } from './configure-package.ts'
import { checkHash } from './download/check-hash.ts'
import type { PackageSource } from './package/package-source.ts'
import { lockPackage, openPackageStore } from './package/store.ts'
import { aTask } from './testing.ts'

type Scripts = Readonly<Record<string, string>>

/** A host on which versions of the package `tool` can be configured; its scripts write to a ledger. */
async function aHost() {
  const task = await aTask()
  const ledger = join(task.folder, 'ledger')
  await writeFile(ledger, '')
  const say = (word: string) => `echo "${word} $SSM_word" >>'${ledger.replaceAll("'", "'\\''")}'\n`
  /** A version with these scripts; the hash that its manifest says can be another one than that of its file. */
  const version = (name: string, scripts: Scripts = {}, sha256?: string): PackageSource => {
    const all = { 'install.sh': say(`install ${name}`), 'uninstall.sh': say(`uninstall ${name}`), ...scripts }
    const bytes = makeZip(Object.entries(all).map(([file, content]) => ({ name: file, content })))
    const hash = sha256 ?? createHash('sha256').update(bytes).digest('hex')
    const manifest = {
      ...{ version: name, packages: { _any: { _any: { _any: { file: 'tool.zip' } } } } },
      files: { 'tool.zip': { checksums: { sha256: hash } } },
    }
    return async () => ({
      manifest,
      async fetch(_file, wanted, folder) {
        const file = join(folder, 'package')
        await writeFile(file, bytes)
        await checkHash(file, wanted)
        return file
      },
    })
  }
  const perform = (source: PackageSource, inputs: PlainObject) =>
    task.perform(
      configurePackageFrom(() => source),
      { name: 'tool', ...inputs },
    )
  const store = () => openPackageStore(task.folder, 'tool')
  return {
    ...{ task, say, version, store },
    install: (source: PackageSource, inputs: PlainObject = {}) => perform(source, { action: 'Install', ...inputs }),
    uninstall: (inputs: PlainObject = {}) => perform(version('none'), { action: 'Uninstall', ...inputs }),
    ran: async () =>
      (await readFile(ledger, 'utf8'))
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
    [Symbol.asyncDispose]: () => task[Symbol.asyncDispose](),
  }
}

test('installs once, with the arguments of the step, and removes what is installed', async () => {
  await using host = await aHost()
  const one = host.version('1.0')
  expect(await host.install(one, { additionalArguments: '{"SSM_word":"$(x)"}' })).toBe(0)
  expect(await host.install(one)).toBe(0)
  expect(host.task.printed.out).toContain('tool 1.0 is already installed\n')
  expect(await host.uninstall()).toBe(0)
  expect(await host.uninstall()).toBe(0)
  expect(host.task.printed.out).toContain('tool is not installed\n')
  expect(await host.ran()).toEqual(['install 1.0 $(x)', 'uninstall 1.0'])
})

test('another version is installed after the one before was removed', async () => {
  await using host = await aHost()
  await host.install(host.version('1.0'))
  expect(await host.install(host.version('2.0'))).toBe(0)
  expect(await host.ran()).toEqual(['install 1.0', 'uninstall 1.0', 'install 2.0'])
  expect(await (await host.store()).read()).toEqual({ name: 'tool', installed: '2.0' })
})

test('an update in place runs the update script of the new version alone', async () => {
  await using host = await aHost()
  await host.install(host.version('1.0'))
  const two = host.version('2.0', { 'update.sh': host.say('update') })
  expect(await host.install(two, { installationType: 'In-place update' })).toBe(0)
  expect(await host.ran()).toEqual(['install 1.0', 'update'])
})

test('an update in place without a script for it fails and leaves the version that is there', async () => {
  await using host = await aHost()
  await host.install(host.version('1.0'))
  expect(await host.install(host.version('2.0'), { installationType: 'In-place update' })).toBe(1)
  expect(host.task.printed.err).toContain('the package has no update script for this platform\n')
  expect(await (await host.store()).read()).toEqual({ name: 'tool', installed: '1.0' })
})

test('where the new version cannot be installed the one before comes back', async () => {
  await using host = await aHost()
  await host.install(host.version('1.0'))
  expect(await host.install(host.version('2.0', { 'install.sh': 'exit 7' }))).toBe(1)
  expect(host.task.printed.err).toBe('the install script of tool 2.0 ended with 7\ntool 1.0 was installed again\n')
  expect(await host.ran()).toEqual(['install 1.0', 'uninstall 1.0', 'install 1.0'])
})

test('a file with another hash than the manifest says is not run, nor unpacked', async () => {
  await using host = await aHost()
  expect(await host.install(host.version('1.0', {}, 'b'.repeat(64)))).toBe(1)
  expect(host.task.printed.err).toMatch(/^the file has the SHA-256 [0-9a-f]{64}, and should have b{64}\n$/)
  expect(await host.ran()).toEqual([])
})

test('a package that leads out of its folder is refused', async () => {
  await using host = await aHost()
  expect(await host.install(host.version('1.0', { '../escaped': 'x' }))).toBe(1)
  expect(await host.ran()).toEqual([])
  expect(await readdir(host.task.folder)).not.toContain('escaped')
})

test('an install that was interrupted is told, and begun anew', async () => {
  await using host = await aHost()
  const store = await host.store()
  await store.write({ name: 'tool', underWay: { what: 'Install', version: '1.0' } })
  expect(await host.install(host.version('1.0'))).toBe(0)
  expect(host.task.printed.out).toContain('An earlier Install of tool 1.0 did not end; it is begun anew\n')
  expect(await host.ran()).toEqual(['install 1.0'])
})

test('a reboot that the install script asks for goes on with the install', async () => {
  await using host = await aHost()
  const flag = join(host.task.folder, 'rebooted').replaceAll("'", "'\\''")
  const script = `[ -e '${flag}' ] && exit 0; : >'${flag}'; exit 194`
  const one = host.version('1.0', { 'install.sh': script })
  expect(await host.install(one)).toBe(194)
  expect(configurePackage.outcome(194).status).toBe('rebootThenResume')
  expect(await host.install(one)).toBe(0)
})

test('another version than the one that is installed is not removed', async () => {
  await using host = await aHost()
  await host.install(host.version('1.0'))
  expect(await host.uninstall({ version: '2.0' })).toBe(1)
  expect(host.task.printed.err).toBe('tool 2.0 is not installed: 1.0 is\n')
})

test('an uninstall script that fails leaves the package installed', async () => {
  await using host = await aHost()
  await host.install(host.version('1.0', { 'uninstall.sh': 'exit 3' }))
  expect(await host.uninstall()).toBe(1)
  expect(await (await host.store()).read()).toEqual({ name: 'tool', installed: '1.0' })
})

test('one command at a time changes a package; a lock that a dead process left is none', async () => {
  await using host = await aHost()
  {
    await using _lock = await lockPackage(host.task.folder, 'tool')
    expect(await host.install(host.version('1.0'))).toBe(1)
    expect(host.task.printed.err).toBe('tool is being changed by another command\n')
  }
  await mkdir(join(host.task.folder, 'packages'), { recursive: true })
  await writeFile(join(host.task.folder, 'packages', 'tool.lock'), `${process.pid} 1`)
  expect(await host.install(host.version('1.0'))).toBe(0)
})

test('a package that the controller could not find fails with its words', async () => {
  await using task = await aTask()
  const document = { kind: 'problem', problem: 'Document with name tool does not exist.' } as const
  expect(await task.perform(configurePackage, { name: 'tool', action: 'Install' }, { document })).toBe(1)
  expect(task.printed.err).toBe('Document with name tool does not exist.\n')
})

test.each([
  [{ action: 'Install' }, 'name is missing'],
  [{ name: 'x', action: 'Install' }, 'name must be the name or the ARN of a document'],
  [{ name: '../../etc', action: 'Install' }, 'name must be the name or the ARN of a document'],
  [{ name: 'tool', action: 'install' }, 'action must be Install or Uninstall'],
  [
    { name: 'tool', action: 'Install', additionalArguments: '[]' },
    'additionalArguments must be a map or the JSON text of one',
  ],
  [
    { name: 'tool', action: 'Install', additionalArguments: { PATH: '/x' } },
    'additionalArguments.PATH must begin with SSM_',
  ],
])('inputs %j are refused', (inputs, problem) => {
  expect(configurePackage.check(inputs)).toBe(problem)
})
