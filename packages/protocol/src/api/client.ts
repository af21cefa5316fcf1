import type { OperationName, Operations } from './operations.generated.ts'

/** What a client needs of the answer to a fetch. */
export interface ClientAnswer {
  readonly status: number
  readonly headers: { get(name: string): string | null }
  text(): Promise<string>
}

/** The part of the platform's fetch that a client uses. */
export type ClientFetch = (url: string, init: ClientRequest) => Promise<ClientAnswer>

interface ClientRequest {
  method: 'POST'
  headers: Record<string, string>
  body: string
  signal?: AbortSignal
}

/** Where a client sends its calls and, outside a browser's sign-in, the bearer token it shows. */
export interface ClientOptions {
  readonly fetch: ClientFetch
  readonly endpoint: string
  readonly token?: string
}

/** Calls an operation by its bare name, typed by the model: `await call('ListCommands', { MaxResults: 10 })`. */
export type Client = <Name extends OperationName>(
  name: Name,
  input: Operations[Name]['input'],
  options?: { readonly signal?: AbortSignal },
) => Promise<Operations[Name]['output']>

/** The service refused a call, or what answered was not the service (`code` is then `UnreadableAnswer`). */
export class ApiClientError extends Error {
  override readonly name = 'ApiClientError'
  readonly code: string
  readonly text: string
  readonly requestId: string | undefined
  readonly status: number

  constructor(facts: { code: string; text: string; requestId: string | undefined; status: number }) {
    super(facts.text === '' ? facts.code : `${facts.code}: ${facts.text}`)
    this.code = facts.code
    this.text = facts.text
    this.requestId = facts.requestId
    this.status = facts.status
  }
}

/** Makes a client of `POST /api/<Operation>`; a connection that fails rejects with fetch's own error. */
export function createClient({ fetch, endpoint, token }: ClientOptions): Client {
  const base = endpoint.replace(/\/+$/, '')
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (token !== undefined) headers['authorization'] = `Bearer ${token}`
  return async (name, input, options) => {
    const request: ClientRequest = { method: 'POST', headers, body: JSON.stringify(input) }
    if (options?.signal) request.signal = options.signal
    const answer = await fetch(`${base}/api/${name}`, request)
    return read(answer, await answer.text())
  }
}

// The one place that trusts the service to answer in the shape of the operation; its tests check every answer.
function read<Output>({ status, headers }: ClientAnswer, text: string): Output {
  const requestId = headers.get('x-amzn-requestid') ?? undefined
  const body = parseObject(text)
  if (body === undefined) {
    throw new ApiClientError({
      code: 'UnreadableAnswer',
      text: `HTTP ${status} without a JSON object`,
      requestId,
      status,
    })
  }
  if (status === 200) return body as Output
  throw new ApiClientError({ code: codeIn(body['__type']), text: textIn(body), requestId, status })
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = text === '' ? {} : JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}

// As the SDKs do: `com.amazonaws.ssm#InvalidDocument:http://…` is InvalidDocument.
function codeIn(type: unknown): string {
  const code = typeof type === 'string' ? type.replace(/^.*#/, '').replace(/:.*$/, '') : ''
  return code === '' ? 'UnknownError' : code
}

function textIn(body: Record<string, unknown>): string {
  const text = body['message'] ?? body['Message']
  return typeof text === 'string' ? text : ''
}
