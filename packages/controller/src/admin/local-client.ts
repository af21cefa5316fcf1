import { type IncomingMessage, request as plainRequest } from 'node:http'
import { type RequestOptions, request as tlsRequest } from 'node:https'
import { type ClientAnswer, type ClientFetch, createClient } from '@muster/protocol/api'
import type { LocalAccess } from './local-access.ts'

/** The API's client as the local administrator; trusts the controller's own CA. */
export const createLocalClient = (access: LocalAccess) =>
  createClient({ endpoint: access.url, token: access.token, fetch: fetchTrusting(access.caPem) })

/** `fetch` for one origin whose certificate comes from `caPem`: the built-in one has no way to be told. */
function fetchTrusting(caPem: string | undefined): ClientFetch {
  return (url, { method, headers, body }) => {
    const send = url.startsWith('https:') ? tlsRequest : plainRequest
    const options: RequestOptions = { method, headers, agent: false, ...(caPem === undefined ? {} : { ca: caPem }) }
    return new Promise((resolve, reject) => {
      const sent = send(url, options, (answer) => collect(answer).then(resolve, reject))
      sent.on('error', reject)
      sent.end(body)
    })
  }
}

async function collect(answer: IncomingMessage): Promise<ClientAnswer> {
  const parts: Buffer[] = []
  for await (const part of answer as AsyncIterable<Buffer>) parts.push(part)
  const text = Buffer.concat(parts).toString('utf8')
  return {
    status: answer.statusCode ?? 500,
    headers: { get: (name) => String(answer.headers[name.toLowerCase()] ?? '') },
    text: async () => text,
  }
}
