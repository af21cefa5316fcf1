/** A plain HTTP route beside the API: enrolment, the agent's objects, health. */
export interface Route {
  readonly method: 'GET' | 'POST'
  /** Fastify path, for instance `/agent/objects/:sha256`. */
  readonly path: string
  readonly maxBodyBytes?: number
  handle(request: RouteRequest): Promise<RouteAnswer>
}

export interface RouteRequest {
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
  /** Peer address as the socket says it. */
  readonly source: string
  /** Origin that the client spoke to, for instance `https://10.0.0.1:8443`. */
  readonly origin: string
  readonly signal: AbortSignal
}

export interface RouteAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | NodeJS.ReadableStream
}
