import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { CreateActivationRequest } from '@muster/protocol/api'
import type { Frame } from '@muster/protocol/link'
import type { Operation } from '#api/index.ts'
import type { Database } from '#db/index.ts'
import { openStand, type Parts, type Stand } from '#tags/testing/stand.ts'
import { createFleet, type EnrolmentDeps, type Fleet, type HostFacts } from '../index.ts'

/** The fleet on a stand, with hosts that enrol by the real route and links that a test sets up by hand. */
export interface FleetStand extends Stand {
  readonly fleet: Fleet
  /** Keys of nodes that the hub says are connected, with their last contact. */
  readonly links: Map<number, number>
  /** Keys of nodes with a link that the hub holds. */
  readonly held: Set<number>
  readonly sent: { readonly nodeKey: number; readonly frame: Frame }[]
  readonly cuts: { readonly nodeKey: number; readonly reason: string }[]
  readonly logged: { readonly fields: object; readonly text: string }[]
  enrol(request: Partial<EnrolBody>, options?: { source?: string }): Promise<EnrolAnswer>
  /** An activation and one node enrolled with it. */
  aNode(options?: Partial<CreateActivationRequest> & { host?: Partial<HostFacts> }): Promise<string>
  keyOf(nodeId: string): Promise<number>
}

export interface EnrolBody {
  readonly activationId: string
  readonly code: string
  readonly keys: HostKeys
  readonly signWith: KeyObject
  readonly host: Partial<HostFacts>
  readonly agentVersion: string
}

export interface EnrolAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly value: Record<string, unknown>
}

export interface HostKeys {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

export const newKeys = (): HostKeys => generateKeyPairSync('ed25519')
export const spki = ({ publicKey }: HostKeys): Buffer => publicKey.export({ type: 'spki', format: 'der' })

export const aHost = (facts: Partial<HostFacts> = {}): HostFacts => ({
  computerName: 'web-1',
  ipAddress: '10.0.0.5',
  platformType: 'Linux',
  platformName: 'Debian GNU/Linux',
  platformVersion: '12',
  architecture: 'x86_64',
  ...facts,
})

export async function openFleet(
  db: Database,
  options: { enrolment?: EnrolmentDeps; wire?: (parts: Parts, fleet: Fleet) => readonly Operation[] } = {},
): Promise<FleetStand> {
  const links = new Map<number, number>()
  const held = new Set<number>()
  const sent: { nodeKey: number; frame: Frame }[] = []
  const cuts: { nodeKey: number; reason: string }[] = []
  const logged: { fields: object; text: string }[] = []
  const record = (fields: object, text: string) => void logged.push({ fields, text })
  let made: Fleet | undefined
  const stand = await openStand(db, (parts) => {
    const hub = {
      isConnected: (key: number) => links.has(key),
      lastContact: (key: number) => links.get(key),
      cut: (nodeKey: number, reason: string) => void cuts.push({ nodeKey, reason }),
      find: (nodeKey: number) =>
        links.has(nodeKey) ? { send: (frame: Frame) => sent.push({ nodeKey, frame }) > 0 } : undefined,
      heldKeys: () => [...held],
    }
    made = createFleet({ ...parts, hub, log: { info: record, warn: record }, enrolment: options.enrolment })
    return [...made.operations, ...(options.wire?.(parts, made) ?? [])]
  })
  if (!made) throw new Error('the fleet was not wired')
  const fleet = made
  const keyOf = async (nodeId: string): Promise<number> => (await fleet.findKey(db.read, nodeId)) ?? -1

  return {
    ...stand,
    fleet,
    links,
    cuts,
    held,
    sent,
    logged,
    keyOf,
    enrol: (request, { source = '192.0.2.7' } = {}) => enrolBy(fleet, request, source),
    async aNode({ host = {}, ...activation } = {}) {
      const { ActivationId = '', ActivationCode = '' } = await stand.call('CreateActivation', {
        IamRole: 'MusterNode',
        ...activation,
      })
      const { value } = await enrolBy(fleet, { activationId: ActivationId, code: ActivationCode, host }, '192.0.2.7')
      return String(value['nodeId'])
    },
  }
}

async function enrolBy(fleet: Fleet, request: Partial<EnrolBody>, source: string): Promise<EnrolAnswer> {
  const { activationId = '', code = '', keys = newKeys(), host = {}, agentVersion = '0.1.0' } = request
  const publicKey = spki(keys).toString('base64')
  const signed = Buffer.from(`muster-enrol-v1\n${activationId}${publicKey}`)
  const signature = sign(null, signed, request.signWith ?? keys.privateKey).toString('base64')
  const body = { activationId, code, publicKey, signature, host: aHost(host), agentVersion }
  return post(fleet, '/agent/enrol', Buffer.from(JSON.stringify(body)), source)
}

/** Sends a body to one of the fleet's routes, as HTTP would. */
export async function post(fleet: Fleet, path: string, body: Buffer, source = '192.0.2.7'): Promise<EnrolAnswer> {
  const route = fleet.routes.find((one) => one.method === 'POST' && one.path === path)
  if (!route) throw new Error(`there is no route ${path}`)
  const request = { params: {}, query: {}, headers: {}, body, source, origin: 'http://127.0.0.1' }
  const answer = await route.handle({ ...request, signal: new AbortController().signal })
  const value = JSON.parse(String(answer.body)) as Record<string, unknown>
  return { status: answer.status, headers: answer.headers ?? {}, value }
}
