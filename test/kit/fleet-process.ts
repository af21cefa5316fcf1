import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import type { Behaviours, Performance } from '@muster/protocol/link/testing'
import { createFakeFleet, type FakeFleet } from './fake-fleet.ts'

const HELP = `Runs simulated nodes against a controller, in a process of their own.

  node test/kit/fleet-process.ts --controller URL --activation-id ID --count N [--offline M] [--ca FILE] [--script JSON]

The activation code is the first line of standard input. Then come orders, one JSON object a line:
  {"do":"online","nodes":["mi-…"]}   {"do":"offline","nodes":["mi-…"]}   {"do":"script","script":{…}}   {"do":"stop"}
without "nodes" an order is for all. Standard output has one JSON object a line: ready, start, end, done.
The script is {"exitCode":0,"stdout":"","delayMs":0,"jitterMs":0,"endAt":MS,"failing":[indexes],"failingDelaysMs":[…],"sendsRecords":1,"dropReceipts":false}.
`

/** What every node of the process does with work. */
interface FleetScript extends Omit<Performance, 'stdout' | 'stderr'> {
  readonly stdout?: string
  readonly stderr?: string
  readonly jitterMs?: number
  /** Everybody ends at this moment, in ms since 1970; instead of `delayMs`. */
  readonly endAt?: number
  /** Nodes, by the order of their enrolment, that exit with 1. */
  readonly failing?: readonly number[]
  /** How long each of the failing nodes takes, in the order of `failing`; as long as the others when absent. */
  readonly failingDelaysMs?: readonly number[]
  readonly sendsRecords?: number
  readonly dropReceipts?: boolean
}

type Order =
  | { readonly do: 'online' | 'offline'; readonly nodes?: readonly string[] }
  | { readonly do: 'script'; readonly script: FleetScript }
  | { readonly do: 'stop' }

const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`)

function behavioursOf(script: FleetScript, index: number): Behaviours {
  const {
    failing = [],
    failingDelaysMs = [],
    jitterMs = 0,
    endAt,
    delayMs = 0,
    dropReceipts = false,
    sendsRecords = 1,
    ...performance
  } = script
  const fault = failing.indexOf(index)
  const usual = (): number => (endAt === undefined ? delayMs : Math.max(0, endAt - Date.now()))
  return {
    onWork: () => ({
      ...performance,
      delayMs: fault >= 0 ? (failingDelaysMs[fault] ?? delayMs) : usual() + Math.random() * jitterMs,
      ...(fault >= 0 ? { exitCode: 1 } : {}),
    }),
    receiptsWork: () => !dropReceipts,
    sendsRecords,
  }
}

async function obey({ agents }: FakeFleet, order: Order): Promise<void> {
  if (order.do === 'script') {
    for (const [index, agent] of agents.entries()) agent.behave(behavioursOf(order.script, index))
  } else if (order.do !== 'stop') {
    const named = agents.filter(({ nodeId }) => order.nodes?.includes(nodeId) ?? true)
    await Promise.all(named.map((agent) => agent[order.do]()))
  }
  say({ event: 'done', do: order.do })
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      controller: { type: 'string' },
      'activation-id': { type: 'string' },
      count: { type: 'string', default: '1' },
      offline: { type: 'string', default: '0' },
      ca: { type: 'string' },
      script: { type: 'string', default: '{}' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help || !values.controller || !values['activation-id']) {
    process.stdout.write(HELP)
    process.exit(values.help ? 0 : 78)
  }
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
  const code = (await lines.next()).value as string
  const script = JSON.parse(values.script) as FleetScript
  await using fleet = await createFakeFleet({
    url: values.controller,
    caPem: values.ca === undefined ? undefined : readFileSync(values.ca, 'utf8'),
    activationId: values['activation-id'],
    code: code.trim(),
    count: Number(values.count),
    offline: Number(values.offline),
    agent: (index) => ({ behaviours: behavioursOf(script, index) }),
  })
  for (const agent of fleet.agents) {
    const { nodeId } = agent
    agent.onLedger(({ event, ...line }) => say({ event, nodeId, ...line }))
  }
  say({ event: 'ready', nodes: fleet.agents.map((agent) => ({ nodeId: agent.nodeId, online: agent.isOnline() })) })
  for await (const line of lines) {
    const order = JSON.parse(line) as Order
    await obey(fleet, order)
    if (order.do === 'stop') break
  }
}

await main()
process.exit(0)
