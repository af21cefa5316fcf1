import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Route } from './route.ts'

/** Address of the peer, as the socket says it; no forwarding header is believed. */
export const sourceOf = (request: FastifyRequest): string => request.raw.socket.remoteAddress ?? ''

/** Adds the slices' plain routes. */
export function addRoutes(app: FastifyInstance, routes: readonly Route[]): void {
  for (const { method, path, maxBodyBytes, handle } of routes) {
    app.route({
      method,
      url: path,
      ...(maxBodyBytes === undefined ? {} : { bodyLimit: maxBodyBytes }),
      async handler(request, reply) {
        const gone = new AbortController()
        reply.raw.once('close', () => reply.raw.writableFinished || gone.abort())
        const encrypted = 'encrypted' in request.raw.socket
        const answer = await handle({
          params: request.params as Record<string, string>,
          query: request.query as Record<string, string>,
          headers: request.headers,
          body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
          source: sourceOf(request),
          origin: `${encrypted ? 'https' : 'http'}://${request.headers.host ?? ''}`,
          signal: gone.signal,
        })
        return reply
          .status(answer.status)
          .headers(answer.headers ?? {})
          .send(answer.body ?? '')
      },
    })
  }
}
