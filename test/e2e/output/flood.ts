import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { startAgent, type TestAgent } from '../../rig/agent.ts'
import type { TestController } from '../../rig/controller.ts'
import { invocationEnd, sendScript } from '../../rig/script.ts'

const BLOCK = 512
const SAMPLE_MS = 200

/** A script that prints without end for a while, on an agent that keeps little of it. */
export interface Flood extends AsyncDisposable {
  readonly agent: TestAgent
  readonly commandId: string
  /** Most bytes of disk that the agent's spools took, seen while the script ran. */
  readonly peakBytes: number
  /** What the script counted itself, and how its printing ended. */
  counted(): Promise<{ readonly bytes: number; readonly end: string }>
  over(): Promise<{ readonly status: string; readonly seconds: number }>
}

interface FloodOptions {
  readonly capMib: number
  readonly seconds: number
}

/** Starts one; tests that run meanwhile get the processor first. */
export async function startFlood(controller: TestController, { capMib, seconds }: FloodOptions): Promise<Flood> {
  const agent = await startAgent(controller, { args: ['--output-cap-mib', `${capMib}`] })
  const { scratch, nodeId } = agent
  const commandId = await sendScript(
    controller,
    [nodeId],
    [
      `cd ${scratch}`,
      'mkfifo pipe',
      'wc -c <pipe >count &',
      `nice -n 19 timeout ${seconds} yes | nice -n 19 tee pipe`,
      'echo $? >end',
      'wait',
      // After more was printed than is kept, the script still prints and goes on.
      'echo done && echo on >>end',
    ],
  )
  let peakBytes = 0
  const look = async (): Promise<void> => {
    peakBytes = Math.max(peakBytes, await spoolBytes(join(agent.data, 'attempts')))
  }
  const timer = setInterval(() => void look().catch(() => undefined), SAMPLE_MS)
  return {
    agent,
    commandId,
    get peakBytes() {
      return peakBytes
    },
    async counted() {
      const [count, end] = await Promise.all(['count', 'end'].map((name) => readFile(join(scratch, name), 'utf8')))
      return { bytes: Number(count) + 'done\n'.length, end: end ?? '' }
    },
    async over() {
      const {
        Status,
        ExecutionStartDateTime = '',
        ExecutionEndDateTime = '',
      } = await invocationEnd(controller, commandId, nodeId, (seconds + 60) * 1000)
      const took = Date.parse(ExecutionEndDateTime) - Date.parse(ExecutionStartDateTime)
      return { status: Status ?? '', seconds: took / 1000 }
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      await agent[Symbol.asyncDispose]()
    },
  }
}

/** Disk taken by the streams of all attempts: what is allocated, not what a file says of its length. */
export async function spoolBytes(attempts: string): Promise<number> {
  const folders = await readdir(attempts).catch(() => [])
  const sizes = await Promise.all(
    folders.flatMap((folder) => ['stdout', 'stderr'].map((name) => blocksOf(join(attempts, folder, name)))),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

const blocksOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ blocks }) => blocks * BLOCK,
    () => 0,
  )
