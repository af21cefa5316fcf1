import { existsSync } from 'node:fs'
import { readFile, readlink, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { describeStores } from '#db/testing/stores.ts'
import { EnrolmentUnusable, enrolmentLine, renderScript } from './enrol-script.ts'
import { type EnrolHost, type HostOptions, openEnrolHost } from './testing/enrol-host.ts'
import { openFleet } from './testing/open-fleet.ts'

const newLine = async ({ stand }: EnrolHost) => {
  const { ActivationId, Command } = await stand.call('CreateEnrolmentCommand', { IamRole: 'MusterNode' })
  return { activationId: ActivationId, line: Command, code: /'([A-Z2-7]{26})'/.exec(Command)?.[1] ?? '' }
}

/** Text of an answer, changed. */
const changing = (when: (path: string) => boolean): HostOptions => ({
  tamper: (path, answer) => (when(path) ? { status: 200, body: 'echo not what was meant\n' } : answer),
})

describe('the pasted line', () => {
  test.each(['curl', 'wget'] as const)('installs and registers on a host that has only %s', async (only) => {
    await using host = await openEnrolHost()
    const { activationId, line, code } = await newLine(host)
    const run = await host.run(line, { only })
    expect(run).toMatchObject({ status: 0, stderr: '' })

    const home = join(host.root, 'opt/muster')
    const data = join(host.root, 'var/lib/muster-agent')
    const { args, stdin } = await host.agentSaw()
    expect(args).toEqual([
      join(home, 'agent/current/muster-agent.cjs'),
      ...['register', '--data', data, '--controller', host.url],
      ...['--ca-file', expect.stringContaining('/ca.pem'), '--activation-id', activationId],
    ])
    expect(stdin).toBe(`${code}\n`)
    expect(await readlink(join(home, 'agent/current'))).toBe('1.2.3')
    expect(await readFile(join(home, 'agent/1.2.3/muster-agent.cjs'), 'utf8')).toBe('// the agent\n')
    expect((await stat(join(home, 'agent/1.2.3/node'))).mode & 0o777).toBe(0o755)
    expect((await stat(data)).mode & 0o777).toBe(0o700)
    expect(await readlink(join(host.root, 'usr/local/bin/muster-agent'))).toBe(join(home, 'bin/muster-agent'))
    expect(run.stdout).toContain(`start the agent with: ${home}/bin/muster-agent run --data ${data}`)
  })

  test('runs nothing of a script that is not the one it was made for', async () => {
    await using host = await openEnrolHost(changing((path) => path.endsWith('.sh')))
    const run = await host.run((await newLine(host)).line)
    expect(run).toEqual({
      status: 1,
      stdout: '',
      stderr: 'muster: this is not the script that the line was made for; nothing was run. Make a new line.\n',
    })
    expect(existsSync(join(host.root, 'opt'))).toBe(false)
  })

  test('puts nothing in place that is not the agent it was made for', async () => {
    await using host = await openEnrolHost(changing((path) => path.startsWith('/agent/objects/')))
    const run = await host.run((await newLine(host)).line)
    expect(run.status).toBe(1)
    expect(run.stderr).toBe(
      `muster: ${host.url} gave a file that is not the expected one\nmuster: could not download the agent from ${host.url}\n`,
    )
    expect(existsSync(join(host.root, 'opt/muster/agent/1.2.3/node'))).toBe(false)
    expect(existsSync(join(host.root, 'opt/muster/agent/1.2.3/node.new'))).toBe(false)
  })

  test('downloads from no controller whose certificate is not of the authority in the script', async () => {
    await using other = await openEnrolHost()
    await using host = await openEnrolHost({ enrolment: { caPem: other.enrolment.caPem } })
    const run = await host.run((await newLine(host)).line, { only: 'curl' })
    expect(run.status).toBe(1)
    expect(run.stderr).toContain('curl: (60)')
    expect(host.asked.filter((path) => path.startsWith('/agent/objects/'))).toEqual([])
  })

  test('can be pasted again: after a refusal it registers, after that it keeps the identity and needs no code', async () => {
    await using host = await openEnrolHost()
    const { line } = await newLine(host)
    const refused = await host.run(line, { env: { MUSTER_TEST_FAIL: '1' } })
    expect(refused.status).toBe(1)
    expect(refused.stderr).toBe(
      'refused for a test\nmuster: this host was not registered; the reason stands above. The same line can be pasted again\n',
    )
    const downloads = () => host.asked.filter((path) => path.startsWith('/agent/objects/')).length
    expect(downloads()).toBe(2)
    expect((await host.run(line)).status).toBe(0)
    const again = await host.run(line)
    expect(again.status).toBe(0)
    expect(again.stdout).toContain('this host is registered already and keeps its identity')
    expect(downloads()).toBe(2)
    expect((await host.agentSaw()).args.filter((arg) => arg === 'register')).toHaveLength(2)
  })

  test('repairs an agent that was altered on the host', async () => {
    await using host = await openEnrolHost()
    const { line } = await newLine(host)
    await host.run(line)
    const bundle = join(host.root, 'opt/muster/agent/1.2.3/muster-agent.cjs')
    await writeFile(bundle, 'altered')
    await host.run(line)
    expect(await readFile(bundle, 'utf8')).toBe('// the agent\n')
  })

  test('says what is wrong on a host of another architecture, without a download tool, or without a code', async () => {
    await using host = await openEnrolHost({ enrolment: { machine: 'riscv64' } })
    const wrongMachine = await host.run((await newLine(host)).line)
    expect(wrongMachine.stderr).toMatch(
      /^muster: this host is \S+, and this controller has the agent for riscv64 only\n$/,
    )

    await using plain = await openEnrolHost()
    const script = renderScript(plain.enrolment, '00000000-0000-4000-8000-000000000000')
    const file = join(plain.root, 'enrol.sh')
    await writeFile(file, script)
    const noCode = await plain.run(`sh ${file} </dev/null`)
    expect(noCode.stderr).toBe('muster: there is no activation code on standard input\n')
    const noTool = await plain.run(`echo CODE | sh ${file}`, { only: 'neither' })
    expect(noTool.stderr).toBe('muster: curl or wget is needed and neither is here\n')
    const notLinux = await plain.run(`uname() { echo Haiku; }; . ${file}`)
    expect(notLinux.stderr).toBe('muster: this script enrols Linux hosts; this one is Haiku\n')
    const notRoot = await plain.run(`id() { echo 1000; }; . ${file}`)
    expect(notRoot.stderr).toContain('muster: enrolling needs root')
    expect(plain.asked).toEqual([])
  })
})

describe('enrolment files', () => {
  test('are the script of any id and two objects by their hash, and nothing else', async () => {
    await using host = await openEnrolHost()
    const routes = host.stand.fleet.routes
    const get = (path: string, params: Record<string, string>) => {
      const route = routes.find((one) => one.method === 'GET' && one.path === path)
      const request = { params, query: {}, headers: {}, body: Buffer.alloc(0), source: '', origin: '' }
      return route?.handle({ ...request, signal: new AbortController().signal })
    }
    const id = 'aaaaaaaa-2222-4333-8444-555555555555'
    const script = await get('/agent/enrol/:file', { file: `${id}.sh` })
    expect(script?.body).toBe(renderScript(host.enrolment, id))
    for (const file of [`${id}.txt`, `${id.toUpperCase()}.sh`, '../../etc/passwd', `x'${id}.sh`, ''])
      expect((await get('/agent/enrol/:file', { file }))?.status).toBe(404)
    for (const sha256 of ['0'.repeat(64), host.enrolment.objects.bundle.path, '', 'constructor'])
      expect((await get('/agent/objects/:sha256', { sha256 }))?.status).toBe(404)
    const answer = await fetchObject(host)
    expect(answer).toBe('// the agent\n')
  })

  test('never carry a code, and the same values make the same bytes', async () => {
    await using host = await openEnrolHost()
    const { activationId, code } = await newLine(host)
    const script = renderScript(host.enrolment, activationId)
    expect(script).not.toContain(code)
    expect(script).not.toContain('@@')
    expect(renderScript({ ...host.enrolment }, activationId)).toBe(script)
    expect(script).toContain(host.enrolment.unit.trimEnd())
  })

  test('hold nothing that ends their quotes or blocks', async () => {
    await using host = await openEnrolHost()
    const id = '11111111-2222-4333-8444-555555555555'
    const { enrolment } = host
    const { objects } = enrolment
    const bad = [
      { publicUrls: ["https://a'b"] },
      { publicUrls: ['ftp://a'] },
      { caPem: 'x\nMUSTER_CA\nrm -rf /' },
      { unit: 'MUSTER_UNIT' },
      { objects: { ...objects, bundle: { ...objects.bundle, version: "1'; rm" } } },
    ]
    for (const part of bad)
      expect(() => enrolmentLine({ ...enrolment, ...part }, id, 'CODE')).toThrow(EnrolmentUnusable)
    expect(() => enrolmentLine({ ...enrolment, publicUrls: [] }, id, 'CODE')).toThrow(EnrolmentUnusable)
    expect(() => enrolmentLine(enrolment, id, "'")).toThrow(EnrolmentUnusable)
  })
})

const fetchObject = async ({ url, enrolment, run }: EnrolHost) =>
  (await run(`curl -sk ${url}/agent/objects/${enrolment.objects.bundle.sha256}`)).stdout

describeStores('enrolment lines', (openStore) => {
  test('are refused with the reason when there is no agent or no address, or for Windows', async () => {
    await using bare = await openFleet(await openStore())
    expect(await bare.refused('CreateEnrolmentCommand', { IamRole: 'MusterNode' })).toEqual({
      code: 'InvalidParameters',
      text: 'This controller has no agent to hand out: see --agent-bundle.',
    })
    const file = { path: '/nowhere', sha256: '0'.repeat(64), size: 1 }
    const objects = { bundle: { ...file, version: '1.0.0' }, runtime: file }
    const enrolment = { publicUrls: [], objects, script: '', unit: '' }
    await using stand = await openFleet(await openStore(), { enrolment })
    const refused = (input: object) => stand.refused('CreateEnrolmentCommand', { IamRole: 'MusterNode', ...input })
    expect((await refused({})).text).toBe('This controller does not know how hosts reach it: see --public-url.')
    expect((await refused({ Platform: 'windows' })).text).toBe(
      'Enrolling windows hosts is not built yet: docs/coverage.md.',
    )
    expect(await stand.call('DescribeActivations', {})).toEqual({ ActivationList: [] })
  })

  test('say when they end and carry the members of their activation', async () => {
    const file = { path: '/nowhere', sha256: '0'.repeat(64), size: 1 }
    const objects = { bundle: { ...file, version: '1.0.0' }, runtime: file }
    const enrolment = { publicUrls: ['https://[::1]:8443/'], objects, script: '@@CONTROLLERS@@', unit: '' }
    await using stand = await openFleet(await openStore(), { enrolment })
    const ends = stand.clock.now() / 1000 + 600
    const made = await stand.call('CreateEnrolmentCommand', {
      IamRole: 'MusterNode',
      Description: 'by line',
      ExpirationDate: ends,
      Platform: 'linux',
    })
    expect(made.ExpirationDate).toBe(ends)
    expect(made.Command).toContain(`u='https://[::1]:8443/agent/enrol/${made.ActivationId}.sh'`)
    const { ActivationList = [] } = await stand.call('DescribeActivations', {})
    expect(ActivationList[0]).toMatchObject({ ActivationId: made.ActivationId, Description: 'by line' })
  })
})
