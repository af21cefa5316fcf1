import type { Principal } from './deps.ts'

/** An answer of the token service: the Query protocol's XML. */
export interface StsAnswer {
  readonly status: number
  readonly body: string
}

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/'

// The Query protocol has names of its own for what the JSON protocol says.
const CODES: Readonly<Record<string, { readonly code: string; readonly status: number }>> = {
  MissingAuthenticationTokenException: { code: 'MissingAuthenticationToken', status: 403 },
  UnrecognizedClientException: { code: 'InvalidClientTokenId', status: 403 },
  InvalidSignatureException: { code: 'SignatureDoesNotMatch', status: 403 },
  IncompleteSignatureException: { code: 'IncompleteSignature', status: 403 },
  ExpiredTokenException: { code: 'ExpiredToken', status: 403 },
  ThrottlingException: { code: 'Throttling', status: 400 },
  InternalServerError: { code: 'InternalFailure', status: 500 },
}

/** Whether a body is a call of the Query protocol. */
export const isQuery = (contentType: string | undefined): boolean =>
  contentType?.toLowerCase().startsWith('application/x-www-form-urlencoded') ?? false

/** Answers a call of the token service; `GetCallerIdentity` needs no permission. */
export function answerSts(body: Uint8Array, caller: Principal, requestId: string): StsAnswer {
  const form = new URLSearchParams(Buffer.from(body).toString())
  const action = form.get('Action') ?? ''
  const version = form.get('Version') ?? ''
  if (action !== 'GetCallerIdentity' || version !== '2011-06-15')
    return stsError('InvalidAction', `Could not find operation ${action} for version ${version}`, requestId, 400)
  const result = `<GetCallerIdentityResult><Arn>${toXml(caller.arn)}</Arn><UserId>${toXml(caller.id)}</UserId><Account>${toXml(caller.accountId)}</Account></GetCallerIdentityResult>`
  return {
    status: 200,
    body: `<GetCallerIdentityResponse xmlns="${NAMESPACE}">${result}<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
  }
}

/** An error of the JSON protocol, as the token service says it. */
export function toStsError(code: string, text: string, requestId: string): StsAnswer {
  const known = CODES[code]
  return stsError(known?.code ?? code, text, requestId, known?.status ?? 400)
}

const stsError = (code: string, text: string, requestId: string, status: number): StsAnswer => ({
  status,
  body: `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${toXml(code)}</Code><Message>${toXml(text)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
})

// Control characters have no place in XML 1.0, not even escaped.
const toXml = (text: string): string =>
  text
    .slice(0, 1024)
    .toWellFormed()
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
