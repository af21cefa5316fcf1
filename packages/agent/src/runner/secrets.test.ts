import { createHash } from 'node:crypto'
import { mkdtempDisposableSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CallFailed, type Calls } from '#link/index.ts'
import { listProcesses } from '#platform/index.ts'
import type { Work } from './runner.ts'
import { aWork, createHost, type Host, type RigOptions, resultOf, startRig, verifiedRecord } from './test-rig.ts'

const SECRET = `s3cr'et "$(touch /tmp/never)" \`id\` \\ & ; | <> * ? ~ # ! ä€😀 end`
const BASE64 = Buffer.from(SECRET).toString('base64')
const NAME = '/db/password'

/** A controller that has one secret. */
const answering: Calls['call'] = async (operation, input) => {
  const { Name, WithDecryption }: Record<string, unknown> = Object(input)
  const isGood = operation === 'GetParameter' && Name === `${NAME}:3` && WithDecryption === true
  if (!isGood) return { ok: false, code: 'ParameterNotFound', message: '' }
  return { ok: true, output: { Parameter: { Name: NAME, Type: 'SecureString', Value: SECRET, Version: 3 } } }
}

const withSecret = { step: { secrets: { SSM_Password: { name: NAME, version: 3 } } } }

/** A host whose run folder is memory, with the bytes of each file below a folder. */
function secretHost() {
  const host = createHost()
  const run = mkdtempDisposableSync('/dev/shm/muster-run-')
  return {
    ...host,
    run: run.path,
    options: (call: Calls['call'] = answering, more: RigOptions = {}): RigOptions => ({
      ...more,
      execution: { runFolder: run.path },
      deps: { calls: { call } },
    }),
    [Symbol.dispose]() {
      host[Symbol.dispose]()
      run.remove()
    },
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

/** Files that hold the secret, as it is or in base64. */
const holding = (folder: string): string[] =>
  filesBelow(folder).filter((file) => {
    const bytes = readFileSync(file)
    return bytes.includes(SECRET) || bytes.includes(BASE64)
  })

/** Waits for a script to say something in the ledger. */
async function said(host: Pick<Host, 'readLedger'>, word: string): Promise<void> {
  await expect.poll(() => host.readLedger(), { timeout: 60_000 }).toContain(word)
}

async function runToResult(host: ReturnType<typeof secretHost>, work: Work, options: RigOptions) {
  await using rig = await startRig(host, options)
  await rig.runner.accept(work)
  const entry = await resultOf(rig.runner, work.invocationId)
  return { record: verifiedRecord(entry, work), heads: entry.fact.result.heads }
}

test('gives a secret to the script byte for byte, and masks it in both streams', async () => {
  using host = secretHost()
  const script = [
    `printf %s "$SSM_Password" | sha256sum | cut -c1-64 >>${host.ledger}`,
    'echo "it is $SSM_Password."; printf %s "$SSM_Password" | base64 -w0; echo "err $SSM_Password" >&2',
  ].join('\n')
  const { record, heads } = await runToResult(host, aWork('one', [script], withSecret), host.options())
  expect(await host.readLedger()).toEqual([createHash('sha256').update(SECRET).digest('hex')])
  expect(heads).toMatchObject([
    { stdout: { text: expect.stringMatching(/^it is \*{4}\.\n\*{4}=*$/) }, stderr: { text: 'err ****\n' } },
  ])
  expect(record.status).toBe('Success')
})

test('lets a secret into no file on the disk and no command line, and into memory for no longer than it runs', async () => {
  using host = secretHost()
  await using rig = await startRig(host, host.options())
  const script = `echo "$SSM_Password"; echo running >>${host.ledger}; while [ ! -e ${host.folder}/go ]; do sleep 0.1; done`
  const work = aWork('one', [script], withSecret)
  await rig.runner.accept(work)
  await said(host, 'running')
  expect(holding(host.folder)).toEqual([])
  const hidden = holding(host.run)
  expect(hidden.length).toBeGreaterThan(0)
  expect(hidden.map((file) => statSync(file).mode & 0o077)).toEqual(hidden.map(() => 0))
  const lines = (await listProcesses()).map(({ pid }) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    } catch {
      return ''
    }
  })
  expect(lines.filter((line) => line.includes(SECRET.slice(0, 8)))).toEqual([])
  await appendFile(join(host.folder, 'go'), '')
  verifiedRecord(await resultOf(rig.runner, 'one'), work)
  expect([holding(host.folder), holding(host.run)]).toEqual([[], []])
})

test('masks the same bytes when the agent starts again in the middle, without asking for the value again', async () => {
  using host = secretHost()
  const go = join(host.folder, 'go')
  const script = `echo before; printf %.20s "$SSM_Password"; echo half >>${host.ledger}; while [ ! -e ${go} ]; do sleep 0.1; done; printf %s "\${SSM_Password#"$(printf %.20s "$SSM_Password")"}"; echo .`
  const work = aWork('one', [script], withSecret)
  {
    await using first = await startRig(host, host.options())
    await first.runner.accept(work)
    await said(host, 'half')
    // What the first life has written already must not come twice.
    const written = async () => (await first.runner.outputs.list()).some(({ size }) => size > 0)
    await expect.poll(written, { timeout: 60_000 }).toBe(true)
  }
  const gone = () => Promise.reject(new CallFailed('there is no link to the controller'))
  await using second = await startRig(host, host.options(gone))
  await appendFile(go, '')
  const entry = await resultOf(second.runner, 'one')
  verifiedRecord(entry, work)
  expect(entry.fact.result.heads[0]?.stdout.text).toBe('before\n****.\n')
})

test('tells of long output what its hash says, and leaves no secret in it', async () => {
  using host = secretHost()
  await using rig = await startRig(host, host.options())
  const script = 'i=0; while [ $i -lt 2000 ]; do echo "$i $SSM_Password and more of it"; i=$((i + 1)); done'
  const work = aWork('one', [script], withSecret)
  await rig.runner.accept(work)
  const entry = await resultOf(rig.runner, 'one')
  const record = verifiedRecord(entry, work)
  const [spool] = await rig.runner.outputs.list()
  const bytes = new Uint8Array(spool?.size ?? 0)
  await spool?.read(0, bytes)
  // The spool waits for the controller; what is secret does not.
  expect([holding(host.folder), holding(host.run)]).toEqual([[], []])
  const expected = Array.from({ length: 2000 }, (_, index) => `${index} **** and more of it\n`).join('')
  expect(Buffer.from(bytes).toString()).toBe(expected)
  expect(record.steps[0]?.stdout).toEqual({
    total: expected.length,
    kept: expected.length,
    dropped: 0,
    sha256: createHash('sha256').update(expected).digest('hex'),
  })
})

test.each([
  [
    'the controller refuses it',
    async () => ({ ok: false, code: 'AccessDeniedException', message: 'not allowed' }) as const,
    'AccessDeniedException: not allowed',
  ],
  [
    'there is no link',
    () => Promise.reject(new CallFailed('there is no link to the controller')),
    'there is no link to the controller',
  ],
  ['there is none', async () => ({ ok: false, code: 'ParameterNotFound', message: '' }) as const, 'ParameterNotFound'],
])('does not start a step without its secret where %s, and says which one and why', async (_case, call, problem) => {
  using host = secretHost()
  const work = aWork('one', [`echo ran >>${host.ledger}`, `echo second >>${host.ledger}`], {
    step: { ...withSecret.step, inputs: { run: `echo ran >>${host.ledger}`, onFailure: 'exit' } },
  })
  const { record, heads } = await runToResult(host, work, host.options(call))
  expect(record.steps[0]).toMatchObject({
    status: 'Failed',
    reason: 'SecretUnavailable',
    reasonParameters: { step: 'step0', parameter: `${NAME}:3`, problem },
  })
  expect(heads[0]?.stderr.text).toContain(`the secret ${NAME}:3: ${problem}.`)
  expect(await host.readLedger()).toEqual([])
})

test('asks again while the controller is busy', async () => {
  using host = secretHost()
  let asked = 0
  const busy: Calls['call'] = (...question) =>
    ++asked < 3 ? Promise.resolve({ ok: false, code: 'ThrottlingException', message: '' }) : answering(...question)
  const options = host.options(busy)
  const { record } = await runToResult(host, aWork('one', ['true'], withSecret), {
    ...options,
    deps: { ...options.deps, pause: async () => {} },
  })
  expect([record.status, asked]).toEqual(['Success', 3])
})

test('gives no secret to a script where the run folder is on a disk', async () => {
  using host = createHost()
  // No file system of the kernel's own is memory alone.
  await using rig = await startRig(host, { execution: { runFolder: '/proc' }, deps: { calls: { call: answering } } })
  const work = aWork('one', ['true'], withSecret)
  await rig.runner.accept(work)
  const record = verifiedRecord(await resultOf(rig.runner, 'one'), work)
  expect(record.steps[0]).toMatchObject({ status: 'Failed', reason: 'SecretUnavailable' })
})
