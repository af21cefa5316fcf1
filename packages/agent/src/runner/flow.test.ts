import type { EnvelopeStep } from '@muster/protocol/delivery'
import { expect, test } from 'vitest'
import type { FailpointName } from '#kit/index.ts'
import type { Work } from './runner.ts'
import { aWork, createHost, type Host, type Rig, resultOf, startRig, verifiedRecord } from './test-rig.ts'
import { runUntilKilled } from './testing/lives.ts'

const aStep = (index: number, run: string, more: Partial<EnvelopeStep> = {}): EnvelopeStep => ({
  ...{ index, name: `step${index}`, action: 'aws:runShellScript', timeoutSeconds: 60 },
  ...more,
  inputs: { run, ...more.inputs },
})
const say = ({ ledger }: Host, word: string) => `echo ${word} >>${ledger}`
const runOf = async ({ runner }: Rig, work: Work) => {
  await runner.accept(work)
  const entry = await resultOf(runner, work.invocationId)
  return { record: verifiedRecord(entry, work), heads: entry.fact.result.heads }
}

/** Fails in its second step; its last step cleans up. */
const cleaning = (host: Host, onFailure: string): Work =>
  aWork('one', [], {
    steps: [
      aStep(0, say(host, 'first')),
      aStep(1, `${say(host, 'second')}; echo out; echo err >&2; exit 3`, { inputs: { onFailure } }),
      aStep(2, say(host, 'third')),
      aStep(3, say(host, 'last'), { inputs: { finallyStep: true } }),
    ],
  })

test.each([
  ['exit', 'Failed', 3],
  ['successAndExit', 'Success', 168],
])('onFailure %s skips the steps after a failure, all but the one that cleans up', async (onFailure, status, code) => {
  using host = createHost()
  await using rig = await startRig(host)
  const { record, heads } = await runOf(rig, cleaning(host, onFailure))
  expect(await host.readLedger()).toEqual(['first', 'second', 'last'])
  expect([record.status, record.reason]).toEqual([status, status === 'Failed' ? 'StepFailed' : undefined])
  expect(record.steps.map((step) => step.status)).toEqual(['Success', status, 'Skipped', 'Success'])
  // What the script itself said stays in the record, also where its failure counts as a success.
  expect(record.steps[1]).toMatchObject({ exitCode: code, reason: 'StepFailed', reasonParameters: { exitCode: '3' } })
  const text = '\nStep was found to have onFailure property. Further document steps will be skipped.'
  expect(heads[1]).toMatchObject({ stdout: { text: `out\n${text}` }, stderr: { text: `err\n${text}` } })
})

test('onSuccess exit skips the steps after a success', async () => {
  using host = createHost()
  await using rig = await startRig(host)
  const steps = [aStep(0, 'true', { inputs: { onSuccess: 'exit' } }), aStep(1, say(host, 'second'))]
  const { record, heads } = await runOf(rig, aWork('one', [], { steps }))
  expect(record.steps.map(({ status }) => status)).toEqual(['Success', 'Skipped'])
  expect(heads[1]?.stdout.text).toBe(
    'Plugin with name aws:runShellScript and id step1 skipped due to prior step with an exit condition',
  )
})

test('a step that never began ends the document by its onFailure', async () => {
  using host = createHost()
  await using rig = await startRig(host)
  const steps = [
    aStep(0, 'x', { action: 'aws:softwareInventory', inputs: { onFailure: 'exit' } }),
    aStep(1, say(host, 'second')),
  ]
  const { record } = await runOf(rig, aWork('one', [], { steps }))
  expect(record).toMatchObject({
    ...{ status: 'Failed', reason: 'ActionUnknown' },
    steps: [{ status: 'Failed' }, { status: 'Skipped' }],
  })
})

test('all that schema 1.2 lists for one plugin is run, also after a failure', async () => {
  using host = createHost()
  await using rig = await startRig(host)
  const name = 'aws:runShellScript'
  const steps = [aStep(0, 'exit 168', { name }), aStep(1, say(host, 'second'), { name })]
  const { record } = await runOf(rig, aWork('one', [], { steps, schemaVersion: '1.2' }))
  expect(record.steps.map(({ exitCode }) => exitCode)).toEqual([168, 0])
  expect(await host.readLedger()).toEqual(['second'])
})

test.each<FailpointName>(['after-starting', 'after-exit', 'after-finished'])(
  'goes on by the same flow when the agent is killed %s in the step that decides',
  async (failpoint) => {
    using host = createHost()
    const work = cleaning(host, 'exit')
    await runUntilKilled(host, [work], 'after-finished')
    await runUntilKilled(host, [work], failpoint)
    await using rig = await startRig(host)
    const record = verifiedRecord(await resultOf(rig.runner, 'one'), work)
    expect(record.steps.map(({ status }) => status)).toEqual(['Success', 'Failed', 'Skipped', 'Success'])
    expect(await host.readLedger()).toEqual(['first', 'second', 'last'])
  },
)
