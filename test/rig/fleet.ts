import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { TestController } from './controller.ts'

/** Where a controller keeps the certificate that its nodes pin. */
const AUTHORITY = 'pki/ca.pem'
const script = fileURLToPath(new URL('../kit/fleet-process.ts', import.meta.url))

/** A line of the fleet's ledger: what a node did, by the clock of its own process. */
export interface FleetEvent {
  readonly event: 'start' | 'end'
  readonly nodeId: string
  readonly commandId: string
  readonly at: number
}

/** Simulated nodes in a process of their own. */
export interface TestFleet extends AsyncDisposable {
  readonly nodes: readonly { readonly nodeId: string; readonly online: boolean }[]
  /** Everything that happened so far, in the order in which it was told. */
  readonly events: readonly FleetEvent[]
  order(order: object): Promise<void>
}

interface FleetOptions {
  readonly count: number
  readonly offline?: number
  readonly tags?: Readonly<Record<string, string>>
  readonly behaviour?: object
  /** Over TLS, pinning the controller's own authority; it needs an https listener. */
  readonly tls?: boolean
}

export async function startFleet(controller: TestController, options: FleetOptions): Promise<TestFleet> {
  const { count, offline = 0, tags = {}, behaviour = {}, tls = false } = options
  const activation = await controller.call('CreateActivation', {
    IamRole: 'MusterNode',
    RegistrationLimit: count,
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  })
  const secure = controller.urls.find((url) => url.startsWith('https://'))
  if (tls && secure === undefined) throw new Error('the controller has no https listener')
  const url = tls && secure !== undefined ? secure : controller.url
  const args = ['--controller', url, '--activation-id', activation.ActivationId ?? '', '--count', `${count}`]
  if (tls) args.push('--ca', join(controller.data, AUTHORITY))
  const child = spawn(
    process.execPath,
    [script, ...args, '--offline', `${offline}`, '--script', JSON.stringify(behaviour)],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  )
  const exited = new Promise<void>((resolve) => child.on('close', () => resolve()))
  child.stdin.write(`${activation.ActivationCode}\n`)
  const events: FleetEvent[] = []
  const ready = Promise.withResolvers<TestFleet['nodes']>()
  void exited.then(() => ready.reject(new Error('the fleet ended before it was ready')))
  ready.promise.catch(() => undefined)
  const waiting: (() => void)[] = []
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = JSON.parse(text) as { event: string; nodes?: TestFleet['nodes'] }
    if (line.event === 'ready') ready.resolve(line.nodes ?? [])
    else if (line.event === 'done') waiting.shift()?.()
    else events.push(line as unknown as FleetEvent)
  })
  return {
    nodes: await ready.promise,
    events,
    order(order) {
      const done = new Promise<void>((resolve) => waiting.push(resolve))
      child.stdin.write(`${JSON.stringify(order)}\n`)
      return done
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end(`${JSON.stringify({ do: 'stop' })}\n`)
      await exited
    },
  }
}

/** The most invocations of a command that ran at the same time, by the nodes' own clocks. */
export function mostAtOnce(events: readonly FleetEvent[], commandId: string): number {
  // At one instant an end frees the place before a start takes it.
  const moves = events
    .filter((event) => event.commandId === commandId)
    .map(({ event, at }) => ({ at, by: event === 'start' ? 1 : -1 }))
    .sort((a, b) => a.at - b.at || a.by - b.by)
  let running = 0
  let most = 0
  for (const { by } of moves) {
    running += by
    most = Math.max(most, running)
  }
  return most
}
