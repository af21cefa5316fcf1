import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createPlatform } from './platform.ts'
import { listProcesses, mentions, signal } from './processes.ts'
import { startSpawner } from './spawner.ts'

const APART = { cwd: '/', env: { PATH: process.env['PATH'] ?? '' } }

function aFolder(): { file(name: string): string } & Disposable {
  const folder = mkdtempSync(join(tmpdir(), "muster spawner's "))
  return { file: (name) => join(folder, name), [Symbol.dispose]: () => rmSync(folder, { recursive: true }) }
}

async function written(file: string): Promise<string> {
  while (!existsSync(file) || !readFileSync(file, 'utf8').endsWith('.\n'))
    await new Promise((resolve) => setImmediate(resolve))
  return readFileSync(file, 'utf8')
}

async function started() {
  const spawner = await startSpawner(APART)
  if (spawner === undefined) throw new Error('this host has no setsid or no /proc')
  return spawner
}

test('starts a process in a session of its own, with its arguments byte for byte', async () => {
  using folder = aFolder()
  const spawner = await started()
  const words = ["it's", '$(id) `id` "x"', '\\', ' two  blanks ', '*', 'é€😀']
  const script = 'out=$1; shift; read -r stat <"/proc/$$/stat"; set -- "$@" $$ $stat; printf "%s\\n" "$@" . >$out'
  spawner.launch(['sh', '-c', script, 'sh', folder.file('out'), ...words])
  const lines = (await written(folder.file('out'))).split('\n')
  expect(lines.slice(0, words.length)).toEqual(words)
  const [pid, , , , , session] = lines.slice(words.length)
  expect(session).toBe(pid)
  await spawner.end()
})

test('lets what it holds go on at the word, and only then', async () => {
  using folder = aFolder()
  const spawner = await started()
  const script = `echo held. >"$1"; read -r word && echo "$word." >"$2"`
  spawner.hold(['sh', '-c', script, 'sh', folder.file('held'), folder.file('out')])
  await written(folder.file('held'))
  expect(existsSync(folder.file('out'))).toBe(false)
  spawner.say('go')
  expect(await written(folder.file('out'))).toBe('go.\n')
  await spawner.end()
})

test('lets what it holds end without the word when it ends itself', async () => {
  using folder = aFolder()
  const spawner = await started()
  spawner.hold(['sh', '-c', 'read -r word || echo none. >"$1"', 'sh', folder.file('out')])
  await spawner.end()
  expect(await written(folder.file('out'))).toBe('none.\n')
})

test('starts another one with the word when the one that it held was killed', async () => {
  using folder = aFolder()
  const spawner = await started()
  const script = `[ -n "$3" ] && echo "again $3." >"$2" && exit; echo held. >"$1"; read -r word`
  spawner.hold(['sh', '-c', script, 'sh', folder.file('held'), folder.file('out')])
  await written(folder.file('held'))
  for (let found = true; found; ) {
    found = false
    for (const { pid } of await listProcesses()) {
      if (pid === process.pid || !(await mentions(pid, folder.file('held')))) continue
      found = true
      signal(pid, 'SIGKILL')
    }
  }
  spawner.say('go')
  expect(await written(folder.file('out'))).toBe('again go.\n')
  await spawner.end()
})

test('leaves it to a script to end at a closed pipe, as its own shell would', async () => {
  using folder = aFolder()
  const spawner = await started()
  spawner.launch(['sh', '-c', '(yes; echo "$?." >"$1") | head -n 1', 'sh', folder.file('out')])
  expect(await written(folder.file('out'))).toBe(`${128 + 13}.\n`)
  await spawner.end()
})

test('holds one process at a time, so that the word is for the right one', async () => {
  using folder = aFolder()
  const platform = await createPlatform({ useServiceManager: false, controlGroups: { own: [], manager: [] } })
  const argvFor = (name: string) =>
    ['sh', '-c', 'read -r word && echo "$word." >"$1"', 'sh', folder.file(name)] as const
  const first = await platform.hold({ name: 'first', argv: argvFor('first') })
  expect(await platform.hold({ name: 'second', argv: argvFor('second') })).toBeUndefined()
  expect(first?.say('one')).toBe(true)
  expect(await written(folder.file('first'))).toBe('one.\n')
  const next = await platform.hold({ name: 'next', argv: argvFor('next') })
  await next?.dismiss()
  expect(existsSync(folder.file('next'))).toBe(false)
})
