import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from 'node:crypto'
import { genericErrors, signatureTexts } from '@muster/protocol/api'
import { ApiError } from './api-error.ts'
import { ALGORITHM, type Authorization } from './authorization.ts'
import { canonicalRequest, type SignedRequest } from './canonical-request.ts'

/** A key that signs requests. What is derived from it is cached for as long as this object is alive. */
export interface SigningKey {
  readonly id: string
  readonly secret: string
}

/** What this endpoint accepts in the scope of a credential. */
export interface Scope {
  readonly service: string
  readonly regions: readonly string[]
}

const SKEW_MS = 5 * 60_000
const MAX_CACHED_SCOPES = 8
/** Signs nothing: makes an unknown key id cost what a known one costs. */
const NOBODY: SigningKey = { id: '', secret: '0'.repeat(40) }

const incomplete = (text: string) => new ApiError('IncompleteSignatureException', text)
const invalid = (text: string) => new ApiError('InvalidSignatureException', text)
const unrecognised = () => new ApiError('UnrecognizedClientException', genericErrors.UnrecognizedClientException.text)

/**
 * Checks a signed request: scope, five minutes either way, what is signed, and the signature itself over the body that
 * really came. Throws the service's error; when it returns, the request is the key's.
 */
export function checkSignature(
  request: SignedRequest,
  authorization: Authorization,
  key: SigningKey | undefined,
  scope: Scope,
  now: number,
): asserts key is SigningKey {
  const signedAt = signedTime(request.headers)
  if (!key) {
    signatureOf(request, authorization, NOBODY, signedAt)
    throw unrecognised()
  }
  checkScope(authorization, scope)
  checkTime(authorization, signedAt, now)
  checkCovered(request.headers, authorization.signedHeaders.split(';'))
  const { signature, bodyHash } = signatureOf(request, authorization, key, signedAt)
  const declared = request.headers['x-amz-content-sha256']
  const isSame = timingSafeEqual(signature, Buffer.from(authorization.signature, 'hex'))
  if (!isSame || (declared !== undefined && declared !== bodyHash)) throw invalid(signatureTexts.mismatch)
}

function checkScope({ region, service }: Authorization, scope: Scope): void {
  if (!scope.regions.includes(region)) throw invalid(signatureTexts.region)
  if (service !== scope.service) throw invalid(signatureTexts.service(scope.service))
}

function checkTime({ date }: Authorization, signedAt: string, now: number): void {
  const at = fromBasic(signedAt)
  if (Number.isNaN(at)) throw incomplete("Date must be in ISO-8601 'basic format'.")
  if (date !== signedAt.slice(0, 8))
    throw invalid(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${signedAt.slice(0, 8)}', from '${signedAt}'.`,
    )
  if (at < now - SKEW_MS) throw invalid(signatureTexts.expired(signedAt, toBasic(now - SKEW_MS), toBasic(now)))
  if (at > now + SKEW_MS) throw invalid(signatureTexts.early(signedAt, toBasic(now + SKEW_MS), toBasic(now)))
}

/** What chooses the endpoint, the moment and the operation must be under the signature. */
function checkCovered(headers: SignedRequest['headers'], signed: readonly string[]): void {
  const date = headers['x-amz-date'] === undefined ? 'date' : 'x-amz-date'
  for (const name of ['host', date, 'x-amz-target'])
    if (headers[name] !== undefined && !signed.includes(name))
      throw invalid(`'${name}' must be a 'SignedHeader' in the AWS Authorization.`)
}

function signatureOf(
  request: SignedRequest,
  authorization: Authorization,
  key: SigningKey,
  signedAt: string,
): { readonly signature: Buffer; readonly bodyHash: string } {
  const bodyHash = hash('sha256', request.body, 'hex')
  const canonical = canonicalRequest(request, authorization.signedHeaders, bodyHash)
  const scope = `${authorization.date}/${authorization.region}/${authorization.service}/aws4_request`
  const text = `${ALGORITHM}\n${signedAt}\n${scope}\n${hash('sha256', canonical, 'hex')}`
  const signature = createHmac('sha256', signingKey(key, scope)).update(text).digest()
  return { signature, bodyHash }
}

const derived = new WeakMap<SigningKey, Map<string, KeyObject>>()

/**
 * One chain of four hashes a key, day, region and service; then it is the same for every request. As a key object,
 * since Node looks at a key in bytes for longer than the hash itself takes.
 */
function signingKey(key: SigningKey, scope: string): KeyObject {
  let scopes = derived.get(key)
  if (!scopes) {
    scopes = new Map()
    derived.set(key, scopes)
  }
  const known = scopes.get(scope)
  if (known) return known
  let secret: Buffer = Buffer.from(`AWS4${key.secret}`)
  for (const part of scope.split('/')) secret = createHmac('sha256', secret).update(part).digest()
  if (scopes.size >= MAX_CACHED_SCOPES) scopes.clear()
  const made = createSecretKey(secret)
  scopes.set(scope, made)
  return made
}

function signedTime(headers: SignedRequest['headers']): string {
  const basic = headers['x-amz-date']
  if (basic !== undefined) return basic
  const at = Date.parse(headers.date ?? '')
  if (Number.isNaN(at))
    throw incomplete("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
  return toBasic(at)
}

const BASIC = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/

function fromBasic(text: string): number {
  const match = BASIC.exec(text)
  if (!match) return Number.NaN
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number)
  const at = Date.UTC(year, month - 1, day, hour, minute, second)
  // What is no date, as the 31st of June, would be another one.
  return toBasic(at) === text ? at : Number.NaN
}

const toBasic = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, '')
