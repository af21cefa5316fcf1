import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { isPlainObject } from '@muster/protocol/kit'
import { type HostFacts, isAgentVersion, isPlatformType } from './node.ts'

/** What an agent sends to enrol; its signature shows that it holds the private key. */
export interface EnrolRequest {
  readonly activationId: string
  readonly code: string
  /** SPKI in DER: 44 bytes for Ed25519, one form a key. */
  readonly publicKey: Uint8Array
  readonly host: HostFacts
  readonly agentVersion: string
}

export type EnrolParse =
  | { readonly ok: true; readonly request: EnrolRequest }
  | { readonly ok: false; readonly reason: 'malformed' | 'bad-signature'; readonly text: string }

const ACTIVATION_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const DOMAIN = 'muster-enrol-v1\n'
const ED25519_SPKI_BYTES = 44
const MAX_CODE_CHARS = 250

/** Reads and checks the body of an enrolment, its signature included; pure. */
export function parseEnrolRequest(body: Uint8Array): EnrolParse {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return malformed('The body is not JSON.')
  }
  if (!isPlainObject(value)) return malformed('The body is not a JSON object.')
  const { activationId, code, publicKey, signature, host, agentVersion } = value
  if (typeof activationId !== 'string' || !ACTIVATION_ID.test(activationId))
    return malformed('activationId is not an activation id.')
  if (typeof code !== 'string' || code.length === 0 || code.length > MAX_CODE_CHARS)
    return malformed('code is not an activation code.')
  if (typeof agentVersion !== 'string' || !isAgentVersion(agentVersion))
    return malformed('agentVersion is not a version such as 1.2.3.')
  const facts = parseFacts(host)
  if (typeof facts === 'string') return malformed(facts)
  if (typeof publicKey !== 'string' || typeof signature !== 'string')
    return malformed('publicKey and signature must be base64 texts.')

  const key = readKey(publicKey)
  if (!key) return malformed('publicKey is not an Ed25519 key (SPKI, DER, base64).')
  if (!verify(null, Buffer.from(`${DOMAIN}${activationId}${publicKey}`), key.key, Buffer.from(signature, 'base64')))
    return { ok: false, reason: 'bad-signature', text: 'The signature is not of this key.' }
  return { ok: true, request: { activationId, code, publicKey: key.der, host: facts, agentVersion } }
}

const malformed = (text: string): EnrolParse => ({ ok: false, reason: 'malformed', text })

function readKey(base64: string): { readonly key: KeyObject; readonly der: Uint8Array } | undefined {
  const der = Buffer.from(base64, 'base64')
  // The length also refuses other encodings of the same key, so that a key has one node id.
  if (der.length !== ED25519_SPKI_BYTES || der.toString('base64') !== base64) return undefined
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' ? { key, der: new Uint8Array(der) } : undefined
  } catch {
    return undefined
  }
}

function parseFacts(value: unknown): HostFacts | string {
  if (!isPlainObject(value)) return 'host is not an object.'
  const text = (name: string): string => {
    const member = value[name]
    return typeof member === 'string' ? member : ''
  }
  const platformType = text('platformType')
  if (!isPlatformType(platformType)) return 'host.platformType is not Linux, Windows or MacOS.'
  return {
    computerName: text('computerName'),
    ipAddress: text('ipAddress'),
    platformType,
    platformName: text('platformName'),
    platformVersion: text('platformVersion'),
    architecture: text('architecture'),
  }
}
