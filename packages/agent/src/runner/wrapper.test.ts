import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readExit } from './attempt-files.ts'
import { launchProblem, launchText, WRAPPER } from './wrapper.ts'

interface Attempt extends Disposable {
  readonly folder: string
  run(cap: number, shell?: string): Promise<void>
  /** Has it wait for its word. */
  hold(): ChildProcess
}

function anAttempt(script: string, env: Record<string, string> = {}): Attempt {
  const root = mkdtempSync(join(tmpdir(), "muster wrap'per "))
  const [run, folder] = [join(root, 'run'), join(root, 'attempt')]
  mkdirSync(run)
  mkdirSync(folder)
  writeFileSync(join(folder, 'wrapper.sh'), WRAPPER)
  writeFileSync(join(folder, 'launch.sh'), launchText({ argv: ['sh', '-c', script], cwd: folder, env }))
  return {
    folder,
    async run(cap, shell = '/bin/sh') {
      await once(
        spawn(shell, [join(folder, 'wrapper.sh'), run, folder, String(cap), '', 'go'], { stdio: 'ignore' }),
        'exit',
      )
    },
    hold: () =>
      spawn('/bin/sh', [join(folder, 'wrapper.sh'), run, folder, '1000', ''], { stdio: ['pipe', 'ignore', 'ignore'] }),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  }
}

async function until(ask: () => boolean): Promise<void> {
  while (!ask()) await new Promise((resolve) => setImmediate(resolve))
}

test('runs once when it is started many times', async () => {
  using attempt = anAttempt('echo ran')
  await Promise.all(Array.from({ length: 8 }, () => attempt.run(1000)))
  expect(readFileSync(join(attempt.folder, 'stdout'), 'utf8')).toBe('ran\n')
})

test('does nothing when the claim is taken', async () => {
  using attempt = anAttempt('echo ran')
  writeFileSync(join(attempt.folder, '..', 'run', 'claim'), '')
  await attempt.run(1000)
  expect(readdirSync(attempt.folder)).not.toContain('pids')
  expect(await readExit(attempt.folder)).toBeUndefined()
})

test('takes the claim and runs only when the word has come', async () => {
  using attempt = anAttempt('echo ran')
  const child = attempt.hold()
  // Everything is ready by the time that a spool is there.
  await until(() => readdirSync(attempt.folder).includes('stderr'))
  expect(readdirSync(join(attempt.folder, '..', 'run'))).toEqual([])
  child.stdin?.end('go\n')
  await once(child, 'exit')
  expect(readFileSync(join(attempt.folder, 'stdout'), 'utf8')).toBe('ran\n')
})

test('runs nothing when whoever has the word is gone', async () => {
  using attempt = anAttempt('echo ran')
  const child = attempt.hold()
  child.stdin?.end()
  await once(child, 'exit')
  expect(readdirSync(join(attempt.folder, '..', 'run'))).toEqual([])
  expect(readFileSync(join(attempt.folder, 'stdout'), 'utf8')).toBe('')
  expect(await readExit(attempt.folder)).toBeUndefined()
})

const SHELLS = ['/bin/dash', '/bin/bash', '/bin/busybox'].filter(existsSync)
test.each(SHELLS.length > 0 ? SHELLS : ['/bin/sh'])('keeps streams apart and counts them under %s', async (shell) => {
  using attempt = anAttempt('echo out; head -c 3000 /dev/zero >&2; exit 7')
  if (shell.endsWith('busybox')) symlinkSync(shell, join(attempt.folder, 'sh'))
  await attempt.run(1000, shell.endsWith('busybox') ? join(attempt.folder, 'sh') : shell)
  expect(await readExit(attempt.folder)).toMatchObject({
    code: 7,
    stdout: { kept: 4, dropped: 0 },
    stderr: { kept: 1000, dropped: 2000 },
  })
})

test('does not run what was ended before it began', async () => {
  using attempt = anAttempt('echo ran')
  writeFileSync(join(attempt.folder, 'end'), 'cancel .\n')
  await attempt.run(1000)
  expect(await readExit(attempt.folder)).toMatchObject({ code: 137, stdout: { kept: 0 } })
})

test('leaves the word of whoever ended the script first', async () => {
  using attempt = anAttempt(`echo 'timeout .' >end; exit 0`)
  await attempt.run(1000)
  expect(readFileSync(join(attempt.folder, 'end'), 'utf8')).toBe('timeout .\n')
})

test.each([0, 1, 5, 511, 65_535, 65_536, 65_537, 1_048_576, 1_048_577])(
  'keeps exactly %i bytes and counts the rest',
  async (cap) => {
    using attempt = anAttempt(
      'i=0; while [ $i -lt 200 ]; do echo $i; i=$((i+1)); done; head -c 1200000 /dev/zero; echo end',
    )
    await attempt.run(cap)
    const total = 690 + 1_200_000 + 4
    expect(await readExit(attempt.folder)).toEqual({
      code: 0,
      oomKills: 0,
      stdout: { kept: cap, dropped: total - cap },
      stderr: { kept: 0, dropped: 0 },
    })
    expect(readFileSync(join(attempt.folder, 'stdout'))).toHaveLength(cap)
  },
)

test('keeps lines that come one by one up to the cap, however short they are', async () => {
  using attempt = anAttempt('i=0; while [ $i -lt 20000 ]; do echo $i >&2; i=$((i+1)); done')
  await attempt.run(100_000)
  expect(await readExit(attempt.folder)).toMatchObject({ stderr: { kept: 100_000, dropped: 8_890 } })
})

test('gives a script its variables byte for byte', async () => {
  const values = fc.record({ SSM_value: fc.string({ unit: 'binary' }).filter((value) => !value.includes('\0')) })
  await fc.assert(
    fc.asyncProperty(values, async (env) => {
      using attempt = anAttempt('printf %s "$SSM_value"', env)
      await attempt.run(100_000)
      expect(readFileSync(join(attempt.folder, 'stdout'))).toEqual(Buffer.from(env.SSM_value, 'utf8'))
    }),
    { numRuns: 40 },
  )
})

test.each(['$(touch canary)', '`touch canary`', "'; touch canary; '", '"; touch canary; "', '\ntouch canary\n', '\\'])(
  'runs nothing of the value %j',
  async (value) => {
    using attempt = anAttempt('printf %s "$SSM_value"; ls canary', { SSM_value: value })
    await attempt.run(100_000)
    expect((await readExit(attempt.folder))?.code).not.toBe(0)
    expect(readFileSync(join(attempt.folder, 'stdout'), 'utf8')).toBe(value)
  },
)

test('refuses what shell text cannot hold', () => {
  const spec = { argv: ['sh'], cwd: '/', env: {} }
  expect(launchProblem(spec)).toBeUndefined()
  expect(launchProblem({ ...spec, env: { 'A=B; rm': 'x' } })).toBe('"A=B; rm" cannot be the name of a variable')
  expect(launchProblem({ ...spec, env: { A: 'x\0y' } })).toBe('a value contains a NUL character')
})
