import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Ran, run } from '../../host/shell.ts'
import { startController } from '../../rig/controller.ts'

const main = (program: string): string =>
  fileURLToPath(new URL(`../../../packages/${program}/src/main.ts`, import.meta.url))

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-problems-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const controller = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
  run([process.execPath, main('controller'), ...args], { env, timeoutMs: 60_000 })
const agent = (args: readonly string[], input = ''): Promise<Ran> =>
  run([process.execPath, main('agent'), ...args], { input, timeoutMs: 60_000 })

/** Each problem is one sentence, without a place in the code. */
const said = ({ status, stderr }: Ran) => [status, stderr.trimEnd().split('\n')]

describe('muster-controller', { timeout: 90_000 }, () => {
  it('names every problem of its options, and a command that it does not know', async () => {
    expect(said(await controller(['--region', 'x', '--account-id=1', '--listen', 'nope']))).toEqual([
      78,
      [
        'muster-controller: --listen "nope" is not a URL',
        'muster-controller: --region "x" does not look like a region, for instance us-east-1',
        'muster-controller: --account-id must have 12 digits, not "1"',
      ],
    ])
    expect(said(await controller(['activation', 'make']))).toEqual([
      78,
      ['muster-controller: unknown command "activation make"; muster-controller --help lists them'],
    ])
  })

  it('refuses a data folder, a failpoint and a runtime that are not there', async () => {
    const file = join(folder, 'file')
    await writeFile(file, '')
    expect(said(await controller(['--data', file]))).toEqual([
      78,
      [`muster-controller: the data folder cannot be used: EEXIST: file already exists, mkdir '${file}'`],
    ])
    // A clone may have no bundle yet, which is a warning of its own.
    await writeFile(join(folder, 'bundle'), '')
    const bundle = ['--agent-bundle', join(folder, 'bundle')]
    const options = ['--data', join(folder, 'data'), '--listen', 'http://127.0.0.1:0', ...bundle]
    expect(said(await controller(options, { MUSTER_FAILPOINTS: 'nowhere:kill' }))).toEqual([
      78,
      ['muster-controller: no failpoint is called nowhere'],
    ])
    expect(said(await controller([...options, '--agent-runtime', join(folder, 'node')]))).toEqual([
      78,
      [`muster-controller: --agent-runtime ${join(folder, 'node')} does not exist`],
    ])
  })

  it('makes no new master key for a store that has one, and takes no other', async () => {
    const data = join(folder, 'data')
    const key = join(data, 'master.key')
    expect((await controller(['init', '--data', data])).status).toBe(0)
    await copyFile(key, join(folder, 'kept'))
    await rm(key)
    expect(said(await controller(['init', '--data', data]))).toEqual([
      78,
      [
        `muster-controller: There is no master key file ${key}. Restore it: what this store has sealed opens with no other.`,
      ],
    ])
    await writeFile(key, new Uint8Array(32), { mode: 0o400 })
    expect(said(await controller(['init', '--data', data]))).toEqual([
      78,
      [
        'muster-controller: The master key is not the one that this store was sealed with. Restore the key file that belongs to it.',
      ],
    ])
    await rm(key)
    await copyFile(join(folder, 'kept'), key)
    await chmod(key, 0o400)
    expect((await controller(['init', '--data', data])).status).toBe(0)
  })
})

it('one controller runs on a data folder, and the second names its process', async () => {
  await using server = await startController()
  expect(said(await controller(['--data', server.data]))).toEqual([
    78,
    [`muster-controller: another controller runs on ${server.data}: process ${server.program.pid}`],
  ])
}, 90_000)

describe('muster-controller activation create', { timeout: 90_000 }, () => {
  it('says when its line is of no use on another host', async () => {
    const bundle = join(folder, 'bundle')
    await writeFile(bundle, '')
    const create = async (listen: readonly string[], args: readonly string[]) => {
      await using server = await startController({ listen, args: ['--agent-bundle', bundle, ...args] })
      const { status, stderr } = await controller(['activation', 'create', '--data', server.data])
      return [status, stderr.includes('this line works on this machine only')]
    }
    const listen = ['https://127.0.0.1:0', 'http://127.0.0.1:0']
    expect(await create(listen, [])).toEqual([0, true])
    expect(await create(listen, ['--public-url', 'https://muster.example.net:8443'])).toEqual([0, false])
  })
})

describe('muster-agent', { timeout: 90_000 }, () => {
  const registration = { nodeId: 'mi-0123456789abcdef0', accountId: '123456789012', region: 'us-east-1', role: 'r' }

  it('names files that it is given and cannot use', async () => {
    const base = ['register', '--data', folder, '--controller', 'https://127.0.0.1:1', '--activation-id', 'a']
    expect(said(await agent([...base, '--ca-file', join(folder, 'none')], 'code'))).toMatchObject([
      78,
      [expect.stringContaining('muster-agent: --ca-file cannot be read: ENOENT')],
    ])
    const empty = join(folder, 'empty')
    await writeFile(empty, '')
    expect(said(await agent([...base, '--ca-file', empty], 'code'))).toEqual([
      78,
      [`muster-agent: --ca-file ${empty} holds no certificate in PEM`],
    ])
    expect(said(await agent(['run', '--data', empty]))).toEqual([
      78,
      [`muster-agent: the data folder cannot be used: EEXIST: file already exists, mkdir '${empty}'`],
    ])
  })

  it('asks for the CA of a controller that has one of its own', async () => {
    await using server = await startController({ listen: ['http://127.0.0.1:0', 'https://127.0.0.1:0'] })
    const url = server.urls.find((one) => one.startsWith('https:')) ?? ''
    const args = ['register', '--data', folder, '--controller', url, '--activation-id', 'a']
    expect(said(await agent(args, 'code'))).toEqual([
      1,
      [
        `muster-agent: No controller answered: ${url}: unable to verify the first certificate; give the controller's CA (its pki/ca.pem) with --ca-file`,
      ],
    ])
  })

  it('stays down without its key, and says so wherever it is asked', async () => {
    const data = join(folder, 'agent')
    await mkdir(data, { mode: 0o700 })
    await writeFile(
      join(data, 'registration.json'),
      JSON.stringify({
        ...registration,
        controllers: ['http://127.0.0.1:1'],
        registeredAt: '2026-01-01T00:00:00.000Z',
      }),
    )
    const key = join(data, 'identity.pem')
    expect(said(await agent(['run', '--data', data]))).toEqual([
      78,
      [
        `muster-agent: The key ${key} of ${registration.nodeId} is gone. Restore it, or register this host again with --force.`,
      ],
    ])
    const status = await agent(['status', '--data', data])
    expect([status.status, status.stdout]).toEqual([3, expect.stringContaining(`its key, ${key}, is gone`)])
    const doctor = await agent(['doctor', '--data', data])
    expect([doctor.status, doctor.stdout]).toEqual([1, expect.stringContaining(`WRONG registration: the key ${key}`)])
  })

  it('tells what the last agent on this folder ended with', async () => {
    const data = join(folder, 'agent')
    await mkdir(data, { mode: 0o700 })
    await writeFile(
      join(data, 'status.json'),
      // No process has this number: it is above the kernel's highest.
      JSON.stringify({ pid: 4_194_305, state: 'refused', problem: 'The node was deregistered.' }),
    )
    expect((await agent(['doctor', '--data', data])).stdout).toContain(
      'WRONG link: the agent does not run; the last one said: The node was deregistered.',
    )
  })
})
