import { spawnSync } from 'node:child_process'
import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ScriptPlugin } from '#runner/index.ts'
import { configureDocker } from './configure-docker.ts'
import { domainJoin } from './domain-join.ts'
import { runDockerAction } from './run-docker-action.ts'

/** Runs what a plugin plans with these programs alone, beside those that a shell cannot do without. */
async function run(plugin: ScriptPlugin, inputs: Record<string, unknown>, programs: Readonly<Record<string, string>>) {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'muster-docker-'))
  const step = { commandId: 'c-1', stepName: 's', env: {} }
  const path = (name: string): string => join(folder.path, name)
  const planned = plugin.plan(inputs, step, { root: folder.path, path })
  if ('problem' in planned) return planned
  const { argv, files, cwd, env } = planned.process
  for (const [name, content] of Object.entries(programs))
    await writeFile(path(name), `#!/bin/sh\n${content}\n`, { mode: 0o700 })
  for (const [name, content] of Object.entries(files)) await writeFile(path(name), content)
  const [, ...args] = argv
  const { stdout, stderr, status } = spawnSync('/bin/sh', args, {
    encoding: 'utf8',
    cwd,
    env: { ...env, PATH: folder.path },
  })
  return { stdout, stderr, status, folder: folder.path }
}

const docker = 'for word in "$@"; do echo "[$word]"; done'

test('Docker gets each value as one argument, whatever is in it', async () => {
  const ended = await run(runDockerAction, { action: 'Run', image: 'x', env: `A='; touch /canary "$(x)"` }, { docker })
  expect(ended).toMatchObject({ stdout: `[run]\n[--detach]\n[--env]\n[A='; touch /canary "$(x)"]\n[x]\n`, status: 0 })
})

test('a node without Docker says so and fails', async () => {
  const ended = await run(runDockerAction, { action: 'Ps' }, {})
  expect(ended).toMatchObject({ status: 127 })
  expect('stderr' in ended && ended.stderr).toMatch(
    /^aws:runDockerAction needs Docker, and this node has no program docker in /,
  )
})

test('inputs that do not go together are refused before anything starts', async () => {
  expect(await run(runDockerAction, { action: 'Run' }, {})).toEqual({ problem: 'action Run needs image' })
})

test.each([
  ['Install', { 'apt-get': 'echo "apt-get $*"' }, 'apt-get update\napt-get install -y docker.io\n'],
  ['Install', { dnf: 'echo "dnf $*"' }, 'dnf install -y docker\n'],
  ['Install', { docker: 'true', dnf: 'echo never' }, 'Docker is installed already\n'],
  ['Uninstall', { docker: 'true', zypper: 'echo "zypper $*"' }, 'zypper --non-interactive remove docker\n'],
  ['Uninstall', { dnf: 'echo never' }, 'Docker is not installed\n'],
])('%s with %j asks for the package of the distribution', async (action, programs, stdout) => {
  const ended = await run(configureDocker, { action }, { ...programs, systemctl: 'true' } as Record<string, string>)
  expect(ended).toMatchObject({ stdout, status: 0 })
})

test('a node without a package manager that is known says so and fails', async () => {
  expect(await run(configureDocker, { action: 'Install' }, {})).toMatchObject({
    status: 1,
    stderr: 'aws:configureDocker knows apt-get, dnf, yum and zypper, and this node has none of them\n',
  })
})

test('an install that fails fails the step', async () => {
  expect(await run(configureDocker, { action: 'Install' }, { dnf: 'exit 5' })).toMatchObject({ status: 1 })
})

test('joining a domain of AWS is refused with the reason', async () => {
  expect(await run(domainJoin, {}, {})).toMatchObject({ problem: expect.stringContaining('AWS Directory Service') })
})
