import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startAgent, type TestAgent } from '../../rig/agent.ts'
import { startController, type TestController } from '../../rig/controller.ts'
import { until } from '../../rig/until.ts'
import { createVolume, noProgram, noVolumes, type Volume } from '../../rig/volume.ts'
import { createOperator, entriesOf, note, type Operator } from '../crash/operator.ts'
import { killTree, treeOf } from '../crash/process-tree.ts'

let controller: TestController
let volume: Volume
let agent: TestAgent
let operator: Operator

const waitFor = (name: string): string => `until [ -e ${join(agent.scratch, name)} ]; do sleep 0.05; done`
const give = (name: string): Promise<void> => writeFile(join(agent.scratch, name), '')
const runs = (commandId: string): Promise<void> =>
  until('the script runs', async () => (await entriesOf(agent, commandId)).length === 1)
const explained = async (commandId: string): Promise<string> =>
  (await controller.call('Explain', { Subject: { Type: 'Invocation', Id: commandId, InstanceId: agent.nodeId } }))
    .Sentence

async function expectAtWork(): Promise<void> {
  const next = await operator.run(agent, [...note('run'), 'echo next'])
  expect(await operator.ended(next, agent.nodeId)).toMatchObject({ Status: 'Success', StandardOutputContent: 'next\n' })
  expect(await entriesOf(agent, next)).toEqual(['run'])
}

describe.skipIf(noVolumes('an agent whose disk is full or read-only') !== undefined)('an agent whose disk', () => {
  beforeAll(async () => {
    controller = await startController()
    volume = createVolume('8m')
    agent = await startAgent(controller, { prepare: (data) => volume.mount(data) })
    operator = createOperator(controller)
  })
  afterAll(async () => {
    await volume.remount('rw')
    await agent.stop('SIGTERM')
    await volume[Symbol.asyncDispose]()
    await agent[Symbol.asyncDispose]()
    await controller[Symbol.asyncDispose]()
  })

  test('is full refuses to start what it cannot write down, and takes work again when there is space', async () => {
    await expectAtWork()
    await volume.fill()
    const refused = await operator.run(agent, [...note('run'), 'echo never'])
    const end = await operator.ended(refused, agent.nodeId)
    expect(end).toMatchObject({ Status: 'Failed', StatusDetails: 'Failed', ResponseCode: -1 })
    expect(end.StandardErrorContent).toMatch(/^muster: AgentStorage: /)
    await volume.free()
    await expectAtWork()
    expect(await entriesOf(agent, refused)).toEqual([])
  })

  test('fills up lets scripts go on, counts the output that found no place, and tells their results', async () => {
    const commandId = await operator.run(agent, [
      ...note('run'),
      'echo before',
      waitFor('full'),
      'head -c 1000000 /dev/zero | tr "\\0" "x"',
      'exit 3',
    ])
    await runs(commandId)
    await until('its first line is told', async () => {
      const { Data } = await controller.call('GetOutput', {
        CommandId: commandId,
        InstanceId: agent.nodeId,
        Stream: 'stdout',
      })
      return Buffer.from(Data, 'base64').toString() === 'before\n'
    })
    await volume.fill()
    await give('full')
    const end = await operator.ended(commandId, agent.nodeId)
    expect(end).toMatchObject({ Status: 'Failed', ResponseCode: 3 })
    const output = await controller.call('GetOutput', {
      CommandId: commandId,
      InstanceId: agent.nodeId,
      Stream: 'stdout',
    })
    expect(Buffer.from(output.Data, 'base64').toString()).toMatch(/^before\n/)
    // Of the block that just did not fit, it is not known how long it was.
    expect(output.TotalBytes).toBeGreaterThan(7 + 1_000_000 - 65_536)
    expect(output.TotalBytes).toBeLessThanOrEqual(7 + 1_000_000)
    expect(output.DroppedBytes).toBeGreaterThan(900_000)
    await volume.free()
    await expectAtWork()
    expect(await entriesOf(agent, commandId)).toEqual(['run'])
  })

  test('is read-only takes nothing and says why, and is at work as soon as it can write', async () => {
    await agent.stop('SIGKILL')
    await until('no script is left', async () => (await treeOf(agent)).length === 0)
    await killTree(agent)
    await volume.remount('ro')
    agent.start()
    await agent.online()
    const held = await operator.run(agent, [...note('run'), 'echo held'])
    await until('the controller knows what is wrong', async () =>
      (await explained(held)).includes('problem of its own: the journal could not be written: EROFS'),
    )
    expect(await entriesOf(agent, held)).toEqual([])
    await volume.remount('rw')
    expect(await operator.ended(held, agent.nodeId)).toMatchObject({ Status: 'Success' })
    expect(await entriesOf(agent, held)).toEqual(['run'])
    await expectAtWork()
  }, 180_000)
})

/** Makes every sync of a program fail, until told to stop. */
async function failSyncs(pid: number): Promise<() => Promise<void>> {
  const inject = ['-e', 'trace=fdatasync,fsync', '-e', 'inject=fdatasync,fsync:error=EIO']
  const tracer = spawn('strace', ['-f', '-p', String(pid), '-o', '/dev/null', ...inject], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  // Its standard error stays open: it would end with it.
  const lines = createInterface({ input: tracer.stderr })
  await new Promise<void>((resolve) => lines.on('line', (line) => line.includes('attached') && resolve()))
  return async () => {
    const ended = once(tracer, 'exit')
    tracer.kill('SIGINT')
    await ended
  }
}

describe.skipIf(noProgram('an agent whose disk fails to sync', 'strace') !== undefined)('an agent whose disk', () => {
  beforeAll(async () => {
    controller = await startController()
    agent = await startAgent(controller)
    operator = createOperator(controller)
  })
  afterAll(async () => {
    await agent[Symbol.asyncDispose]()
    await controller[Symbol.asyncDispose]()
  })

  test('fails to sync believes no later sync: it opens the journal anew, says so, and runs each script once', async () => {
    const running = await operator.run(agent, [...note('run'), waitFor('synced'), 'echo done'])
    await runs(running)
    const heal = await failSyncs(agent.program.pid)
    const held = await operator.run(agent, [...note('run'), 'echo held'])
    await until('the controller knows what is wrong', async () =>
      (await explained(held)).includes('problem of its own: the journal could not be written: EIO'),
    )
    expect(await entriesOf(agent, held)).toEqual([])
    await heal()
    await give('synced')
    expect(await operator.ended(running, agent.nodeId)).toMatchObject({ Status: 'Success' })
    expect(await operator.ended(held, agent.nodeId)).toMatchObject({ Status: 'Success' })
    expect(await entriesOf(agent, running)).toEqual(['run'])
    expect(await entriesOf(agent, held)).toEqual(['run'])
    expect(agent.program.log.join('\n')).toContain('the journal has failed; it is opened anew and read again')
    expect((await readdir(join(agent.data, 'journal'))).filter((name) => name.startsWith('damaged-'))).toEqual([])
  }, 120_000)
})
