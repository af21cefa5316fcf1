import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as it came, header names as they were written. */
export interface Relayed {
  readonly method: string
  readonly path: string
  /** Name, value, name, value. */
  readonly headers: readonly string[]
  readonly body: Buffer
}

export interface Answer {
  readonly status: number
  readonly headers: readonly string[]
  readonly body: Buffer
}

/** What happens to a request on its way; `cut` closes the client's connection without an answer. */
export type Handle = (request: Relayed, send: (request: Relayed) => Promise<Answer>) => Promise<Answer | 'cut'>

export interface Relay extends AsyncDisposable {
  readonly url: string
  /** Every request that clients sent, oldest first. */
  readonly requests: readonly Relayed[]
}

/** Stands between a client and the controller, as a network that loses, repeats or alters things would. */
export async function startRelay(target: string, handle: Handle): Promise<Relay> {
  const requests: Relayed[] = []
  const server = createServer(async (request, response) => {
    const relayed: Relayed = {
      method: request.method ?? 'POST',
      path: request.url ?? '/',
      headers: request.rawHeaders,
      body: await read(request),
    }
    requests.push(relayed)
    const answer = await handle(relayed, (toSend) => exchange(target, toSend))
    if (answer === 'cut') request.socket.destroy()
    else response.writeHead(answer.status, [...answer.headers]).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The value of a header. */
export function headerOf({ headers }: Relayed, name: string): string | undefined {
  const at = headers.findIndex((header, index) => index % 2 === 0 && header.toLowerCase() === name)
  return at < 0 ? undefined : headers[at + 1]
}

/** The same request with another value of a header. */
export function withHeader(request: Relayed, name: string, value: string): Relayed {
  const headers = request.headers.map((header, index, all) =>
    index % 2 === 1 && all[index - 1]?.toLowerCase() === name ? value : header,
  )
  return { ...request, headers }
}

async function read(stream: AsyncIterable<unknown>): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

function exchange(target: string, { method, path, headers, body }: Relayed): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(new URL(path, target), { method, headers: [...headers], agent: false })
    sent.on('error', reject)
    sent.on('response', async (answer) =>
      resolve({
        status: answer.statusCode ?? 0,
        headers: withoutFraming(answer.rawHeaders),
        body: await read(answer),
      }),
    )
    sent.end(body)
  })
}

/** How a connection lives and how long a body is are said by each end of the relay for itself. */
function withoutFraming(headers: readonly string[]): string[] {
  return headers.filter(
    (_header, index) => !/^(connection|keep-alive|transfer-encoding|content-length)$/i.test(headers[index & ~1] ?? ''),
  )
}
