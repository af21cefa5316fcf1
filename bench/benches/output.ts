import { join } from 'node:path'
import { startAgent, type TestAgent } from '../../test/rig/agent.ts'
import { startController, type TestController } from '../../test/rig/controller.ts'
import { invocationEnd, sendScript } from '../../test/rig/script.ts'
import { followLines, keepOutput, takeLines } from '../floors/bare-output.ts'
import type { Bench } from '../frame/bench.ts'
import { alternate, pick } from '../frame/rounds.ts'
import { quantile } from '../frame/statistics.ts'
import { openStores } from '../stand/stores.ts'

const MB = 1_000_000
const linesScript = (lines: number): string =>
  `i=0; while [ $i -lt ${lines} ]; do date +%s%N; sleep 0.02; i=$((i+1)); done`
const floodScript = (bytes: number): string => `head -c ${bytes} /dev/zero | tr '\\0' x`

/** What a script prints: how soon a follower has a line, and how fast a flood is kept whole. */
export const output: Bench = {
  name: 'output',
  about: 'age of a line at its followers, and a flood until all of it is stored; real controller and agent',
  async run(setting) {
    const [bytes, lines] = setting.quick ? [50 * MB, 50] : [1000 * MB, 200]
    await using stack = new AsyncDisposableStack()
    const store = await stack.use(await openStores(setting)).open()
    const controller = stack.use(await startController({ args: ['--log-level', 'warn'], database: store.url }))
    const agent = stack.use(await startAgent(controller, { args: ['--log-level', 'warn'] }))
    await invocationEnd(controller, await sendScript(controller, [agent.nodeId], ['true']), agent.nodeId)
    let lost = 0

    const flood = await alternate(setting, {
      limit: async () => bytes / MB / ((await keepOutput(floodScript(bytes), join(setting.folder, 'kept'))) / 1000),
      async muster() {
        const begin = performance.now()
        const commandId = await sendScript(controller, [agent.nodeId], [floodScript(bytes)])
        const total = await untilComplete(controller, commandId, agent, bytes)
        if (total !== bytes) lost += 1
        return bytes / MB / ((performance.now() - begin) / 1000)
      },
    })
    const followed = async (followers: number) => {
      const rounds = await alternate(setting, {
        limit: async () => quantile(await followLines(linesScript(lines)), 0.99),
        muster: async () => quantile(await followMuster(controller, agent, lines, followers), 0.99),
      })
      return { name: 'line_age_p99', unit: 'ms', goal: '<=3', at: { followers }, ...pick(rounds, (age) => age) }
    }
    return {
      comparisons: [
        { name: 'kept', unit: 'MB/s', goal: '>=0.6', at: { MB: bytes / MB }, ...pick(flood, (rate) => rate) },
        await followed(1),
        await followed(setting.quick ? 10 : 50),
      ],
      growth: [],
      counts: { lost, double: 0, errors: 0 },
    }
  },
}

/** Waits until all of the stream is stored and what the node signed; answers its bytes. */
async function untilComplete(
  controller: TestController,
  CommandId: string,
  { nodeId }: TestAgent,
  bytes: number,
): Promise<number> {
  const end = { CommandId, InstanceId: nodeId, Stream: 'stdout', Offset: bytes, WaitSeconds: 20 } as const
  for (;;) {
    // At its end there is nothing to read: the answer waits for the stream to be complete.
    const { Complete, TotalBytes } = await controller.call('GetOutput', end)
    if (Complete) return TotalBytes
  }
}

/** Follows a script's lines with so many readers; the ages at all of them. */
async function followMuster(controller: TestController, agent: TestAgent, lines: number, followers: number) {
  const ages: number[] = []
  const commandId = await sendScript(controller, [agent.nodeId], [linesScript(lines)])
  await Promise.all(Array.from({ length: followers }, () => follow(controller, commandId, agent.nodeId, ages)))
  return ages
}

async function follow(controller: TestController, CommandId: string, InstanceId: string, ages: number[]) {
  for (let Offset = 0, rest = ''; ; ) {
    const piece = await controller.call('GetOutput', {
      CommandId,
      InstanceId,
      Stream: 'stdout',
      Offset,
      WaitSeconds: 20,
    })
    Offset = piece.NextOffset
    const text = rest + Buffer.from(piece.Data, 'base64').toString()
    const end = text.lastIndexOf('\n') + 1
    takeLines(text.slice(0, end), ages)
    rest = text.slice(end)
    if (piece.Complete) return
  }
}
