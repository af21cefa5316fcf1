import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Authenticator } from './authenticate.ts'
import type { ApiDeps } from './deps.ts'
import { sourceOf } from './routes.ts'
import { ping } from './store.ts'

type HealthDeps = Pick<ApiDeps, 'db' | 'metrics' | 'notReady' | 'log'> & { readonly authenticator: Authenticator }

const LOOPBACK = /^(?:::ffff:)?127\.|^::1$/

/** Adds what orchestrators and monitoring ask: alive, ready, figures. */
export function addHealth(app: FastifyInstance, { db, metrics, notReady, log, authenticator }: HealthDeps): void {
  app.get('/healthz', async () => ({ status: 'alive' }))

  app.get('/readyz', async (request, reply) => {
    const problem =
      notReady?.() ??
      (await ping(db.read).then(
        () => undefined,
        (err: unknown) => {
          log.warn({ err, requestId: request.id }, 'the store does not answer')
          return 'the store does not answer'
        },
      ))
    return problem === undefined ? { status: 'ready' } : reply.status(503).send({ status: 'not ready', problem })
  })

  app.get('/metrics', async (request, reply) => {
    // Figures tell a lot about a fleet: free on the machine itself, with a token from elsewhere.
    if (!LOOPBACK.test(sourceOf(request))) await authenticator.bearer(authorizationOf(request), sourceOf(request))
    return reply.header('content-type', metrics.contentType).send(await metrics.text())
  })
}

const authorizationOf = (request: FastifyRequest): string | undefined => request.headers.authorization
