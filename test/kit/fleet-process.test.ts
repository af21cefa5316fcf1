import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type OpenLink, openLink } from '@muster/controller/link/testing'
import { aWork } from '@muster/protocol/link/testing'
import { expect, it } from 'vitest'

interface Line {
  readonly event: string
  readonly nodeId?: string
  readonly at?: number
  readonly nodes?: readonly { readonly nodeId: string; readonly online: boolean }[]
}

/** The process with its lines; stopped by its own order, so that a clean end is tested too. */
function startFleet(link: OpenLink, ...options: string[]) {
  const file = join(import.meta.dirname, 'fleet-process.ts')
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, [
    file,
    ...['--controller', link.url, '--activation-id', 'any'],
    ...options,
  ])
  const stderr: Buffer[] = []
  child.stderr.on('data', (data: Buffer) => stderr.push(data))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const order = (line: object | string): boolean =>
    child.stdin.write(`${typeof line === 'string' ? line : JSON.stringify(line)}\n`)
  return {
    order,
    async next(event: string): Promise<Line> {
      for (;;) {
        const { value, done } = await lines.next()
        if (done) throw new Error(`the process ended: ${Buffer.concat(stderr)}`)
        const line = JSON.parse(value) as Line
        if (line.event === event) return line
      }
    },
    async stop(): Promise<number> {
      const ended = once(child, 'exit')
      order({ do: 'stop' })
      return (await ended)[0] as number
    },
    [Symbol.dispose]: () => child.kill('SIGKILL'),
  }
}

it('runs simulated nodes in a process of their own, some of them offline, and tells when each starts', async () => {
  await using link = await openLink()
  using fleet = startFleet(link, '--count', '5', '--offline', '2', '--script', '{"stdout":"x","failing":[1]}')
  fleet.order('code')
  const { nodes = [] } = await fleet.next('ready')
  expect(nodes.map(({ online }) => online)).toEqual([true, true, true, false, false])
  expect([...link.hub.connectedKeys()]).toHaveLength(3)

  const [key] = [...link.hub.connectedKeys()]
  const before = Date.now()
  link.hub.find(key!)?.send({ kind: 'work', work: aWork('invocation-1') })
  const start = await fleet.next('start')
  expect(start.at).toBeGreaterThanOrEqual(before)
  expect(nodes.map(({ nodeId }) => nodeId)).toContain(start.nodeId)

  fleet.order({ do: 'online', nodes: [nodes[4]?.nodeId] })
  await fleet.next('done')
  expect([...link.hub.connectedKeys()]).toHaveLength(4)
  expect(await fleet.stop()).toBe(0)
})

it('says how it is used when an option is missing', async () => {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'fleet-process.ts')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [code] = await once(child, 'exit')
  expect(code).toBe(78)
})
