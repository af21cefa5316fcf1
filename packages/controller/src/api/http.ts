import type { IncomingMessage, ServerResponse } from 'node:http'
import { errorBody, findOperation, findOperationByName, statusOf } from '@muster/protocol/api'
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import { ApiError } from './api-error.ts'
import type { Authenticator } from './authenticate.ts'
import type { SignedRequest } from './canonical-request.ts'
import type { ApiDeps, Principal } from './deps.ts'
import { addHealth } from './health.ts'
import { createBodyBudget } from './limits/index.ts'
import { openApiRoute } from './openapi-route.ts'
import type { Call, Pipeline } from './pipeline.ts'
import { addRoutes, sourceOf } from './routes.ts'
import { answerSts, isQuery, toStsError } from './sts.ts'

export interface HttpDeps extends ApiDeps {
  readonly authenticator: Authenticator
  readonly pipeline: Pipeline
}

export interface Http {
  ready(): Promise<void>
  handle(request: IncomingMessage, response: ServerResponse): void
  close(): Promise<void>
}

const JSON_TYPE = 'application/x-amz-json-1.1'
const MAX_BODY_BYTES = 1024 * 1024
const MAX_BODIES_BYTES = 256 * MAX_BODY_BYTES
/** A refused body up to this size is read to its end, so that the client gets to read why it was refused. */
const MAX_DISCARDED_BYTES = 64 * 1024 * 1024

/** Makes the HTTP side of the API. */
export function createHttp(deps: HttpDeps): Http {
  const budget = createBodyBudget(deps.bodiesBytes ?? MAX_BODIES_BYTES, MAX_BODY_BYTES)
  const app = fastify({
    bodyLimit: MAX_BODY_BYTES,
    genReqId: () => deps.ids.uuid(),
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 256 },
  })
  // Every body is bytes first: a signature covers bytes, and so does a hash.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-amzn-RequestId', request.id)
    done(repeatedHeader(request.raw.rawHeaders) ?? (budget.admit(request.raw, reply.raw) ? undefined : noRoom()))
  })
  app.setErrorHandler((error, request, reply) => sendFailure(error, request, reply, deps))
  app.setNotFoundHandler((_request, reply) => reply.status(404).send({ message: 'There is nothing here.' }))

  addSigned(app, deps)
  addBearer(app, deps)
  addHealth(app, deps)
  addRoutes(app, [openApiRoute(deps.operations), ...deps.routes])
  return {
    ready: async () => void (await app.ready()),
    handle: (request, response) => app.routing(request, response),
    close: () => app.close(),
  }
}

function addSigned(app: FastifyInstance, { authenticator, pipeline }: HttpDeps): void {
  app.post('/', async (request, reply) => {
    const signed = signedRequest(request)
    if (isQuery(signed.headers['content-type'])) return sendSts(request, reply, signed, { authenticator, pipeline })
    const principal = await authenticator.signed(signed, 'ssm', sourceOf(request))
    const model = findOperation(signed.headers['x-amz-target'] ?? '')
    const { status, body } = await pipeline.run(callOf(request, reply, principal, model, signed.body))
    return sendJson(reply, status, body)
  })
}

function addBearer(app: FastifyInstance, { authenticator, pipeline, operations, home }: HttpDeps): void {
  const open = new Set<string>(operations.filter((operation) => operation.open).map(({ name }) => name))
  const anyone = anonymous(home)
  app.post<{ Params: { operation: string } }>('/api/:operation', async (request, reply) => {
    const principal = open.has(request.params.operation)
      ? anyone
      : await authenticator.bearer(request.headers.authorization, sourceOf(request))
    const model = findOperationByName(request.params.operation)
    const { status, body } = await pipeline.run(callOf(request, reply, principal, model, bodyOf(request)))
    return sendJson(reply, status, body)
  })
}

/** Who has not said who it is. */
const anonymous = ({ accountId }: HttpDeps['home']): Principal => ({
  ...{ kind: 'user', id: 'anonymous', arn: `arn:aws:iam::${accountId}:anonymous`, accountId },
})

async function sendSts(
  request: FastifyRequest,
  reply: FastifyReply,
  signed: SignedRequest,
  { authenticator, pipeline }: Pick<HttpDeps, 'authenticator' | 'pipeline'>,
): Promise<FastifyReply> {
  const answer = await authenticator.signed(signed, 'sts', sourceOf(request)).then(
    (principal) =>
      answerSts(signed.body, request.id, (model, input) =>
        pipeline.run(callOf(request, reply, principal, model, input)),
      ),
    (error: unknown) => {
      if (!(error instanceof ApiError)) throw error
      return toStsError(error.code, error.message, request.id)
    },
  )
  return reply.status(answer.status).header('content-type', 'text/xml').send(answer.body)
}

function callOf(
  request: FastifyRequest,
  reply: FastifyReply,
  principal: Principal,
  model: Call['model'],
  body: Uint8Array,
): Call {
  const invocationId = request.headers['amz-sdk-invocation-id']
  const userAgent = request.headers['user-agent']
  const secure = request.protocol === 'https'
  return {
    caller: { ...principal, source: sourceOf(request), secure, ...(userAgent !== undefined && { userAgent }) },
    model,
    body,
    requestId: request.id,
    invocationId: typeof invocationId === 'string' ? invocationId : undefined,
    onGone: (end) => reply.raw.once('close', () => reply.raw.writableFinished || end()),
  }
}

function sendFailure(error: unknown, request: FastifyRequest, reply: FastifyReply, { log }: HttpDeps): FastifyReply {
  const known = error instanceof ApiError ? error : fromFastify(error, request, reply)
  if (known.code === 'InternalServerError')
    log.error({ err: error, requestId: request.id, route: request.routeOptions.url }, 'request failed')
  return sendJson(reply, statusOf(known.code), JSON.stringify(errorBody(known.code, known.message, known.members)))
}

/** As bytes, since fastify adds a charset to JSON text, which the protocol's content type does not have. */
const sendJson = (reply: FastifyReply, status: number, body: string): FastifyReply =>
  reply.status(status).header('content-type', JSON_TYPE).send(Buffer.from(body))

function fromFastify(error: unknown, request: FastifyRequest, reply: FastifyReply): ApiError {
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500
  if (status === 413) {
    const declared = Number(request.headers['content-length'] ?? Number.NaN)
    if (declared <= MAX_DISCARDED_BYTES) reply.header('connection', 'keep-alive')
    return new ApiError('RequestEntityTooLargeException', 'The request body is larger than this route takes.')
  }
  if (typeof status === 'number' && status < 500)
    return new ApiError('SerializationException', 'The request could not be read.')
  return new ApiError(
    'InternalServerError',
    `The request could not be completed. The log has the reason under ${request.id}.`,
  )
}

const noRoom = (): ApiError =>
  new ApiError('ServiceUnavailable', 'The controller is full: too much is being received. Try again.')

/** Node keeps the first of two such headers; a proxy in front may have looked at the second. */
function repeatedHeader(rawHeaders: readonly string[]): ApiError | undefined {
  let authorizations = 0
  let hosts = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string
    if (name.length === 13 && name.toLowerCase() === 'authorization') authorizations++
    else if (name.length === 4 && name.toLowerCase() === 'host') hosts++
  }
  if (authorizations < 2 && hosts < 2) return undefined
  return new ApiError('IncompleteSignatureException', 'The request has a header twice that may be there only once.')
}

const signedRequest = (request: FastifyRequest): SignedRequest => ({
  method: request.method,
  url: request.url,
  headers: request.headers as SignedRequest['headers'],
  body: bodyOf(request),
})

const NO_BODY = Buffer.alloc(0)
const bodyOf = ({ body }: FastifyRequest): Buffer => (Buffer.isBuffer(body) ? body : NO_BODY)
