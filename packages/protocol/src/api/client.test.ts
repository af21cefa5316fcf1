import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { ApiClientError, createClient } from './client.ts'
import type { Operations } from './operations.generated.ts'

interface Reply {
  status: number
  body: string
}

async function serve(reply: Reply) {
  const seen: { request: IncomingMessage; body: string }[] = []
  const server = createServer(async (request, response) => {
    seen.push({ request, body: await text(request) })
    response.writeHead(reply.status, { 'x-amzn-requestid': 'request-1' }).end(reply.body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return {
    seen,
    call: createClient({ fetch, endpoint, token: 'secret' }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )

describe('createClient', () => {
  it('posts the input to the operation with the token and answers the output', async () => {
    await using service = await serve({ status: 200, body: '{"Commands":[],"NextToken":"n"}' })
    const output: Operations['ListCommands']['output'] = await service.call('ListCommands', { MaxResults: 10 })
    expect(output).toEqual({ Commands: [], NextToken: 'n' })
    expect(
      service.seen.map(({ request, body }) => [request.method, request.url, request.headers.authorization, body]),
    ).toEqual([['POST', '/api/ListCommands', 'Bearer secret', '{"MaxResults":10}']])
  })

  it('takes an empty body as an empty output', async () => {
    await using service = await serve({ status: 200, body: '' })
    expect(await service.call('CancelCommand', { CommandId: 'c' })).toEqual({})
  })

  it.each([
    [
      '{"__type":"InvalidDocument","Message":"No such document."}',
      'InvalidDocument',
      'No such document.',
      'InvalidDocument: No such document.',
    ],
    ['{"__type":"com.amazonaws.ssm#InvalidKeyId:http://x/","message":"k"}', 'InvalidKeyId', 'k', 'InvalidKeyId: k'],
    ['{"__type":"InvalidCommandId"}', 'InvalidCommandId', '', 'InvalidCommandId'],
    ['{}', 'UnknownError', '', 'UnknownError'],
  ])('throws code and text of the answer %s', async (body, code, text, message) => {
    await using service = await serve({ status: 400, body })
    const error = await failure(service.call('SendCommand', { DocumentName: 'd' }))
    expect(error).toBeInstanceOf(ApiClientError)
    expect(error).toMatchObject({ code, text, message, requestId: 'request-1', status: 400 })
  })

  it.each([
    [502, '<html>Bad gateway</html>'],
    [200, '[]'],
    [200, 'null'],
  ])('says that an answer of HTTP %i is unreadable when it is %s', async (status, body) => {
    await using service = await serve({ status, body })
    const error = await failure(service.call('ListCommands', {}))
    expect(error).toMatchObject({ code: 'UnreadableAnswer', text: `HTTP ${status} without a JSON object`, status })
  })

  it('stops when its signal fires', async () => {
    await using service = await serve({ status: 200, body: '{}' })
    const error = await failure(service.call('ListCommands', {}, { signal: AbortSignal.abort(new Error('gone')) }))
    expect(error).toMatchObject({ message: 'gone' })
  })

  it('refuses inputs and names that the model does not have, at compile time', () => {
    const call = createClient({ fetch, endpoint: 'http://127.0.0.1:1' })
    const wrong = () => [
      // @ts-expect-error the document's name is required
      call('SendCommand', {}),
      // @ts-expect-error no such operation
      call('SendCommands', { DocumentName: 'd' }),
      // @ts-expect-error a stream is stdout or stderr
      call('GetOutput', { CommandId: 'c', InstanceId: 'i', Stream: 'stdin' }),
    ]
    expect(wrong).toBeTypeOf('function')
  })
})
