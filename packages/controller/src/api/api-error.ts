/** Codes that any operation may answer although no model lists them. */
export type GenericCode =
  | 'AccessDeniedException'
  | 'ExpiredTokenException'
  | 'IncompleteSignatureException'
  | 'InternalServerError'
  | 'InvalidSignatureException'
  | 'MissingAuthenticationTokenException'
  | 'RequestEntityTooLargeException'
  | 'SerializationException'
  | 'ServiceUnavailable'
  | 'ThrottlingException'
  | 'UnknownOperationException'
  | 'UnrecognizedClientException'
  | 'ValidationException'

/** An answer that is an error: a code of the model with a text that is safe to show. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: string
  readonly members: Record<string, unknown>

  constructor(code: string, text = '', members: Record<string, unknown> = {}) {
    super(text)
    this.code = code
    this.members = members
  }
}
