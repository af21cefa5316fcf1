import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { documentHash, type RunRecord } from '@muster/protocol/delivery'
import { expect, test } from 'vitest'
import { findForbiddingRule, parsePolicy, readPolicy } from './policy.ts'
import { InvalidWork } from './runner.ts'
import { aWork, createHost, type Host, resultOf, startRig, verifiedRecord } from './test-rig.ts'

async function refusedBy(host: Host, policy: unknown): Promise<{ record: RunRecord; stderr: string | undefined }> {
  const file = join(host.folder, 'policy.json')
  await writeFile(file, typeof policy === 'string' ? policy : JSON.stringify(policy))
  await chmod(file, 0o600)
  await using rig = await startRig(host, { deps: { policy: () => readPolicy([file], process.getuid?.() ?? 0) } })
  const work = aWork('one', [`echo ran >>${host.ledger}`, 'echo two'])
  await rig.runner.accept(work)
  const entry = await resultOf(rig.runner, 'one')
  expect(await host.readLedger()).toEqual([])
  return { record: verifiedRecord(entry, work), stderr: entry.fact.result.heads[0]?.stderr.text }
}

test.each([
  [{ mode: 'paused' }, 'the host is paused'],
  [{ mode: 'scan-only' }, 'only actions that scan are allowed, aws:runShellScript is not one'],
  [{ mode: 'documents', documents: [] }, 'the document Test is not on the list'],
  [
    { mode: 'documents', documents: [{ name: 'Test', hash: 'a'.repeat(64) }] },
    'the document Test has another hash than the list',
  ],
  ['{', 'not JSON'],
])('refuses to run anything against the policy %j', async (policy, rule) => {
  using host = createHost()
  const { record, stderr } = await refusedBy(host, policy)
  expect(record).toMatchObject({ status: 'Failed', reason: 'PolicyRefused', attempt: 0 })
  expect(record.steps.map(({ status, exitCode, attempt }) => [status, exitCode, attempt])).toEqual([
    ['Failed', -1, 0],
    ['Failed', -1, 0],
  ])
  expect(stderr).toMatch(/^muster: PolicyRefused: /)
  expect(stderr).toContain(rule)
})

test('a document that is run inside one on the list must be on it too', () => {
  const listed = { name: 'Test', hash: documentHash('{}') }
  const inner = { kind: 'steps' as const, name: 'Inner', version: '1', hash: documentHash('[]') }
  const step = { index: 0, name: 's', action: 'aws:runDocument', timeoutSeconds: 60, inputs: {} }
  const middle = { ...step, document: { ...inner, name: 'Test', hash: listed.hash, schemaVersion: '2.2' as const } }
  const steps = [
    {
      ...middle,
      document: {
        ...middle.document,
        steps: [{ ...step, document: { ...inner, schemaVersion: '2.2' as const, steps: [] } }],
      },
    },
  ]
  const policy = parsePolicy(JSON.stringify({ mode: 'documents', documents: [listed] }), 'policy.json')
  expect(findForbiddingRule(policy, { documentName: 'Test', documentHash: listed.hash, steps })).toBe(
    'the document Inner is not on the list',
  )
})

test('lets a document on the list through', () => {
  const hash = documentHash('{}')
  const policy = parsePolicy(
    JSON.stringify({ mode: 'documents', documents: [{ name: 'Test', hash: hash.toUpperCase() }] }),
    'policy.json',
  )
  expect(findForbiddingRule(policy, { documentName: 'Test', documentHash: hash, steps: [] })).toBeUndefined()
})

test('allows everything without a policy file and nothing with one that others may write', async () => {
  using host = createHost()
  const file = join(host.folder, 'policy.json')
  expect(await readPolicy([file], 0)).toEqual({ mode: 'full' })
  await writeFile(file, '{"mode": "full"}')
  await chmod(file, 0o666)
  expect(await readPolicy([file], process.getuid?.() ?? 0)).toMatchObject({
    mode: 'invalid',
    problem: expect.stringContaining('may be written by others'),
  })
})

test('does not start work whose deadline has passed by the controller’s clock', async () => {
  using host = createHost()
  await using rig = await startRig(host, { deps: { controllerNow: () => Date.now() + 3_600_000 } })
  const work = aWork('one', [`echo ran >>${host.ledger}`])
  await rig.runner.accept(work)
  const entry = await resultOf(rig.runner, 'one')
  expect(verifiedRecord(entry, work)).toMatchObject({
    status: 'TimedOut',
    reason: 'DeadlinePassed',
    steps: [{ status: 'TimedOut', attempt: 0, exitCode: -1 }],
  })
  expect(entry.fact.result.heads[0]?.stderr.text).toMatch(/^muster: DeadlinePassed: /)
  expect(await host.readLedger()).toEqual([])
})

test('checks the deadline again before it starts what an agent before it did not', async () => {
  using host = createHost()
  const work = aWork('one', [`echo ran >>${host.ledger}`])
  const launched = Promise.withResolvers<void>()
  {
    await using rig = await startRig(host, {
      wrapExecution: (execution) => ({
        ...execution,
        start: async () => launched.resolve(),
        async wait(_token, signal) {
          while (!signal.aborted) await new Promise((resolve) => setImmediate(resolve))
          throw signal.reason
        },
      }),
    })
    await rig.runner.accept(work)
    await launched.promise
  }
  await using rig = await startRig(host, { deps: { controllerNow: () => Date.now() + 3_600_000 } })
  expect(verifiedRecord(await resultOf(rig.runner, 'one'), work)).toMatchObject({
    status: 'TimedOut',
    reason: 'DeadlinePassed',
  })
  expect(await host.readLedger()).toEqual([])
})

test('answers bytes that are no envelope with a signed refusal', async () => {
  using host = createHost()
  await using rig = await startRig(host)
  const work = { ...aWork('one', ['echo hi']), envelope: Buffer.from('muster-envelope-v1\n{"format": 2}') }
  await rig.runner.accept(work)
  const { fact } = await resultOf(rig.runner, 'one')
  expect(Buffer.from(fact.result.runRecord).toString()).toContain('"reason":"EnvelopeRefused"')
})

test('refuses an envelope of another command', async () => {
  using host = createHost()
  await using rig = await startRig(host)
  const work = aWork('one', [`echo ran >>${host.ledger}`], { commandId: 'command-2' })
  await rig.runner.accept(work)
  const { fact } = await resultOf(rig.runner, 'one')
  expect(Buffer.from(fact.result.runRecord).toString()).toContain('it is of the command command-2')
  expect(await host.readLedger()).toEqual([])
})

test.each(['', '../one', 'a/b', '.', 'a\0b', 'x'.repeat(129)])('does not take the invocation id %j', async (id) => {
  using host = createHost()
  await using rig = await startRig(host)
  await expect(rig.runner.accept(aWork(id, ['echo hi']))).rejects.toThrow(InvalidWork)
})

test('fails an unknown action and skips one for another platform, with the agent’s texts', async () => {
  using host = createHost()
  await using rig = await startRig(host)
  const unknown = aWork('one', ['x'], { step: { action: 'aws:makeCoffee' } })
  const windows = aWork('two', ['x'], { step: { action: 'aws:applications' } })
  await rig.runner.accept(unknown)
  await rig.runner.accept(windows)
  const [first, second] = [await resultOf(rig.runner, 'one'), await resultOf(rig.runner, 'two')]
  expect(verifiedRecord(first, unknown)).toMatchObject({ status: 'Failed', reason: 'ActionUnknown' })
  expect(first.fact.result.heads[0]?.stderr.text).toContain('is not supported by this version of ssm agent')
  expect(verifiedRecord(second, windows)).toMatchObject({ status: 'Success', steps: [{ status: 'Skipped' }] })
  expect(second.fact.result.heads[0]?.stdout.text).toBe(
    'Step execution skipped due to unsupported plugin: aws:applications. Step name: step0',
  )
})
