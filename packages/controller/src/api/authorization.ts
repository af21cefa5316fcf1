import { genericErrors, signatureTexts } from '@muster/protocol/api'
import { ApiError } from './api-error.ts'
import type { SignedRequest } from './canonical-request.ts'

/** The parts of an Authorization header, found well-formed. */
export interface Authorization {
  readonly keyId: string
  /** `YYYYMMDD` */
  readonly date: string
  readonly region: string
  readonly service: string
  /** Lower-case names with `;` between, as the client wrote them. */
  readonly signedHeaders: string
  /** 64 hexadecimal digits. */
  readonly signature: string
}

export const ALGORITHM = 'AWS4-HMAC-SHA256'
const PARTS = ['Credential', 'SignedHeaders', 'Signature']
const HEADER =
  /^AWS4-HMAC-SHA256 Credential=([^\s,/]+)\/(\d{8})\/([^\s,/]+)\/([^\s,/]+)\/aws4_request, ?SignedHeaders=([a-z0-9;_-]+), ?Signature=([0-9a-f]{64})$/

const incomplete = (text: string) => new ApiError('IncompleteSignatureException', text)

/** Reads the Authorization header; throws the error that names what is missing or wrong. */
export function parseAuthorization({ headers, url }: Pick<SignedRequest, 'headers' | 'url'>): Authorization {
  const header = headers.authorization
  if (header === undefined) throw missingHeader(url)
  const match = HEADER.exec(header) ?? HEADER.exec(inUsualOrder(header))
  if (!match) throw incomplete('Authorization header has a parameter that is not well-formed.')
  const [, keyId = '', date = '', region = '', service = '', signedHeaders = '', signature = ''] = match
  return { keyId, date, region, service, signedHeaders, signature }
}

function missingHeader(url: string): ApiError {
  if (/[?&]X-Amz-(?:Signature|Algorithm|Credential)=/i.test(url))
    return incomplete('A signature in the query string is not supported here: sign with the Authorization header.')
  return new ApiError('MissingAuthenticationTokenException', genericErrors.MissingAuthenticationTokenException.text)
}

/** The slow way: for headers that no SDK sends, and to say what is wrong with them. */
function inUsualOrder(header: string): string {
  const [algorithm, ...rest] = header.split(/[\s,]+/)
  if (algorithm !== ALGORITHM) throw incomplete(`Authorization header requires the algorithm '${ALGORITHM}'.`)
  const given = new Map(rest.map(splitAtEquals))
  const missing = PARTS.filter((name) => !given.get(name))
  if (missing.length > 0) throw incomplete(missing.map(signatureTexts.missing).join(' '))
  const elements = given.get('Credential')?.split('/') ?? []
  if (elements.length !== 5)
    throw incomplete('Credential must have exactly 5 slash-delimited elements: keyid/date/region/service/term.')
  if (elements[4] !== 'aws4_request')
    throw new ApiError(
      'InvalidSignatureException',
      "Credential should be scoped with a valid terminator: 'aws4_request'.",
    )
  return `${ALGORITHM} ${PARTS.map((name) => `${name}=${given.get(name)}`).join(', ')}`
}

const splitAtEquals = (text: string): [string, string] => {
  const at = text.indexOf('=')
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
