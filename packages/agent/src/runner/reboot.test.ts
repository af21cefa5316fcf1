import { expect, test } from 'vitest'
import { MAX_REBOOTS } from './step-run.ts'
import { aWork, createHost, resultOf, startRig, verifiedRecord } from './test-rig.ts'

test('reboots as often as the limit allows and then fails the step', async () => {
  using host = createHost()
  let reboots = 0
  await using rig = await startRig(host, {
    async requestReboot() {
      reboots += 1
      host.reboot()
    },
    deps: { pause: async () => {} },
  })
  const work = aWork('one', [`echo ran >>${host.ledger}; exit 194`, 'echo never'])
  await rig.runner.accept(work)
  const record = verifiedRecord(await resultOf(rig.runner, 'one'), work)
  expect(reboots).toBe(MAX_REBOOTS)
  expect(record.steps).toMatchObject([
    { status: 'Failed', exitCode: 194, attempt: MAX_REBOOTS + 1, reason: 'RebootLimit' },
    { status: 'Skipped', attempt: 0 },
  ])
  expect(await host.readLedger()).toHaveLength(MAX_REBOOTS + 1)
})

test('fails the step when ten minutes pass and the host was not rebooted', async () => {
  using host = createHost()
  let uptimeMs = 0
  let asked = 0
  await using rig = await startRig(host, {
    deps: {
      platform: {
        bootId: async () => 'same',
        uptimeMs: () => uptimeMs,
        async requestReboot() {
          asked += 1
          throw new Error('not permitted')
        },
      },
      pause: async (ms) => {
        uptimeMs += ms
      },
    },
  })
  const work = aWork('one', ['exit 194'])
  await rig.runner.accept(work)
  const entry = await resultOf(rig.runner, 'one')
  expect(verifiedRecord(entry, work)).toMatchObject({ status: 'Failed', reason: 'RebootNotPerformed' })
  expect(entry.fact.result.heads[0]?.stderr.text).toContain('reboot requested but not performed')
  expect(asked).toBe(1)
  expect(uptimeMs).toBe(600_000)
})

test('asks again for a reboot that an agent before it may not have asked for', async () => {
  using host = createHost()
  const work = aWork('one', [`echo ran >>${host.ledger}; [ $(wc -l <${host.ledger}) -gt 1 ] || exit 194`])
  {
    await using rig = await startRig(host)
    await rig.runner.accept(work)
    while (rig.journal.runner.find('one')?.rebootRequested === undefined)
      await new Promise((resolve) => setImmediate(resolve))
  }
  let asked = 0
  await using rig = await startRig(host, {
    async requestReboot() {
      asked += 1
      host.reboot()
    },
  })
  const record = verifiedRecord(await resultOf(rig.runner, 'one'), work)
  expect([asked, record.status, record.steps[0]?.attempt]).toEqual([1, 'Success', 2])
})
