// Simulated nodes of a bench, as a process of its own: enrolled once, then all of them log in at the same moment.
// Standard input has one order a line, standard output one answer each.
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createInterface } from 'node:readline'
import { type Address, ask } from '../../test/kit/dial.ts'
import { createFakeAgent, type FakeAgent } from '../../test/kit/fake-agent.ts'

interface Enrol extends Address {
  readonly do: 'enrol'
  readonly activationId: string
  readonly code: string
  readonly count: number
}
interface Herd extends Address {
  readonly do: 'herd'
  readonly count: number
}
interface Leave {
  readonly do: 'leave'
}
interface Node {
  readonly nodeId: string
  readonly publicKey: string
  readonly privateKey: KeyObject
}

const AT_ONCE = 32
const nodes: Node[] = []
/** Each node has one agent at each address: what it remembers of its logins holds there only. */
const agents = new Map<string, FakeAgent[]>()
let online: FakeAgent[] = []

async function enrol(order: Enrol): Promise<object> {
  let next = 0
  const worker = async (): Promise<void> => {
    while (next < order.count) await enrolOne(order, next++)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return { nodes: nodes.map(({ nodeId, publicKey }) => [nodeId, publicKey]) }
}

async function enrolOne({ url, activationId, code }: Enrol, index: number): Promise<void> {
  const pair = generateKeyPairSync('ed25519')
  const publicKey = pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  const host = {
    computerName: `simulated-${index}`,
    ipAddress: '10.0.0.1',
    platformType: 'Linux',
    platformName: 'Simulated Linux',
    platformVersion: '1',
    architecture: 'x86_64',
  }
  const text = Buffer.from(`muster-enrol-v1\n${activationId}${publicKey}`)
  const signature = sign(null, text, pair.privateKey).toString('base64')
  const body = JSON.stringify({ activationId, code, publicKey, signature, host, agentVersion: '0.0.1' })
  const answer = await ask({ url }, 'POST', '/agent/enrol', body)
  if (answer.status !== 200) throw new Error(`enrolment refused: ${answer.status} ${answer.body}`)
  const { nodeId } = JSON.parse(answer.body) as { nodeId: string }
  nodes.push({ nodeId, publicKey, privateKey: pair.privateKey })
}

async function herd({ url, caPem, count }: Herd): Promise<object> {
  const key = url.replace(/\?.*$/, '')
  const herded =
    agents.get(key) ??
    nodes.map(({ nodeId, privateKey }) => createFakeAgent({ nodeId, privateKey, controllerUrl: url, caPem }))
  agents.set(key, herded)
  online = herded.slice(0, count)
  const before = online.reduce((sum, { endings }) => sum + endings.length, 0)
  const started = performance.now()
  await Promise.all(online.map((agent) => agent.online()))
  const seconds = (performance.now() - started) / 1000
  return { seconds, again: online.reduce((sum, { endings }) => sum + endings.length, 0) - before }
}

async function leave(): Promise<object> {
  await Promise.all(online.map((agent) => agent.offline()))
  online = []
  return {}
}

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line) as Enrol | Herd | Leave
  const answer = order.do === 'enrol' ? await enrol(order) : order.do === 'herd' ? await herd(order) : await leave()
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}
process.exit(0)
