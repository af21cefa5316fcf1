import { appendFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { findProcess } from '#platform/index.ts'
import { aWork, createHost, resultOf, startRig, verifiedRecord } from './test-rig.ts'

test('runs a script and reports exit code, output and a proof of run', async () => {
  using host = createHost()
  await using rig = await startRig(host)
  const work = aWork('one', ['echo hello; echo oops >&2; exit 3'])
  expect(await rig.runner.accept(work)).toBe('accepted')
  const entry = await resultOf(rig.runner, 'one')
  const record = verifiedRecord(entry, work)
  expect(record.status).toBe('Failed')
  expect(record.steps).toMatchObject([
    { status: 'Failed', exitCode: 3, attempt: 1, reason: 'StepFailed', stdout: { total: 6, kept: 6, dropped: 0 } },
  ])
  expect(entry.fact.result.heads).toMatchObject([{ stdout: { text: 'hello\n' }, stderr: { text: 'oops\n' } }])
})

test('takes an invocation once', async () => {
  using host = createHost()
  await using rig = await startRig(host)
  const work = aWork('one', [`echo ran >>${host.ledger}`])
  expect(await Promise.all([rig.runner.accept(work), rig.runner.accept(work)])).toEqual(['accepted', 'known'])
  await resultOf(rig.runner, 'one')
  expect(await rig.runner.accept(work)).toBe('known')
  expect(await host.readLedger()).toEqual(['ran'])
})

test('runs the next step after a failed one and ends Failed', async () => {
  using host = createHost()
  await using rig = await startRig(host)
  const work = aWork('one', ['exit 1', 'echo second'])
  await rig.runner.accept(work)
  const record = verifiedRecord(await resultOf(rig.runner, 'one'), work)
  expect(record.steps.map(({ status }) => status)).toEqual(['Failed', 'Success'])
  expect(record.status).toBe('Failed')
})

test.each([
  [168, 'Success', 'as succeeded', ''],
  [169, 'Failed', 'as Failed', 'as Failed'],
])('ends the document early at exit %i', async (code, status, stdout, stderr) => {
  using host = createHost()
  await using rig = await startRig(host)
  const work = aWork('one', [`echo out; echo err >&2; exit ${code}`, 'echo never'])
  await rig.runner.accept(work)
  const entry = await resultOf(rig.runner, 'one')
  const record = verifiedRecord(entry, work)
  expect(record.status).toBe(status)
  expect(record.steps.map((step) => step.status)).toEqual([status, 'Skipped'])
  const [first] = entry.fact.result.heads
  expect(first?.stdout.text).toBe(
    `out\n\nStep exited with code ${code}. Therefore, marking step ${stdout}. Further document steps will be skipped.`,
  )
  expect(first?.stderr.text.includes(stderr)).toBe(true)
  if (code === 168) expect(first?.stderr.text).toBe('')
})

test('ends a script at its time limit with all it started, TERM ignored or not', async () => {
  using host = createHost()
  await using rig = await startRig(host, { execution: { killTimes: { graceMs: 200, giveUpMs: 5_000 } } })
  const stubborn = `sh -c 'trap "" TERM; echo $$ >>${host.ledger}; while :; do sleep 0.2; done'`
  const script = `(setsid ${stubborn} >/dev/null 2>&1 &) ; ${stubborn} & wait`
  const work = aWork('one', [`${script}`], { step: { timeoutSeconds: 1 } })
  await rig.runner.accept(work)
  const record = verifiedRecord(await resultOf(rig.runner, 'one'), work)
  expect(record.status).toBe('TimedOut')
  expect(record.steps[0]).toMatchObject({ status: 'TimedOut', exitCode: -1, reason: 'ExecutionTimedOut' })
  const pids = (await host.readLedger()).map(Number)
  expect(pids.length).toBe(2)
  for (const pid of pids) expect(await findProcess(pid)).toBeUndefined()
})

test('ends without control groups too what left the session and kept the environment', async () => {
  using host = createHost()
  await using rig = await startRig(host, {
    controlGroups: { own: [], manager: [] },
    execution: { killTimes: { graceMs: 200, giveUpMs: 5_000 } },
  })
  const stubborn = `sh -c 'trap "" TERM; echo $$ >>${host.ledger}; while :; do sleep 0.2; done'`
  const work = aWork('one', [`(setsid ${stubborn} >/dev/null 2>&1 &) ; ${stubborn}`], { step: { timeoutSeconds: 1 } })
  await rig.runner.accept(work)
  expect(verifiedRecord(await resultOf(rig.runner, 'one'), work).status).toBe('TimedOut')
  for (const pid of (await host.readLedger()).map(Number)) expect(await findProcess(pid)).toBeUndefined()
})

test('ends a step when its script ends, though a child holds the output open', async () => {
  using host = createHost()
  await using rig = await startRig(host)
  const work = aWork('one', [`sleep 300 & echo $! >>${host.ledger}; echo done`])
  await rig.runner.accept(work)
  const entry = await resultOf(rig.runner, 'one')
  expect(verifiedRecord(entry, work).status).toBe('Success')
  expect(entry.fact.result.heads[0]?.stdout.text).toBe('done\n')
  const [pid] = await host.readLedger()
  expect(await findProcess(Number(pid))).toBeUndefined()
})

test('keeps at most the cap of a stream and counts the rest exactly', async () => {
  using host = createHost()
  await using rig = await startRig(host, { execution: { outputCapBytes: 200_000 } })
  const work = aWork('one', [
    'i=0; while [ $i -lt 3000 ]; do echo short line $i; i=$((i+1)); done; head -c 3000000 /dev/zero',
  ])
  await rig.runner.accept(work)
  const record = verifiedRecord(await resultOf(rig.runner, 'one'), work)
  const lines = Array.from({ length: 3000 }, (_, i) => `short line ${i}\n`).join('').length
  expect(record.status).toBe('Success')
  expect(record.steps[0]?.stdout).toMatchObject({ total: lines + 3_000_000, kept: 200_000, dropped: lines + 2_800_000 })
})

test('knows to the byte what a script wrote that had to be ended', async () => {
  using host = createHost()
  await using rig = await startRig(host, { execution: { outputCapBytes: 100_000 } })
  const work = aWork('one', [`head -c 300000 /dev/zero; echo begun >>${host.ledger}; sleep 60`])
  await rig.runner.accept(work)
  while ((await host.readLedger()).length === 0) await rig.runner.outputs.changed(AbortSignal.timeout(50))
  await rig.runner.cancel('one')
  const { steps } = verifiedRecord(await resultOf(rig.runner, 'one'), work)
  expect(steps[0]?.stdout).toMatchObject({ total: 300_000, kept: 100_000, dropped: 200_000 })
})

test('shows output while it grows and forgets it when it is sealed and the result receipted', async () => {
  using host = createHost()
  await using rig = await startRig(host)
  const work = aWork('one', [`echo live; until [ -s ${host.ledger} ]; do sleep 0.05; done; head -c 100000 /dev/zero`])
  await rig.runner.accept(work)
  const read = async () => {
    const [spool] = (await rig.runner.outputs.list()).filter(({ key }) => key.stream === 'stdout')
    const into = Buffer.alloc(100)
    return spool && { spool, text: into.toString('utf8', 0, await spool.read(0, into)) }
  }
  while ((await read())?.text !== 'live\n') await rig.runner.outputs.changed()
  expect((await read())?.spool.complete).toBe(false)
  await appendFile(host.ledger, 'go\n')
  const entry = await resultOf(rig.runner, 'one')
  expect(verifiedRecord(entry, work).steps[0]?.stdout.total).toBe(100_005)
  const spool = (await read())?.spool
  expect(spool).toMatchObject({ complete: true, size: 100_005, dropped: 0 })
  await rig.runner.receipted(entry.number)
  expect(rig.runner.pending(0, 10)).toEqual([])
  expect((await read())?.text.slice(0, 5)).toBe('live\n')
  const stdout = { invocationId: 'one', step: 0, attempt: 1, stream: 'stdout' } as const
  // All bytes may be sealed before the script stops printing; what was dropped is still to be told.
  await rig.runner.outputs.sealed(stdout, { ended: false })
  expect(await rig.runner.outputs.list()).toHaveLength(1)
  await rig.runner.outputs.sealed(stdout, { ended: true })
  expect(await rig.runner.outputs.list()).toEqual([])
  expect(await rig.execution.tokens()).toEqual([])
  expect(await rig.runner.accept(work)).toBe('known')
})

test('reports each start of a step that takes its time, before the result', async () => {
  using host = createHost()
  await using rig = await startRig(host)
  await rig.runner.accept(aWork('one', ['echo quick', 'sleep 0.3']))
  const { number } = await resultOf(rig.runner, 'one')
  const started = rig.runner
    .pending(0, 10)
    .flatMap(({ fact, number: at }) => (fact.kind === 'started' ? [{ ...fact.started, number: at }] : []))
  const second = started.filter(({ step }) => step === 1)
  expect(second).toMatchObject([{ attempt: 1, bootId: 'boot-1' }])
  expect(second[0]?.number).toBeLessThan(number)
})

test('cancels what runs, what waits, and nothing that is over', async () => {
  using host = createHost()
  await using rig = await startRig(host, { deps: { concurrency: 1 } })
  const [first, second] = [
    aWork('one', [`echo begun >>${host.ledger}; sleep 60`, 'echo next']),
    aWork('two', ['echo second']),
  ]
  await rig.runner.accept(first)
  await rig.runner.accept(second)
  while ((await host.readLedger()).length === 0) await rig.runner.outputs.changed(AbortSignal.timeout(50))
  await Promise.all([rig.runner.cancel('two'), rig.runner.cancel('one')])
  const one = verifiedRecord(await resultOf(rig.runner, 'one'), first)
  const two = verifiedRecord(await resultOf(rig.runner, 'two'), second)
  expect(one.steps.map(({ status, attempt }) => [status, attempt])).toEqual([
    ['Cancelled', 1],
    ['Cancelled', 0],
  ])
  expect(two).toMatchObject({ status: 'Cancelled', steps: [{ status: 'Cancelled', attempt: 0 }] })
  await rig.runner.cancel('one')
  expect(
    rig.runner.pending(0, 10).filter(({ invocationId, fact }) => invocationId === 'one' && fact.kind === 'result'),
  ).toHaveLength(1)
})
