import { setTimeout as delay } from 'node:timers/promises'
import { readText, startAgent } from '../../rig/agent.ts'
import { startController } from '../../rig/controller.ts'
import { startProxy } from '../../rig/proxy.ts'
import { sendScript } from '../../rig/script.ts'
import { until } from '../../rig/until.ts'

export interface SlowLineReport {
  /** Every status the node had, looked at each second. */
  readonly statuses: readonly string[]
  /** From each call to the first line of its script, ms, by the clock of this machine. */
  readonly startsMs: readonly number[]
  /** Bytes of the long output that were still on the host at the end. */
  readonly waiting: number
}

const BYTES = 5_000_000
const BYTES_PER_SECOND = 10_000

/** Lets 5 MB wait on a line of 10 kB/s for so long, and sends another command every ten seconds. */
export async function runSlowLine(seconds: number): Promise<SlowLineReport> {
  await using controller = await startController()
  await using proxy = await startProxy(controller.url, { bytesPerSecond: BYTES_PER_SECOND })
  await using agent = await startAgent(controller, { url: proxy.url })
  const long = await sendScript(controller, [agent.nodeId], [`head -c ${BYTES} /dev/zero | tr '\\0' x`])
  const sizes = () => controller.call('GetOutput', { CommandId: long, InstanceId: agent.nodeId, Stream: 'stdout' })
  await until('output comes', async () => (await sizes()).TotalBytes > 0)

  const statuses: string[] = []
  const startsMs: number[] = []
  const endsAt = performance.now() + seconds * 1000
  for (let second = 0; performance.now() < endsAt; second++) {
    if (second % 10 === 0) {
      const file = `${agent.scratch}/${second}`
      const sentAt = Date.now()
      await sendScript(controller, [agent.nodeId], [`date +%s%3N > ${file}.new && mv ${file}.new ${file}`])
      await until('the script has started', async () => (await readText(file)) !== '')
      startsMs.push(Number(await readText(file)) - sentAt)
    }
    const { InstanceInformationList = [] } = await controller.call('DescribeInstanceInformation', {})
    statuses.push(InstanceInformationList[0]?.PingStatus ?? 'unknown')
    // The passing of time is what is tested.
    await delay(1000)
  }
  return { statuses, startsMs, waiting: BYTES - (await sizes()).TotalBytes }
}
