import { generateKeyPairSync, sign } from 'node:crypto'
import { type Address, ask } from './dial.ts'
import { createFakeAgent, type FakeAgent, type FakeAgentOptions } from './fake-agent.ts'

export interface Enrolment extends Address {
  readonly activationId: string
  readonly code: string
}

export interface FleetOptions extends Enrolment {
  readonly count: number
  /** Enrolled and never connected: the last ones. */
  readonly offline?: number
  readonly agent?: (index: number) => Partial<FakeAgentOptions>
}

export interface FakeFleet extends AsyncDisposable {
  readonly agents: readonly FakeAgent[]
}

const AT_ONCE = 20

/** Enrols simulated nodes as `muster-agent register` does, and connects those that are not to be offline. */
export async function createFakeFleet(options: FleetOptions): Promise<FakeFleet> {
  const { count, offline = 0 } = options
  const agents: FakeAgent[] = []
  for (let from = 0; from < count; from += AT_ONCE) {
    const indexes = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, index) => from + index)
    agents.push(...(await Promise.all(indexes.map((index) => enrolFakeAgent(options, index, options.agent?.(index))))))
    await Promise.all(agents.slice(from).map((agent, index) => from + index < count - offline && agent.online()))
  }
  return {
    agents,
    async [Symbol.asyncDispose]() {
      await Promise.all(agents.map((agent) => agent[Symbol.asyncDispose]()))
    },
  }
}

/** Makes a key, trades the activation for a node id, and gives the agent, offline. */
export async function enrolFakeAgent(
  enrolment: Enrolment,
  index = 0,
  agent: Partial<FakeAgentOptions> = {},
): Promise<FakeAgent> {
  const { activationId, code } = enrolment
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  const host = {
    computerName: `simulated-${index}`,
    ipAddress: `10.0.${index >> 8}.${index & 255}`,
    platformType: 'Linux',
    platformName: 'Simulated Linux',
    platformVersion: '1',
    architecture: 'x86_64',
    ...agent.host,
  }
  const signature = sign(null, Buffer.from(`muster-enrol-v1\n${activationId}${key}`), privateKey).toString('base64')
  const body = { activationId, code, publicKey: key, signature, host, agentVersion: '0.0.1' }
  const answer = await ask(enrolment, 'POST', '/agent/enrol', JSON.stringify(body))
  if (answer.status !== 200) throw new Error(`enrolment refused: ${answer.status} ${answer.body}`)
  const { nodeId } = JSON.parse(answer.body) as { nodeId: string }
  return createFakeAgent({ ...agent, host, nodeId, privateKey, controllerUrl: enrolment.url, caPem: enrolment.caPem })
}
