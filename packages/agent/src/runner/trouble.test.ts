import { open, readdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { systemClock } from '@muster/protocol/kit'
import { expect, test } from 'vitest'
import { appendRecord, type Entry, openFolder, openJournal } from '#journal/index.ts'
import type { Trouble } from './deps.ts'
import { aWork, createHost, resultOf, startRig, verifiedRecord } from './test-rig.ts'

const noSpace = () => Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })

test('refuses to start where nothing can be written, and says so', async () => {
  using host = createHost()
  await using rig = await startRig(host, {
    wrapExecution: (execution) => ({ ...execution, prepare: () => Promise.reject(noSpace()) }),
  })
  const work = aWork('one', [`echo ran >>${host.ledger}`, 'echo two'])
  await rig.runner.accept(work)
  const entry = await resultOf(rig.runner, 'one')
  const record = verifiedRecord(entry, work)
  expect(record).toMatchObject({ status: 'Failed', reason: 'AgentStorage', attempt: 0 })
  expect(record.steps.map(({ status }) => status)).toEqual(['Failed', 'Skipped'])
  expect(entry.fact.result.heads[0]?.stderr.text).toMatch(/^muster: AgentStorage: .*no space left/)
})

test('comes back to an invocation that something unexpected stopped, and starts nothing twice', async () => {
  using host = createHost()
  const troubles: Trouble[] = []
  const pauses: number[] = []
  let failures = 2
  await using rig = await startRig(host, {
    wrapExecution: (execution) => ({
      ...execution,
      async wait(token, signal, onOutput) {
        if (failures-- > 0) throw new Error('EMFILE')
        return execution.wait(token, signal, onOutput)
      },
    }),
    deps: { onTrouble: (trouble) => troubles.push(trouble), pause: async (ms) => void pauses.push(ms) },
  })
  const work = aWork('one', [`echo ran >>${host.ledger}`])
  await rig.runner.accept(work)
  expect(verifiedRecord(await resultOf(rig.runner, 'one'), work).status).toBe('Success')
  expect(troubles.map(({ invocationId }) => invocationId)).toEqual(['one', 'one'])
  expect(pauses).toEqual([1_000, 2_000])
  expect(await host.readLedger()).toEqual(['ran'])
})

test('says what is not known when the journal is damaged, and runs nothing of it', async () => {
  using host = createHost()
  const work = aWork('one', [`echo ran >>${host.ledger}`, 'echo two'])
  const { invocationId, commandId, deliverBy, expiresAt, envelope } = work
  {
    await using rig = await startRig(host)
    const received = { kind: 'received' as const, commandId, deliverBy, expiresAt, bytes: envelope }
    await appendRecord(rig.journal, { ...received, invocationId })
    await appendRecord(rig.journal, { ...received, invocationId: 'other' })
    await appendRecord(rig.journal, { ...received, invocationId: 'third' })
  }
  const folder = join(host.folder, 'journal')
  const [segment = ''] = (await readdir(folder)).filter((name) => name.startsWith('journal-'))
  const file = await open(join(folder, segment), 'r+')
  // Somewhere in the second of three records.
  await file.write(Buffer.alloc(8, 0xff), 0, 8, 64 + 64 + Math.ceil(envelope.length * 1.5))
  await file.close()
  await using rig = await startRig(host)
  const record = verifiedRecord(await resultOf(rig.runner, 'one'), work)
  expect(rig.journal.damage).toHaveLength(1)
  expect(record.steps.map(({ status, reason, attempt }) => [status, reason, attempt])).toEqual([
    ['Failed', 'JournalDamaged', 0],
    ['Skipped', 'StepSkipped', 0],
  ])
  expect(await host.readLedger()).toEqual([])
})

test('keeps the files of a script that runs though the journal was lost', async () => {
  using host = createHost()
  const script = `echo begun >>${host.ledger}; until [ -e ${host.folder}/go ]; do sleep 0.05; done; echo ended >>${host.ledger}`
  {
    await using rig = await startRig(host)
    await rig.runner.accept(aWork('one', [script]))
    while ((await host.readLedger()).length === 0) await rig.runner.outputs.changed(AbortSignal.timeout(50))
  }
  await rename(join(host.folder, 'journal'), join(host.folder, 'lost'))
  await using rig = await startRig(host)
  const [token = ''] = await rig.execution.tokens()
  expect(await rig.execution.find(token, true)).toBe('running')
  await writeFile(join(host.folder, 'go'), '')
  while ((await rig.execution.find(token, true)) === 'running') await new Promise((resolve) => setImmediate(resolve))
  expect(await host.readLedger()).toEqual(['begun', 'ended'])
  await rig.execution.remove(token)
})

test('removes the files of a script whose envelope is lost only once it has ended', async () => {
  using host = createHost()
  const script = `echo begun >>${host.ledger}; until [ -e ${host.folder}/go ]; do sleep 0.05; done`
  let starting: Entry | undefined
  {
    await using rig = await startRig(host)
    await rig.runner.accept(aWork('one', [script]))
    while ((await host.readLedger()).length === 0) await rig.runner.outputs.changed(AbortSignal.timeout(50))
    starting = rig.journal.runner.find('one')?.starting
  }
  if (starting === undefined) throw new Error('nothing was started')
  await rename(join(host.folder, 'journal'), join(host.folder, 'lost'))
  {
    await using journal = await openJournal({
      storage: await openFolder(join(host.folder, 'journal')),
      clock: systemClock,
    })
    await appendRecord(journal, starting)
  }
  const events: string[] = []
  const removed = Promise.withResolvers<void>()
  await using _rig = await startRig(host, {
    wrapExecution: (execution) => ({
      ...execution,
      async wait(...args) {
        events.push('waits')
        await writeFile(join(host.folder, 'go'), '')
        const ended = await execution.wait(...args)
        events.push(ended.kind)
        return ended
      },
      async remove(token) {
        events.push('removes')
        await execution.remove(token)
        removed.resolve()
      },
    }),
  })
  await removed.promise
  expect(events).toEqual(['waits', 'ended', 'removes'])
})

test('tells of a result though what the attempt left behind cannot be removed', async () => {
  using host = createHost()
  await using rig = await startRig(host, {
    wrapExecution: (execution) => ({ ...execution, remove: () => Promise.reject(new Error('EIO')) }),
  })
  const work = aWork('one', ['true'])
  await rig.runner.accept(work)
  expect(verifiedRecord(await resultOf(rig.runner, 'one'), work).status).toBe('Success')
})
