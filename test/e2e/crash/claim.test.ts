import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startAgent, type TestAgent } from '../../rig/agent.ts'
import { startController, type TestController } from '../../rig/controller.ts'
import { until } from '../../rig/until.ts'
import { createOperator, entriesOf, note, type Operator } from './operator.ts'
import { treeOf } from './process-tree.ts'

let controller: TestController
let agent: TestAgent
let operator: Operator
beforeAll(async () => {
  controller = await startController()
  agent = await startAgent(controller)
  operator = createOperator(controller)
})
afterAll(async () => {
  await agent[Symbol.asyncDispose]()
  await controller[Symbol.asyncDispose]()
})

const KILLED = 128 + 9
const waitFor = (name: string): string => `until [ -e ${join(agent.scratch, name)} ]; do sleep 0.05; done`
const give = (name: string): Promise<void> => writeFile(join(agent.scratch, name), '')
const runs = (commandId: string): Promise<void> =>
  until('the script runs', async () => (await entriesOf(agent, commandId)).length === 1)

/** How this agent starts an attempt: what the process that it started last was called with. */
async function readStart(): Promise<{ readonly token: string; readonly argv: readonly string[] }> {
  for (const pid of await treeOf(agent)) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
    if (!status.includes(`PPid:\t${agent.program.pid}\n`)) continue
    const argv = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').slice(0, -1)
    const token = /\/attempts\/([^/\0]+)/.exec(argv.join('\0'))?.[1]
    if (token !== undefined) return { token, argv }
  }
  throw new Error('no script of the agent runs')
}

/** A start that the kernel, or a service manager, comes to only now. */
async function startLate(start: Awaited<ReturnType<typeof readStart>>, token: string): Promise<void> {
  const [file = '', ...args] = start.argv.map((word) => word.replaceAll(start.token, token))
  expect(args.join(' ')).toContain(token)
  const env = { PATH: process.env['PATH'] ?? '' }
  const late = spawn(file, args, { env, stdio: ['pipe', 'ignore', 'ignore'] })
  // One that waits for the word gets it.
  late.stdin.on('error', () => {})
  late.stdin.end('go\n')
  await once(late, 'exit')
}

test('runs a script once though the start of an attempt that was given up comes after all', async () => {
  const example = await operator.run(agent, [...note('run'), waitFor('example')])
  await runs(example)
  const start = await readStart()
  await give('example')
  await operator.ended(example, agent.nodeId)

  await agent.stop('SIGKILL')
  agent.start({ MUSTER_FAILPOINTS: 'after-starting:kill' })
  const commandId = await operator.run(agent, [...note('run'), 'echo done'])
  expect(await agent.program.exited).toBe(KILLED)
  const left = await readdir(join(agent.data, 'attempts'))
  agent.start({ MUSTER_FAILPOINTS: 'after-launch:kill' })
  expect(await agent.program.exited).toBe(KILLED)
  // Whichever of them it was.
  for (const token of left) if (token !== start.token) await startLate(start, token)
  agent.start()

  const end = await operator.ended(commandId, agent.nodeId)
  expect(end).toMatchObject({ Status: 'Success', StandardOutputContent: 'done\n' })
  expect(await entriesOf(agent, commandId)).toEqual(['run'])
})
