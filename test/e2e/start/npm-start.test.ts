import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'
import { runFolderOptions } from '../../../scripts/start/run-folder.ts'
import { run } from '../../host/shell.ts'
import { type Program, startProgram } from '../../rig/program.ts'
import { until } from '../../rig/until.ts'

const script = fileURLToPath(new URL('../../../scripts/start.ts', import.meta.url))
const running = new Set<Program>()
const folders: string[] = []

afterEach(async () => {
  for (const program of running) program.kill('SIGTERM')
  for (const program of running) await program.exited
  running.clear()
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

async function start(home: string): Promise<{ program: Program; nodeId: string; line: string }> {
  const program = startProgram({
    script,
    args: ['--listen', 'http://127.0.0.1:0', '--listen', 'https://127.0.0.1:0'],
    env: { MUSTER_HOME: home },
  })
  running.add(program)
  await until('the ready line', async () => program.log.some((line) => line.includes('AWS_CONFIG_FILE=')))
  const nodeId = /mi-[0-9a-f]{17}/.exec(program.log.find((line) => line.includes('Online')) ?? '')?.[0] ?? ''
  const line = program.log.find((text) => text.includes('AWS_CONFIG_FILE='))?.trim() ?? ''
  return { program, nodeId, line }
}

const home = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-home-'))
  folders.push(folder)
  return folder
}

const accessKeyId = async (folder: string): Promise<string | undefined> =>
  /aws_access_key_id = (\S+)/.exec(await readFile(join(folder, 'aws'), 'utf8'))?.[1]

it('ends in a line that works as pasted, and finds everything again at the second start', async () => {
  const folder = await home()
  const first = await start(folder)
  expect(first.nodeId).toMatch(/^mi-/)
  if ((await run(['sh', '-c', 'command -v aws'])).status === 0) {
    const pasted = await run(['sh', '-c', first.line])
    expect(pasted.status, pasted.stderr).toBe(0)
    const { InstanceInformationList } = JSON.parse(pasted.stdout) as { InstanceInformationList: unknown[] }
    expect(InstanceInformationList).toMatchObject([{ InstanceId: first.nodeId, PingStatus: 'Online' }])
  }
  first.program.kill('SIGTERM')
  expect(await first.program.exited).toBe(0)
  running.delete(first.program)
  const key = await accessKeyId(folder)

  const second = await start(folder)
  expect(second.nodeId).toBe(first.nodeId)
  expect(await accessKeyId(folder)).toBe(key)
}, 90_000)

it('keeps keys and data from other users', async () => {
  const folder = await home()
  await start(folder)
  const modes = await Promise.all(
    [
      'aws',
      'controller',
      'controller/muster.db',
      'controller/master.key',
      'controller/pki/ca-key.pem',
      'agent',
      'agent/identity.pem',
    ].map(async (name) => [name, ((await stat(join(folder, name))).mode & 0o777).toString(8)]),
  )
  expect(Object.fromEntries(modes)).toEqual({
    aws: '600',
    controller: '700',
    'controller/muster.db': '600',
    'controller/master.key': '400',
    'controller/pki/ca-key.pem': '600',
    agent: '700',
    'agent/identity.pem': '600',
  })
}, 60_000)

it('gives an agent without root a folder of claims that is empty after a reboot', async () => {
  const folder = await home()
  const earlier = join(folder, 'run', 'an-earlier-boot')
  await mkdir(earlier, { recursive: true })
  const [option, claims = ''] = await runFolderOptions(folder, 1000)
  expect([option, dirname(claims)]).toEqual(['--run-dir', join(folder, 'run')])
  await mkdir(claims)
  expect(await runFolderOptions(folder, 1000)).toEqual(['--run-dir', claims])
  expect(await readdir(join(folder, 'run'))).toEqual([basename(claims)])
  expect(await runFolderOptions(folder, 0)).toEqual([])
})
