import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { systemClock } from '@muster/protocol/kit'
import { expect, test } from 'vitest'
import { appendRecord, openFolder, openJournal } from '#journal/index.ts'
import type { FailpointName } from '#kit/index.ts'
import { createPlatform, findProcess, listProcesses, mentions, signal } from '#platform/index.ts'
import { aWork, createHost, type Host, resultOf, startRig, verifiedRecord } from './test-rig.ts'
import { runUntilKilled, startChild } from './testing/lives.ts'

async function ledgerLines(host: Host, count: number): Promise<string[]> {
  for (;;) {
    const lines = await host.readLedger()
    if (lines.length >= count) return lines
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Wrappers, scripts and sinks, until none is left: what a power cut does to them. */
async function killScripts(host: Host): Promise<void> {
  for (let found = true; found; ) {
    found = false
    for (const { pid } of await listProcesses()) {
      if (!(await mentions(pid, host.folder))) continue
      found = true
      signal(pid, 'SIGKILL')
    }
  }
}

const slow = (host: Host, word = 'ran') => `echo ${word} >>${host.ledger}; echo before; sleep 0.2; echo after`

test.each<FailpointName>([
  'after-received',
  'after-starting',
  'after-launch',
  'after-started',
  'after-exit',
  'after-finished',
  'after-result',
])('runs each step once and reports it when the agent is killed %s', async (failpoint) => {
  using host = createHost()
  const work = aWork('one', [slow(host, 'first'), slow(host, 'second')])
  await runUntilKilled(host, [work], failpoint)
  await using rig = await startRig(host)
  const entry = await resultOf(rig.runner, 'one')
  const record = verifiedRecord(entry, work)
  expect(record.status).toBe('Success')
  expect(record.steps.map(({ attempt, exitCode }) => [attempt, exitCode])).toEqual([
    [1, 0],
    [1, 0],
  ])
  expect(entry.fact.result.heads.map(({ stdout }) => stdout.text)).toEqual(['before\nafter\n', 'before\nafter\n'])
  expect(await host.readLedger()).toEqual(['first', 'second'])
  expect(await rig.runner.accept(work)).toBe('known')
})

test('starts the script in its third life when it was killed twice before the wrapper was there', async () => {
  using host = createHost()
  const work = aWork('one', [slow(host)])
  await runUntilKilled(host, [work], 'after-starting')
  // In its second life it takes the claim for itself, and dies before it could write that down.
  await runUntilKilled(host, [work], 'after-claim')
  await using rig = await startRig(host)
  const record = verifiedRecord(await resultOf(rig.runner, 'one'), work)
  expect(record).toMatchObject({ status: 'Success', steps: [{ attempt: 1, exitCode: 0 }] })
  expect(await host.readLedger()).toEqual(['ran'])
})

test('gives no receipt when it is killed before the journal knows, and takes the work when it comes again', async () => {
  using host = createHost()
  const work = aWork('one', [slow(host)])
  await runUntilKilled(host, [work], 'after-receive')
  await using rig = await startRig(host)
  expect(rig.runner.holding()).toEqual([])
  expect(await rig.runner.accept(work)).toBe('accepted')
  await resultOf(rig.runner, 'one')
  expect(await host.readLedger()).toEqual(['ran'])
})

test('offers a result again when it is killed before the receipt is written', async () => {
  using host = createHost()
  const work = aWork('one', [slow(host)])
  await runUntilKilled(host, [work], 'after-receipt')
  await using rig = await startRig(host)
  const { number } = await resultOf(rig.runner, 'one')
  await rig.runner.receipted(number)
  expect(rig.runner.pending(0, 10)).toEqual([])
})

test('survives being killed again and again while one script runs', async () => {
  using host = createHost()
  const work = aWork('one', [
    `echo ran >>${host.ledger}; i=0; while [ $i -lt 20 ]; do echo line $i; sleep 0.05; i=$((i+1)); done`,
  ])
  for (const failpoint of ['after-launch', 'after-exit', 'after-exit', 'after-result'] as const) {
    await runUntilKilled(host, [work], failpoint)
  }
  await using rig = await startRig(host)
  const entry = await resultOf(rig.runner, 'one')
  expect(entry.fact.result.heads[0]?.stdout.text.split('\n')).toHaveLength(21)
  expect(await host.readLedger()).toEqual(['ran'])
})

test('says interrupted, with the output there is, when agent and script were killed', async () => {
  using host = createHost()
  const work = aWork('one', [`echo partial; echo $$ >>${host.ledger}; sleep 60`, 'echo never'])
  const child = startChild(host, [work], '')
  const [pid] = await ledgerLines(host, 1)
  child.kill('SIGKILL')
  await once(child, 'exit')
  await killScripts(host)
  expect(await findProcess(Number(pid))).toBeUndefined()
  await using rig = await startRig(host)
  const entry = await resultOf(rig.runner, 'one')
  const record = verifiedRecord(entry, work)
  expect(record).toMatchObject({ status: 'Failed', reason: 'StepInterrupted' })
  expect(record.steps).toMatchObject([
    { status: 'Failed', exitCode: -1, reason: 'StepInterrupted', stdout: { total: 8, kept: 8 } },
    { status: 'Skipped', attempt: 0 },
  ])
  expect(entry.fact.result.heads[0]?.stdout.text).toBe('partial\n')
  expect(entry.fact.result.heads[0]?.stderr.text).toMatch(/^muster: StepInterrupted: /)
})

test('keeps a time limit over a crash of the agent', async () => {
  using host = createHost()
  const work = aWork('one', [`echo ran >>${host.ledger}; sleep 60`], { step: { timeoutSeconds: 3_600 } })
  await runUntilKilled(host, [work], 'after-started')
  const platform = await createPlatform({ bootIdFile: join(host.folder, 'boot_id') })
  // An hour has passed on this host since the script was started.
  const uptimeMs = () => platform.uptimeMs() + 3_600_000
  await using rig = await startRig(host, { deps: { platform: { ...platform, uptimeMs } } })
  const record = verifiedRecord(await resultOf(rig.runner, 'one'), work)
  expect(record.steps[0]).toMatchObject({ status: 'TimedOut', reason: 'ExecutionTimedOut' })
})

test('keeps a cancel over a crash of the agent', async () => {
  using host = createHost()
  const work = aWork('one', [`trap '' TERM; echo ran >>${host.ledger}; sleep 60`])
  {
    await using rig = await startRig(host, { execution: { killTimes: { graceMs: 60_000, giveUpMs: 60_000 } } })
    await rig.runner.accept(work)
    await ledgerLines(host, 1)
    await rig.runner.cancel('one')
  }
  await using rig = await startRig(host, { execution: { killTimes: { graceMs: 100, giveUpMs: 5_000 } } })
  expect(verifiedRecord(await resultOf(rig.runner, 'one'), work).status).toBe('Cancelled')
})

test('gives up work that twice killed the agent before anything started', async () => {
  using host = createHost()
  const work = aWork('one', [slow(host)])
  await runUntilKilled(host, [work], 'after-received')
  for (let life = 0; life < 2; life++) {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, 'test-child.ts'), host.folder, 'while-reading:kill'],
      { stdio: 'ignore' },
    )
    expect((await once(child, 'exit'))[1]).toBe('SIGKILL')
  }
  await using rig = await startRig(host)
  const entry = await resultOf(rig.runner, 'one')
  expect(verifiedRecord(entry, work)).toMatchObject({ status: 'Failed', reason: 'EnvelopeRefused', steps: [] })
  expect(await host.readLedger()).toEqual([])
})

test('blames only the one that it was reading when it is killed twice with many waiting', async () => {
  using host = createHost()
  const works = ['one', 'two', 'three'].map((id) => aWork(id, [`echo ${id} >>${host.ledger}`]))
  {
    await using journal = await openJournal({
      storage: await openFolder(join(host.folder, 'journal')),
      clock: systemClock,
    })
    for (const { envelope: bytes, ...rest } of works) await appendRecord(journal, { kind: 'received', ...rest, bytes })
  }
  await runUntilKilled(host, [], 'while-reading')
  await runUntilKilled(host, [], 'while-reading')
  await using rig = await startRig(host)
  const records = await Promise.all(
    works.map(async (work) => verifiedRecord(await resultOf(rig.runner, work.invocationId), work)),
  )
  expect(records.map(({ status }) => status)).toEqual(['Failed', 'Success', 'Success'])
  expect((await host.readLedger()).toSorted()).toEqual(['three', 'two'])
})

test('re-enters the step that asked for a reboot, once, in the host’s next life', async () => {
  using host = createHost()
  const second = `echo second >>${host.ledger}; [ $(grep -c second ${host.ledger}) -gt 1 ] || exit 194`
  const work = aWork('one', [`echo first >>${host.ledger}`, second, `echo third >>${host.ledger}`])
  await runUntilKilled(host, [work], 'after-reboot-requested')
  host.reboot()
  await using rig = await startRig(host)
  const record = verifiedRecord(await resultOf(rig.runner, 'one'), work)
  expect(record.status).toBe('Success')
  expect(record.steps.map(({ attempt }) => attempt)).toEqual([1, 2, 1])
  expect(await host.readLedger()).toEqual(['first', 'second', 'second', 'third'])
})

test('says host-rebooted when the host went down under a script', async () => {
  using host = createHost()
  const work = aWork('one', [`echo partial; echo ran >>${host.ledger}; sleep 60`])
  await runUntilKilled(host, [work], 'after-started')
  await killScripts(host)
  host.reboot()
  await using rig = await startRig(host)
  const record = verifiedRecord(await resultOf(rig.runner, 'one'), work)
  expect(record.steps).toMatchObject([{ status: 'Failed', exitCode: -1, reason: 'HostRebooted', bootId: 'boot-2' }])
  expect(await host.readLedger()).toEqual(['ran'])
})

test('takes the exit status of a script that ended before the host went down', async () => {
  using host = createHost()
  const work = aWork('one', [`echo ran >>${host.ledger}; exit 5`])
  await runUntilKilled(host, [work], 'after-exit')
  host.reboot()
  await using rig = await startRig(host)
  expect(verifiedRecord(await resultOf(rig.runner, 'one'), work).steps[0]).toMatchObject({ exitCode: 5, attempt: 1 })
  expect(await host.readLedger()).toEqual(['ran'])
})

test('does not start again what a power cut stopped between claim and script', async () => {
  using host = createHost()
  const work = aWork('one', [slow(host)])
  await runUntilKilled(host, [work], 'after-starting')
  host.reboot()
  await using rig = await startRig(host)
  expect(verifiedRecord(await resultOf(rig.runner, 'one'), work).steps[0]).toMatchObject({
    status: 'Failed',
    reason: 'HostRebooted',
  })
  expect(await host.readLedger()).toEqual([])
})
