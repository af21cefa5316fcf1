import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readExit } from './attempt-files.ts'
import { launchProblem, launchText, WRAPPER } from './wrapper.ts'

interface Attempt extends Disposable {
  readonly folder: string
  run(cap: number): Promise<void>
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
    async run(cap) {
      await once(
        spawn('/bin/sh', [join(folder, 'wrapper.sh'), run, folder, String(cap), ''], { stdio: 'ignore' }),
        'exit',
      )
    },
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  }
}

test('runs once when it is started many times', async () => {
  using attempt = anAttempt('echo ran')
  await Promise.all(Array.from({ length: 8 }, () => attempt.run(1000)))
  expect(readFileSync(join(attempt.folder, 'stdout'), 'utf8')).toBe('ran\n')
})

test('does nothing when the claim is taken', async () => {
  using attempt = anAttempt('echo ran')
  mkdirSync(join(attempt.folder, '..', 'run', 'claim'))
  await attempt.run(1000)
  expect(readdirSync(attempt.folder)).toEqual(['launch.sh', 'wrapper.sh'])
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
