import { timingSafeEqual } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Clock } from '@muster/protocol/kit'
import type { Route, RouteAnswer } from '#api/route.ts'
import type { Sealer } from '#kit/seal.ts'
import type { Objects } from '#objects/index.ts'

const VALID_MS = 3_600_000
const PIECE_BYTES = 1024 * 1024

interface LinkDeps {
  readonly sealer: Pick<Sealer, 'mac'>
  readonly clock: Pick<Clock, 'now'>
}

/** Path and query under which one attachment can be had for an hour, by whoever was given it. */
export function attachmentPath({ sealer, clock }: LinkDeps, sha256: string): string {
  const expires = clock.now() + VALID_MS
  return `/attachments/${sha256}?expires=${expires}&signature=${signatureOf(sealer, sha256, expires).toString('hex')}`
}

const signatureOf = (sealer: Pick<Sealer, 'mac'>, sha256: string, expires: number): Buffer =>
  Buffer.from(sealer.mac('attachment', sha256, String(expires))).subarray(0, 32)

/** What GetDocument's URLs of attachments lead to. */
export const attachmentRoute = ({
  sealer,
  clock,
  attachments,
}: LinkDeps & { readonly attachments: Objects }): Route => ({
  method: 'GET',
  path: '/attachments/:sha256',
  async handle({ params, query }) {
    const sha256 = params['sha256'] ?? ''
    const expires = Number(query['expires'])
    const given = Buffer.from(query['signature'] ?? '', 'hex')
    const wanted = signatureOf(sealer, sha256, expires)
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return refused('The URL is not one of ours.')
    if (expires < clock.now()) return refused('The URL has expired: ask for the document again.')
    const length = await attachments.lengthOf(sha256)
    if (length === undefined) return refused('The attachment is gone.', 404)
    return {
      status: 200,
      headers: {
        'content-type': 'application/octet-stream',
        'content-length': String(length),
        'cache-control': 'private, max-age=3600, immutable',
      },
      body: Readable.from(piecesOf(attachments, sha256, length), { objectMode: false }),
    }
  },
})

async function* piecesOf(attachments: Objects, key: string, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < length; at += PIECE_BYTES) yield await attachments.read(key, at, PIECE_BYTES)
}

const refused = (message: string, status = 403): RouteAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ reason: status === 404 ? 'not-found' : 'refused', message }),
})
