import { sign } from 'node:crypto'
import { join } from 'node:path'
import type { ProxySettings } from '#config.ts'
import { ask, type ControllerAddress, isUnknownIssuer, LinkError } from '#link/index.ts'
import { type HostFacts, readHostFacts, removeAll } from '#platform/index.ts'
import { adoptCandidate, type Identity, readCandidate } from './identity.ts'
import { type Registration, readRegistration, removeRegistration, writeRegistration } from './registration.ts'

export interface RegisterRequest {
  readonly data: string
  readonly controllers: readonly string[]
  readonly caPem?: string | undefined
  readonly proxy?: ProxySettings | undefined
  readonly activationId: string
  readonly code: string
  readonly agentVersion: string
  /** Gives up an earlier registration of this data folder. */
  readonly force: boolean
  readonly at: number
}

/** The controller or this host's state says no; the text is for the operator. */
export class RegisterRefused extends Error {
  override readonly name = 'RegisterRefused'
}

/**
 * Turns activation id and code into this host's identity. Safe to repeat: the key is kept, and the controller
 * gives the same key the same node id. What the host had before is given up only once the controller has agreed.
 */
export async function register(request: RegisterRequest): Promise<Registration> {
  const { data, controllers, caPem, proxy, force } = request
  const known = force ? undefined : readRegistration(data)
  if (known)
    throw new RegisterRefused(
      `This host is registered as ${known.nodeId} already. Use --force to give that identity up.`,
    )
  const identity = await readCandidate(data, force)
  const body = enrolBody(request, identity, await readHostFacts())
  const answer = await firstThatAnswers(
    controllers.map((url) => ({ url, caPem, proxy })),
    body,
  )
  const registration: Registration = {
    nodeId: answer.nodeId,
    accountId: answer.accountId,
    region: answer.region,
    role: answer.role,
    controllers,
    ...(caPem === undefined ? {} : { caPem }),
    ...(proxy === undefined ? {} : { proxy }),
    registeredAt: new Date(request.at).toISOString(),
  }
  // Key and registration belong together: at no moment are there two that do not.
  if (force) {
    await removeRegistration(data)
    // Work of the old identity is none of the new one: a copy of this disk may have run it.
    for (const folder of ['journal', 'generation']) await removeAll(join(data, folder))
  }
  await adoptCandidate(data)
  await writeRegistration(data, registration)
  return registration
}

function enrolBody(
  { activationId, code, agentVersion }: RegisterRequest,
  { privateKey, publicKey }: Identity,
  host: HostFacts,
): string {
  const key = publicKey.toString('base64')
  const signed = Buffer.from(`muster-enrol-v1\n${activationId}${key}`)
  return JSON.stringify({
    activationId,
    code,
    publicKey: key,
    signature: sign(null, signed, privateKey).toString('base64'),
    host,
    agentVersion,
  })
}

interface EnrolAnswer {
  readonly nodeId: string
  readonly accountId: string
  readonly region: string
  readonly role: string
}

async function firstThatAnswers(addresses: readonly ControllerAddress[], body: string): Promise<EnrolAnswer> {
  const problems: string[] = []
  for (const address of addresses) {
    try {
      return await enrolAt(address, body)
    } catch (error) {
      if (!(error instanceof LinkError)) throw error
      // Node's own text names an option of Node, which is no help with a controller that has a CA of its own.
      const isUnnamed = address.caPem === undefined && isUnknownIssuer(error.cause)
      problems.push(isUnnamed ? `${error.message.split(';')[0]}; ${CA_HINT}` : error.message)
    }
  }
  throw new RegisterRefused(`No controller answered: ${problems.join('; ')}`)
}

const CA_HINT = "give the controller's CA (its pki/ca.pem) with --ca-file"

async function enrolAt(address: ControllerAddress, body: string): Promise<EnrolAnswer> {
  const { status, body: bytes } = await ask(address, { method: 'POST', path: '/agent/enrol', body })
  let answer: unknown
  try {
    answer = JSON.parse(bytes.toString('utf8'))
  } catch (cause) {
    throw new LinkError('bad-answer', `${address.url}: status ${status} without JSON`, { cause })
  }
  if (status >= 500) throw new LinkError('bad-answer', `${address.url}: status ${status}`)
  if (status !== 200) throw new RegisterRefused(`${address.url} refused: ${reasonOf(answer) ?? `status ${status}`}`)
  if (!isEnrolAnswer(answer)) throw new LinkError('bad-answer', `${address.url}: not the answer of a Muster controller`)
  return answer
}

function isEnrolAnswer(answer: unknown): answer is EnrolAnswer {
  if (typeof answer !== 'object' || answer === null) return false
  const { nodeId, accountId, region, role } = answer as Record<string, unknown>
  return /^mi-[0-9a-f]{17}$/.test(String(nodeId)) && [accountId, region, role].every((text) => typeof text === 'string')
}

const reasonOf = (answer: unknown): string | undefined => {
  if (typeof answer !== 'object' || answer === null) return undefined
  const { message, reason } = answer as Record<string, unknown>
  return [message, reason].find((text) => typeof text === 'string')
}
