import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import type { ScriptPlugin, Workspace } from '#runner/index.ts'
import { pluginsFor } from './index.ts'

const step = { commandId: 'c-1', stepName: 's', env: { SSM_name: 'x' } }
const workspaceIn = (root: string): Workspace => ({ root, path: (name) => join(root, name) })
const powerShell = (platform: string): ScriptPlugin => {
  const [plugin, ...others] = pluginsFor(platform).filter(({ action }) => action === 'aws:runPowerShellScript')
  if (plugin?.kind !== 'script' || others.length > 0) throw new Error(`${platform} has not one plugin for the action`)
  return plugin
}
const plan = (platform: string, inputs: Record<string, unknown>, workspace = workspaceIn('/data/work')) => {
  const planned = powerShell(platform).plan(inputs, step, workspace)
  if ('problem' in planned) throw new Error(planned.problem)
  return planned.process
}

test.each(['linux', 'darwin', 'win32'])(
  'on %s the lines become a script that every PowerShell reads as UTF-8',
  (platform) => {
    expect(plan(platform, { runCommand: ['Write-Output é', ['exit 3']] })).toMatchObject({
      files: { 'script.ps1': '\uFEFFWrite-Output é\nexit 3\n' },
      cwd: '/data/work',
      env: { SSM_name: 'x', SSM_COMMAND_ID: 'c-1' },
    })
  },
)

test('on Windows the PowerShell of the system runs the file', () => {
  expect(plan('win32', { runCommand: ['1'] }).argv).toEqual([
    ...['powershell.exe', '-InputFormat', 'None', '-NonInteractive', '-NoProfile'],
    ...['-ExecutionPolicy', 'Unrestricted', '-File', '/data/work/script.ps1'],
  ])
})

test.each([
  ['linux', 194],
  ['darwin', 194],
  ['win32', 3010],
])('on %s exit code %i alone asks for a reboot', (platform, code) => {
  const asking = [0, 1, 194, 3010].filter((each) => powerShell(platform).outcome(each).status === 'rebootThenResume')
  expect(asking).toEqual([code])
})

/** Runs the plan of one line with these programs before those of the system, or with these alone. */
function run(programs: Readonly<Record<string, string>>, { alone = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "muster plug'in "))
  try {
    for (const [name, content] of Object.entries(programs)) writeFileSync(join(folder, name), content, { mode: 0o700 })
    const { argv, files, env } = plan('linux', { runCommand: ['the script'] }, workspaceIn(folder))
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
    const [, ...args] = argv
    const PATH = alone ? folder : [folder, '/usr/bin', '/bin'].join(delimiter)
    const { stdout, stderr, status } = spawnSync('/bin/sh', args, { encoding: 'utf8', env: { ...env, PATH } })
    return { stdout, stderr, status, folder }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('the pwsh that a shell finds gets the script as a file, and its exit code is the step’s', () => {
  const pwsh = '#!/bin/sh\necho "$1 $SSM_name"; cat "$2"; exit 7\n'
  expect(run({ pwsh })).toMatchObject({ stdout: '-File x\n\uFEFFthe script\n', stderr: '', status: 7 })
})

test('a node without pwsh says so and fails', () => {
  const { stderr, status, folder } = run({}, { alone: true })
  expect([status, stderr]).toEqual([
    127,
    `aws:runPowerShellScript needs PowerShell 7, and this node has no program pwsh in ${folder}\n`,
  ])
})
