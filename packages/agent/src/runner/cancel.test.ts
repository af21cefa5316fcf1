import { expect, test } from 'vitest'
import { aWork, createHost, resultOf, startRig, verifiedRecord } from './test-rig.ts'

test('a cancel that comes while the work is still being journaled is not lost', async () => {
  using host = createHost()
  await using rig = await startRig(host)
  const work = aWork('one', [`echo ran >>${host.ledger}; sleep 30`])
  const accepted = rig.runner.accept(work)
  await Promise.all([accepted, rig.runner.cancel('one')])
  const record = verifiedRecord(await resultOf(rig.runner, 'one'), work)
  expect(record).toMatchObject({ status: 'Cancelled', reason: 'CancelledByOperator' })
})

test('a cancel stops the script even when it cannot be journaled', async () => {
  using host = createHost()
  await using rig = await startRig(host)
  const work = aWork('one', [`echo ran >>${host.ledger}; sleep 30`])
  await rig.runner.accept(work)
  while ((await host.readLedger()).length === 0) await rig.runner.outputs.changed(AbortSignal.timeout(50))
  const { append } = rig.journal.log
  const full = Object.assign(rig.journal.log, { append: () => Promise.reject(new Error('no space left')) })
  await expect(rig.runner.cancel('one')).rejects.toThrow('no space left')
  Object.assign(full, { append })
  expect(verifiedRecord(await resultOf(rig.runner, 'one'), work).status).toBe('Cancelled')
})
