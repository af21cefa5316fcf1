import { request as plainRequest, type RequestOptions } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { createClient } from '@muster/protocol/api'
import type { LocalAccess } from './local-access.ts'

/** The API's client as the local administrator; trusts the controller's own CA. */
export const createLocalClient = (access: LocalAccess) =>
  createClient({ endpoint: access.url, token: access.token, fetch: fetchTrusting(access.caPem) })

/** `fetch` for one origin whose certificate comes from `caPem`: the built-in one has no way to be told. */
function fetchTrusting(caPem: string | undefined): typeof fetch {
  return (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const headers = Object.fromEntries(new Headers(init.headers))
    const options: RequestOptions = { method: init.method ?? 'GET', headers, agent: false }
    return new Promise((resolve, reject) => {
      const send = url.protocol === 'https:' ? tlsRequest : plainRequest
      const sent = send(url, { ...options, ...(caPem === undefined ? {} : { ca: caPem }) }, async (answer) => {
        const parts: Buffer[] = []
        for await (const part of answer as AsyncIterable<Buffer>) parts.push(part)
        const pairs = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)])
        resolve(new Response(Buffer.concat(parts), { status: answer.statusCode ?? 500, headers: pairs }))
      })
      sent.on('error', reject)
      sent.end(typeof init.body === 'string' ? init.body : undefined)
    })
  }
}
