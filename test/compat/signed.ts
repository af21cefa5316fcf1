import { connect } from 'node:net'
import { Sha256 } from '@aws-crypto/sha256-js'
import { HttpRequest } from '@smithy/protocol-http'
import { SignatureV4 } from '@smithy/signature-v4'
import type { TestController } from '../rig/controller.ts'

export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The members of the JSON body. */
  readonly json: Readonly<Record<string, unknown>>
}

/** Who signs, and where to. */
export type Signer = Pick<TestController, 'accessKeyId' | 'secretAccessKey' | 'region' | 'url'>

/** Headers as the SDKs send them, signed with the SDKs' own library. */
export async function signHeaders(
  controller: Signer,
  target: string | undefined,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Record<string, string>> {
  const { accessKeyId, secretAccessKey, region, url } = controller
  const credentials = { accessKeyId, secretAccessKey }
  const signer = new SignatureV4({ service: 'ssm', region, credentials, sha256: Sha256, applyChecksum: false })
  const signed = {
    host: new URL(url).host,
    'content-type': 'application/x-amz-json-1.1',
    ...(target === undefined ? {} : { 'x-amz-target': target }),
    ...headers,
  }
  return (await signer.sign(new HttpRequest({ method: 'POST', path: '/', headers: signed, body }))).headers
}

/** Sends a body under headers that fit it or not. */
export async function post(
  controller: Pick<Signer, 'url'>,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<Reply> {
  const response = await fetch(controller.url, { method: 'POST', headers, body })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: JSON.parse(text) }
}

/** A signed call whose body is any text. */
export async function postSigned(controller: Signer, target: string | undefined, body: string): Promise<Reply> {
  return post(controller, await signHeaders(controller, target, body), body)
}

/** Writes text to a connection as it is and reads until the controller closes it. */
export function exchangeRaw({ url }: TestController, text: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>()
  const { hostname, port } = new URL(url)
  const socket = connect({ host: hostname, port: Number(port) })
  let received = ''
  socket.setEncoding('utf8').on('data', (part: string) => (received += part))
  socket.on('error', () => {})
  socket.on('close', () => resolve(received))
  socket.write(text)
  return promise
}
