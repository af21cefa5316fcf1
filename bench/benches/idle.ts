import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startController } from '../../test/rig/controller.ts'
import type { Bench } from '../frame/bench.ts'
import { alternate, pick } from '../frame/rounds.ts'
import { cpuMsOf } from '../stand/cpu-time.ts'
import { startHerdProcess } from '../stand/herd-process.ts'
import { enrolAll, openFloor, openMuster, ROOM, type Side } from '../stand/herd-sides.ts'
import { openStores } from '../stand/stores.ts'

interface Result {
  readonly kb: number
  readonly cpuMs: number
}

/** What a connected node with nothing to do costs, against a WebSocket over TLS. */
export const idle: Bench = {
  name: 'idle',
  about: 'memory and processor time of connected nodes that have nothing to do',
  async run(setting) {
    const count = setting.quick ? 500 : 5000
    // A window holds each node's heartbeat at least once.
    const [settleMs, windowMs, rounds] = setting.quick ? [1000, 31_000, 1] : [5000, 60_000, setting.rounds]
    await using stack = new AsyncDisposableStack()
    const stores = stack.use(await openStores(setting))
    const controller = stack.use(
      await startController({
        args: ['--log-level', 'warn', ...ROOM],
        listen: ['https://127.0.0.1:0', 'http://127.0.0.1:0'],
        database: (await stores.open()).url,
      }),
    )
    const nodes = stack.use(startHerdProcess())
    const floor = await openFloor(setting, controller, await enrolAll(nodes, controller, count))
    const muster = openMuster(controller)
    const caPem = await readFile(join(controller.data, 'pki', 'ca.pem'), 'utf8')
    const run = async (side: Side): Promise<Result> => {
      setting.signal.throwIfAborted()
      const { url, pid } = await side.restart()
      const empty = await residentKb(pid)
      await nodes.herd({ url, caPem, count })
      await delay(settleMs)
      const before = await cpuMsOf(pid)
      await delay(windowMs)
      const cpuMs = (await cpuMsOf(pid)) - before
      const kb = ((await residentKb(pid)) - empty) / count
      await nodes.leave()
      return { kb, cpuMs }
    }
    try {
      const results = await alternate({ ...setting, rounds }, { limit: () => run(floor), muster: () => run(muster) })
      const at = { nodes: count }
      return {
        comparisons: [
          { name: 'memory_a_node', at, unit: 'KB', goal: '<=1.5', ...pick(results, ({ kb }) => kb) },
          { name: 'idle_cpu', at, unit: 'ms', goal: '<=2', ...pick(results, ({ cpuMs }) => cpuMs) },
        ],
        growth: [],
        counts: { lost: 0, double: 0, errors: 0 },
      }
    } finally {
      await floor.stop()
    }
  },
}

async function residentKb(pid: number): Promise<number> {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1])
}
