import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

/** Who logs in, and what makes this login different from every other. */
export interface LoginClaim {
  readonly nodeId: string
  /** 16 random bytes or more as base64url, new for each login. */
  readonly agentNonce: string
  /** Counts identities given to this node; a copy of the disk falls behind. */
  readonly generation: number
  readonly linkVersion: number
  /** The agent's own clock: information only, it may be years off. */
  readonly sentAt: number
}

/** A claim whose signature was checked; nothing else makes one. */
export type VerifiedLogin = LoginClaim & { readonly [verified]: true }
declare const verified: unique symbol

/** What a login request carries, still to be believed. */
export interface LoginRequest {
  readonly claim: LoginClaim
  readonly claimBytes: Uint8Array
  readonly signature: Uint8Array
}

/** The part of a TLS socket that binds a login to its channel. */
export interface Exporter {
  exportKeyingMaterial(length: number, label: string, context: Buffer): Buffer
}

export type LoginHeaders = Readonly<Record<string, string | readonly string[] | undefined>>

export const LOGIN_HEADER = 'muster-login'
export const SIGNATURE_HEADER = 'muster-signature'
/** Only on plain loopback: the challenge of `GET /agent/challenge`, base64url. */
export const CHALLENGE_HEADER = 'muster-challenge'
export const BINDING_BYTES = 32
export const LOGIN_EXPORTER_LABEL = 'EXPORTER-muster-login'

const DOMAIN = Buffer.from('muster-login-v1\n')
const MAX_CLAIM_CHARS = 2048
const NODE_ID = /^mi-[0-9a-f]{17}$/
const NONCE = /^[A-Za-z0-9_-]{22,128}$/

/** The 32 bytes that both ends of one TLS 1.3 connection know and no other connection has. */
export const tlsBinding = (socket: Exporter): Uint8Array =>
  socket.exportKeyingMaterial(BINDING_BYTES, LOGIN_EXPORTER_LABEL, Buffer.alloc(0))

export interface LoginToSign {
  readonly claim: LoginClaim
  /** From `tlsBinding`, or the challenge itself on plain loopback. */
  readonly binding: Uint8Array
  readonly privateKey: KeyObject
  readonly challenge?: Uint8Array
}

/** Headers of the upgrade request for one login over one channel. */
export function signLogin({ claim, binding, privateKey, challenge }: LoginToSign): Record<string, string> {
  const claimBytes = Buffer.from(JSON.stringify(claim))
  return {
    [LOGIN_HEADER]: claimBytes.toString('base64url'),
    [SIGNATURE_HEADER]: sign(null, signedBytes(binding, claimBytes), privateKey).toString('base64url'),
    ...(challenge ? { [CHALLENGE_HEADER]: Buffer.from(challenge).toString('base64url') } : {}),
  }
}

/** Reads the headers of a login without believing them; undefined when they are no login. */
export function readLogin(headers: LoginHeaders): LoginRequest | undefined {
  const login = headers[LOGIN_HEADER]
  const signature = headers[SIGNATURE_HEADER]
  if (typeof login !== 'string' || typeof signature !== 'string') return undefined
  if (login.length > MAX_CLAIM_CHARS || signature.length > MAX_CLAIM_CHARS) return undefined
  const claimBytes = Buffer.from(login, 'base64url')
  const claim = readClaim(claimBytes)
  return claim && { claim, claimBytes, signature: Buffer.from(signature, 'base64url') }
}

/** The claim, when the node's key (SPKI, DER) signed it for this very channel. */
export function verifyLogin(
  request: LoginRequest,
  binding: Uint8Array,
  publicKey: Uint8Array,
): VerifiedLogin | undefined {
  if (binding.length !== BINDING_BYTES) return undefined
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' })
  if (key.asymmetricKeyType !== 'ed25519') return undefined
  const genuine = verify(null, signedBytes(binding, request.claimBytes), key, request.signature)
  return genuine ? (request.claim as VerifiedLogin) : undefined
}

const signedBytes = (binding: Uint8Array, claimBytes: Uint8Array): Buffer =>
  Buffer.concat([DOMAIN, binding, claimBytes])

function readClaim(bytes: Buffer): LoginClaim | undefined {
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
  return isClaim(value)
    ? {
        nodeId: value.nodeId,
        agentNonce: value.agentNonce,
        generation: value.generation,
        linkVersion: value.linkVersion,
        sentAt: value.sentAt,
      }
    : undefined
}

function isClaim(value: unknown): value is LoginClaim {
  if (typeof value !== 'object' || value === null) return false
  const { nodeId, agentNonce, generation, linkVersion, sentAt } = value as Record<string, unknown>
  return (
    typeof nodeId === 'string' &&
    NODE_ID.test(nodeId) &&
    typeof agentNonce === 'string' &&
    NONCE.test(agentNonce) &&
    isCount(generation) &&
    isCount(linkVersion) &&
    typeof sentAt === 'number' &&
    Number.isFinite(sentAt)
  )
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0
