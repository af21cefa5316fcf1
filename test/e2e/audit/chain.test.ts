import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { postgresAvailable } from '../../../packages/controller/src/db/testing/postgres.ts'
import { describeEngines, noteSkip } from '../../../packages/controller/src/db/testing/stores.ts'
import { startController, type TestController } from '../../rig/controller.ts'
import { startPeers } from '../../rig/peers.ts'
import { startProgram } from '../../rig/program.ts'
import { until } from '../../rig/until.ts'

const PATIENCE_MS = 180_000
const main = fileURLToPath(new URL('../../../packages/controller/src/main.ts', import.meta.url))
const ResourceQuery = {
  Type: 'TAG_FILTERS_1_0',
  Query: JSON.stringify({ ResourceTypeFilters: ['AWS::AllSupported'], TagFilters: [{ Key: 'a', Values: ['b'] }] }),
} as const

const LANES = 10

/** Changes groups so many times in all, each one by itself and several at once; each change leaves one row. */
async function change({ call }: TestController, name: string, count: number): Promise<void> {
  const lane = async (number: number): Promise<void> => {
    for (let at = number + LANES; at < count; at += LANES)
      await call('UpdateGroup', { Group: `${name}-${number}`, Description: `${at}` })
  }
  const lanes = Array.from({ length: Math.min(LANES, count) }, (_, number) => number)
  for (const number of lanes) await call('CreateGroup', { Name: `${name}-${number}`, ResourceQuery })
  await Promise.all(lanes.map(lane))
}

const untilSealed = ({ call }: TestController, rows: number): Promise<void> =>
  until(`${rows} rows are sealed`, async () => (await call('VerifyAudit', {})).HeadSequence === rows, PATIENCE_MS)

/** What the administrator is told on the controller's machine. */
async function verifyOn(controller: TestController, ...args: string[]): Promise<{ line: string; status: number }> {
  const program = startProgram({ script: main, args: ['audit', 'verify', '--data', controller.data, ...args] })
  return { line: await program.firstLine, status: await program.exited }
}

describeEngines('the audit trail of a controller process', (engine) => {
  test(
    'is whole after the process was killed while it sealed',
    async () => {
      await using place = await engine.place()
      await using controller = await startController({
        database: await place.url(),
        env: { MUSTER_FAILPOINTS: 'audit-sealing:kill' },
      })
      await controller.call('CreateGroup', { Name: 'before', ResourceQuery })
      expect(await controller.program.exited).toBe(137)
      await controller.start({ MUSTER_FAILPOINTS: '' })
      await change(controller, 'after', 3)
      await untilSealed(controller, 4)
      expect(await controller.call('VerifyAudit', {})).toMatchObject({ Valid: true, CheckedRows: 4 })
    },
    PATIENCE_MS,
  )
})

test(
  'muster-controller audit verify says that all is well, and what is not, against kept checkpoints too',
  async () => {
    await using controller = await startController()
    const kept = join(controller.data, 'checkpoints')
    await controller.stop('SIGTERM')
    await controller.start({ MUSTER_AUDIT_CHECKPOINT_FILE: kept })
    await change(controller, 'many', 1005)
    await untilSealed(controller, 1005)
    await until('the checkpoint is in the file', async () => (await readFile(kept, 'utf8')).endsWith('\n'), PATIENCE_MS)
    const good = await verifyOn(controller, '--checkpoints', kept)
    expect(good.line).toMatch(
      /^audit trail is valid: 1005 rows from 1 to 1005, [1-9]\d* checkpoints; store [0-9a-f-]{36}/,
    )
    expect(good.status).toBe(0)
    const [line = ''] = (await readFile(kept, 'utf8')).split('\n')
    await writeFile(kept, `${line.replace(/"number":\d+/, '"number":999')}\n`)
    const bad = await verifyOn(controller, '--checkpoints', kept)
    expect(bad.line).toContain('audit trail is NOT valid: CheckpointMismatch: ')
    expect(bad.status).toBe(1)
  },
  PATIENCE_MS,
)

const postgres = postgresAvailable()
if (postgres.available)
  test(
    'two controllers of one PostgreSQL that write at once leave one unbroken chain',
    async () => {
      await using peers = await startPeers()
      const [first, second] = peers.controllers
      await Promise.all([change(first, 'first', 200), change(second, 'second', 200)])
      await untilSealed(first, 400)
      expect(await second.call('VerifyAudit', {})).toMatchObject({ Valid: true, CheckedRows: 400, HeadSequence: 400 })
    },
    PATIENCE_MS,
  )
else noteSkip('two controllers of one audit trail', postgres.reason)
