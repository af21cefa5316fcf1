import { models, type Shape } from './model.ts'

/** An error that every operation may answer and the model of most does not list. */
export interface GenericError {
  readonly status: number
  /** The text where it is always the same; `<…>` stands for what changes. */
  readonly text: string
  readonly when: string
}

const error = (text: string, when: string, status = 400): GenericError => ({ status, text, when })

/** The errors outside the model, with the texts that AWS's endpoints give where those are known. */
export const genericErrors = {
  MissingAuthenticationTokenException: error('Missing Authentication Token', 'The request is not signed.'),
  IncompleteSignatureException: error(
    "Authorization header requires '<part>' parameter.",
    'The Authorization header lacks a part or cannot be read.',
  ),
  UnrecognizedClientException: error(
    'The security token included in the request is invalid.',
    'The access key or session token is not known.',
  ),
  InvalidSignatureException: error(
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    'The signature is wrong, out of its five minutes, or made for another region or service.',
  ),
  ExpiredTokenException: error(
    'The security token included in the request is expired',
    'Temporary credentials have run out.',
  ),
  AccessDeniedException: error(
    'User: <arn> is not authorized to perform: <action> on resource: <arn> because no identity-based policy allows the <action> action',
    'The caller is known but no policy allows the action, or one denies it.',
  ),
  ThrottlingException: error('Rate exceeded', 'The caller sent more requests than its rate allows.'),
  UnknownOperationException: error(
    'The operation is not known.',
    'The request names no operation, an unknown one, or one that is not built yet.',
  ),
  SerializationException: error(
    'The request is not valid JSON.',
    'The body is not JSON, or a value does not have the JSON type that the model asks for.',
  ),
  ValidationException: error(
    "1 validation error detected: Value '<value>' at '<member>' failed to satisfy constraint: <constraint>",
    'A value breaks a limit of the model.',
  ),
  RequestEntityTooLargeException: error('The request body is too large.', 'The body is larger than the limit.', 413),
  InternalServerError: error(
    'Internal error; the log of the controller names it under the request id.',
    'A mistake in Muster; it is in the log under the same request id.',
    500,
  ),
  ServiceUnavailable: error(
    'The service is unavailable. Try again.',
    'The controller is starting, stopping or full.',
    503,
  ),
} as const satisfies Readonly<Record<string, GenericError>>

export type GenericErrorCode = keyof typeof genericErrors

/** The texts of InvalidSignatureException and IncompleteSignatureException; times are those of the header (20261124T120000Z). */
export const signatureTexts = {
  mismatch: genericErrors.InvalidSignatureException.text,
  region: 'Credential should be scoped to a valid region. ',
  service: (service: string) => `Credential should be scoped to correct service: '${service}'. `,
  expired: (signed: string, earliest: string, now: string) =>
    `Signature expired: ${signed} is now earlier than ${earliest} (${now} - 5 min.)`,
  early: (signed: string, latest: string, now: string) =>
    `Signature not yet current: ${signed} is still later than ${latest} (${now} + 5 min.)`,
  missing: (part: string) => `Authorization header requires '${part}' parameter.`,
} as const

/** An error shape of the model: which member carries the text (none in some), and what else it has. */
export interface ErrorShape {
  readonly code: string
  readonly textMember: 'message' | 'Message' | undefined
  readonly otherMembers: readonly string[]
}

/** Every error shape of both models by its code. */
export const errorShapes: ReadonlyMap<string, ErrorShape> = new Map(
  models.flatMap(({ shapes }) =>
    [...shapes].filter(([, shape]) => shape.exception).map(([code, shape]) => [code, toErrorShape(code, shape)]),
  ),
)

function toErrorShape(code: string, shape: Shape): ErrorShape {
  const members = Object.keys(shape.members ?? {})
  const textMember = (['message', 'Message'] as const).find((name) => members.includes(name))
  const otherMembers = members.filter((name) => name !== textMember)
  return { code, textMember, otherMembers }
}

/** The JSON body of an error answer, its text in the member that the model has for this code. */
export function errorBody(code: string, text: string, members: Readonly<Record<string, unknown>> = {}) {
  const shape = errorShapes.get(code)
  const textMember = shape ? shape.textMember : 'message'
  const body: Record<string, unknown> = { __type: code, ...members }
  if (textMember !== undefined) body[textMember] = text
  return body
}

/** The HTTP status of an error answer: 400 unless the code says that the fault is not the caller's. */
export function statusOf(code: string): number {
  return Object.hasOwn(genericErrors, code) ? genericErrors[code as GenericErrorCode].status : 400
}
