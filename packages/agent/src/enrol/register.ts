import { sign } from 'node:crypto'
import { ask, type ControllerAddress, LinkError } from '#link/index.ts'
import { type HostFacts, readHostFacts } from '#platform/index.ts'
import { createIdentity, type Identity, readIdentity } from './identity.ts'
import { type Registration, readRegistration, writeRegistration } from './registration.ts'

export interface RegisterRequest {
  readonly data: string
  readonly controllers: readonly string[]
  readonly caPem?: string | undefined
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
 * gives the same key the same node id.
 */
export async function register(request: RegisterRequest): Promise<Registration> {
  const { data, controllers, caPem } = request
  const known = readRegistration(data)
  if (known && !request.force)
    throw new RegisterRefused(
      `This host is registered as ${known.nodeId} already. Use --force to give that identity up.`,
    )
  const identity =
    known && request.force ? await createIdentity(data) : (readIdentity(data) ?? (await createIdentity(data)))
  const body = enrolBody(request, identity, await readHostFacts())
  const answer = await firstThatAnswers(
    controllers.map((url) => ({ url, caPem })),
    body,
  )
  const registration: Registration = {
    nodeId: answer.nodeId,
    accountId: answer.accountId,
    region: answer.region,
    role: answer.role,
    controllers,
    ...(caPem === undefined ? {} : { caPem }),
    registeredAt: new Date(request.at).toISOString(),
  }
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
      problems.push(error.message)
    }
  }
  throw new RegisterRefused(`No controller answered: ${problems.join('; ')}`)
}

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
  return answer as EnrolAnswer
}

const reasonOf = (answer: unknown): string | undefined => {
  if (typeof answer !== 'object' || answer === null) return undefined
  const { message, reason } = answer as Record<string, unknown>
  return [message, reason].find((text) => typeof text === 'string')
}
