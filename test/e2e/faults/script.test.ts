import { mkdir, rmdir, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readText, startAgent, type TestAgent } from '../../rig/agent.ts'
import { startController, type TestController } from '../../rig/controller.ts'
import { invocationEnd, readWhole, sendScript } from '../../rig/script.ts'
import { until } from '../../rig/until.ts'

const LONG_MS = 120_000
const FREEZER = '/sys/fs/cgroup/freezer'

let controller: TestController
beforeAll(async () => {
  controller = await startController()
}, LONG_MS)
afterAll(() => controller[Symbol.asyncDispose]())

const send = (agent: TestAgent, script: readonly string[], executionTimeout = 3600): Promise<string> =>
  sendScript(controller, [agent.nodeId], [`cd ${agent.scratch}`, ...script], { executionTimeout })
const ended = (agent: TestAgent, commandId: string) => invocationEnd(controller, commandId, agent.nodeId, LONG_MS)

const isAlive = async (pid: string): Promise<boolean> => {
  const stat = await readText(`/proc/${pid}/stat`)
  return stat !== '' && !/\) [ZX] /.test(stat)
}

const said = (agent: TestAgent, commandId: string, stream: 'stdout' | 'stderr', text: string): Promise<void> =>
  until(`${stream} has "${text}"`, async () => {
    const { Data } = await controller.call('GetOutput', {
      CommandId: commandId,
      InstanceId: agent.nodeId,
      Stream: stream,
    })
    return Buffer.from(Data, 'base64').toString().includes(text)
  })

const explained = async (agent: TestAgent, commandId: string) =>
  controller.call('Explain', { Subject: { Type: 'Invocation', Id: commandId, InstanceId: agent.nodeId } })

it('holds a script that starts processes without end at its limit, serves others, and ends all of it at its time limit (F35)', {
  timeout: LONG_MS,
}, async () => {
  await using agent = await startAgent(controller, { args: ['--script-processes', '40'] })
  const bomb = await send(
    agent,
    [
      '(i=0; while [ $i -lt 400 ]; do sleep 3600 & echo $! >>pids; i=$((i+1)); done)',
      'echo refused >&2',
      'exec sleep 3600',
    ],
    20,
  )
  await said(agent, bomb, 'stderr', 'refused')
  const pids = (await readText(`${agent.scratch}/pids`)).trim().split('\n')
  expect(pids.length).toBeGreaterThan(10)
  expect(pids.length).toBeLessThan(40)
  const other = await send(agent, ['echo alive'])
  expect(await ended(agent, other)).toMatchObject({ Status: 'Success', StandardOutputContent: 'alive\n' })
  expect(await ended(agent, bomb)).toMatchObject({ Status: 'TimedOut', StatusDetails: 'ExecutionTimedOut' })
  for (const pid of pids) expect(await isAlive(pid)).toBe(false)
})

it('says OOMKilled of a script that the kernel ended for want of memory, and goes on (F36)', {
  timeout: LONG_MS,
}, async () => {
  await using agent = await startAgent(controller, { args: ['--script-memory-mib', '48'] })
  // tail holds all of a line until its end.
  const hog = await send(agent, ['head -c 400000000 /dev/zero | tail -c 300000000 >/dev/null'])
  const end = await ended(agent, hog)
  expect(end).toMatchObject({ Status: 'Failed', StatusDetails: 'Failed', ResponseCode: 137 })
  expect(end.StandardErrorContent).toMatch(/^muster: OOMKilled: /)
  const { Decisions } = await explained(agent, hog)
  expect(Decisions.at(-1)).toMatchObject({ Code: 'OOMKilled', Result: 'Blocked' })
  expect((await ended(agent, await send(agent, ['exit 0']))).Status).toBe('Success')
})

it('ends a step with what could not be killed left behind, and has its place free again (F38)', {
  timeout: LONG_MS,
}, async () => {
  await using agent = await startAgent(controller, { args: ['--unkillable-seconds', '1', '--concurrency', '1'] })
  // A process in a frozen group takes no signal, as one that waits for a dead disk.
  const group = `${FREEZER}/muster-test-${process.pid}-${Date.now()}`
  await mkdir(group)
  try {
    const stuck = await send(
      agent,
      ['sleep 3600 & echo $! >orphan', `echo $! >${group}/cgroup.procs`, `echo FROZEN >${group}/freezer.state`, 'wait'],
      15,
    )
    const end = await ended(agent, stuck)
    const orphan = (await readText(`${agent.scratch}/orphan`)).trim()
    expect(end).toMatchObject({ Status: 'TimedOut', StatusDetails: 'ExecutionTimedOut' })
    expect(end.StandardErrorContent).toBe(`muster: orphan left: pid ${orphan}`)
    expect(await isAlive(orphan)).toBe(true)
    expect((await ended(agent, await send(agent, ['exit 0']))).Status).toBe('Success')
    await writeFile(`${group}/freezer.state`, 'THAWED')
    await until('the orphan has ended', async () => !(await isAlive(orphan)))
  } finally {
    await writeFile(`${group}/freezer.state`, 'THAWED')
    await until('the group is empty', () => rmdir(group).then(() => true))
  }
})

it('ends a step soon after its script though a child holds the output, and ends the child too (F39)', {
  timeout: LONG_MS,
}, async () => {
  await using agent = await startAgent(controller)
  const commandId = await send(agent, ['sleep 3600 & echo $! >child; echo done'])
  expect(await ended(agent, commandId)).toMatchObject({ Status: 'Success', StandardOutputContent: 'done\n' })
  expect(await isAlive((await readText(`${agent.scratch}/child`)).trim())).toBe(false)
})

it('leaves such a child alone where the host says so (F39)', { timeout: LONG_MS }, async () => {
  await using agent = await startAgent(controller, { args: ['--background-children', 'leave'] })
  const [holding, silent] = await Promise.all([
    send(agent, ['sleep 3600 & echo $! >holding; echo done']),
    send(agent, ['sleep 3600 >/dev/null 2>&1 & echo $! >silent; echo done']),
  ])
  for (const [commandId, name] of [
    [holding, 'holding'],
    [silent, 'silent'],
  ] as const) {
    expect(await ended(agent, commandId)).toMatchObject({ Status: 'Success', StandardOutputContent: 'done\n' })
    const { total } = await readWhole(controller, { commandId, nodeId: agent.nodeId })
    expect(total).toBe(5)
    const pid = (await readText(`${agent.scratch}/${name}`)).trim()
    expect(await isAlive(pid)).toBe(true)
    process.kill(Number(pid), 'SIGKILL')
  }
})
