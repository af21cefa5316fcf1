import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pluginsFor } from './index.ts'
import { runShellScript } from './run-shell-script.ts'

const step = { commandId: 'c-1', stepName: 's', env: { SSM_name: 'x' } }
const workspace = { root: '/data/work', path: (name: string) => `/data/work/${name}` }
const plan = (inputs: Record<string, unknown>) => runShellScript.plan(inputs, step, workspace)

test('joins the lines into a script with a final newline', () => {
  expect(plan({ runCommand: ['echo a', 'echo b'] })).toEqual({
    process: {
      files: { 'script.sh': 'echo a\necho b\n' },
      argv: ['sh', '-c', "'/data/work/script.sh'"],
      cwd: '/data/work',
      env: { SSM_name: 'x', SSM_COMMAND_ID: 'c-1' },
    },
  })
})

test('flattens a list parameter that stands in the list', () => {
  expect(plan({ runCommand: [['a', 'b'], 'c', 4] })).toMatchObject({
    process: { files: { 'script.sh': 'a\nb\nc\n4\n' } },
  })
})

test.each([
  ['', '/data/work'],
  ['/srv', '/srv'],
  ['sub', '/data/work/sub'],
])('takes working directory %j as %s', (workingDirectory, cwd) => {
  expect(plan({ runCommand: ['true'], workingDirectory })).toMatchObject({ process: { cwd } })
})

test('refuses a step without commands, with the place named', () => {
  expect(plan({})).toEqual({ problem: 'runCommand is missing' })
  expect(plan({ runCommand: [{}] })).toEqual({ problem: 'runCommand[0] must be a text' })
})

test('honours a first line that names another interpreter, in a folder with blanks and quotes', () => {
  const folder = mkdtempSync(join(tmpdir(), "muster plug'in "))
  try {
    const planned = runShellScript.plan({ runCommand: ['#!/usr/bin/awk -f', 'BEGIN { print 6 * 7 }'] }, step, {
      root: folder,
      path: (name) => join(folder, name),
    })
    if (!('process' in planned)) throw new Error(planned.problem)
    const [file, ...args] = planned.process.argv
    for (const [name, content] of Object.entries(planned.process.files))
      writeFileSync(join(folder, name), content, { mode: 0o700 })
    expect(spawnSync(file, args, { encoding: 'utf8' }).stdout).toBe('42\n')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('runs on Linux and macOS only', () => {
  expect(pluginsFor('linux')).toContain(runShellScript)
  expect(pluginsFor('win32')).not.toContain(runShellScript)
})

test.each([
  [0, 'success'],
  [1, 'failed'],
  [137, 'failed'],
  [194, 'rebootThenResume'],
])('takes exit code %i as %s', (code, status) => {
  expect(runShellScript.outcome(code).status).toBe(status)
})
