import { findOperationByName, type OperationModel, statusOf } from '@muster/protocol/api'
import type { Answer } from './pipeline.ts'
import { readForm, toXml, writeAnswer } from './query-protocol.ts'

/** An answer of the token service: the Query protocol's XML. */
export interface StsAnswer {
  readonly status: number
  readonly body: string
}

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/'
const VERSION = '2011-06-15'
const ACTIONS: ReadonlySet<string> = new Set(['AssumeRole', 'GetAccessKeyInfo', 'GetCallerIdentity', 'GetSessionToken'])
const MAX_SHOWN = 1024

// The Query protocol has names of its own for what the JSON protocol says.
const CODES: Readonly<Record<string, { readonly code: string; readonly status: number }>> = {
  AccessDeniedException: { code: 'AccessDenied', status: 403 },
  MissingAuthenticationTokenException: { code: 'MissingAuthenticationToken', status: 403 },
  UnrecognizedClientException: { code: 'InvalidClientTokenId', status: 403 },
  InvalidSignatureException: { code: 'SignatureDoesNotMatch', status: 403 },
  IncompleteSignatureException: { code: 'IncompleteSignature', status: 403 },
  ExpiredTokenException: { code: 'ExpiredToken', status: 403 },
  SerializationException: { code: 'MalformedInput', status: 400 },
  ThrottlingException: { code: 'Throttling', status: 400 },
  ValidationException: { code: 'ValidationError', status: 400 },
  InternalServerError: { code: 'InternalFailure', status: 500 },
}

/** Whether a body is a call of the Query protocol. */
export const isQuery = (contentType: string | undefined): boolean =>
  contentType?.toLowerCase().startsWith('application/x-www-form-urlencoded') ?? false

/** Answers a call of the token service by the operation of that name: `perform` runs it with its input as JSON. */
export async function answerSts(
  body: Uint8Array,
  requestId: string,
  perform: (model: OperationModel, input: Uint8Array) => Promise<Answer>,
): Promise<StsAnswer> {
  const form = new URLSearchParams(Buffer.from(body).toString())
  const action = form.get('Action') ?? ''
  const version = form.get('Version') ?? ''
  const model = ACTIONS.has(action) && version === VERSION ? findOperationByName(action) : undefined
  if (!model) {
    const shown = `Could not find operation ${action.slice(0, MAX_SHOWN)} for version ${version.slice(0, MAX_SHOWN)}`
    return stsError('InvalidAction', shown, requestId, 400)
  }
  const answer = await perform(model, Buffer.from(JSON.stringify(readForm(model, form))))
  const said: unknown = JSON.parse(answer.body)
  if (answer.status !== 200) {
    const { __type: code = '', message, Message } = said as Readonly<Record<string, string | undefined>>
    return toStsError(code, message ?? Message ?? '', requestId)
  }
  return {
    status: 200,
    body: `<${action}Response xmlns="${NAMESPACE}"><${action}Result>${writeAnswer(model, said)}</${action}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`,
  }
}

/** An error of the JSON protocol, as the token service says it. */
export function toStsError(code: string, text: string, requestId: string): StsAnswer {
  const known = CODES[code]
  return stsError(known?.code ?? code, text, requestId, known?.status ?? statusOf(code))
}

const stsError = (code: string, text: string, requestId: string, status: number): StsAnswer => ({
  status,
  body: `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type><Code>${toXml(code)}</Code><Message>${toXml(text)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
})
