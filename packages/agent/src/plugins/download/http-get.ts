import { randomBytes } from 'node:crypto'
import { type IncomingMessage, request as plainRequest } from 'node:http'
import { request as tlsRequest } from 'node:https'
import { getCACertificates } from 'node:tls'
import { checkHost, DownloadError, guardedLookup } from './address.ts'
import { answerDigest, type Credentials } from './digest.ts'

export interface GetOptions {
  readonly headers?: Readonly<Record<string, string>>
  readonly authMethod?: 'None' | 'Basic' | 'Digest'
  readonly credentials?: Credentials
  /** Plain http is refused without it, at the first address and at those that a redirect names. */
  readonly allowInsecure: boolean
  readonly allowLinkLocal: boolean
  /** In place of the authorities that this host trusts. */
  readonly caPem?: string
  /** Headers for one address, for instance a signature over it; in place of `headers` and credentials. */
  readonly sign?: (url: URL) => Readonly<Record<string, string>>
}

const MAX_REDIRECTS = 5
const IDLE_MS = 60_000
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/** Gets an address, over redirects; rejects with `DownloadError` unless the answer is one of 200. */
export async function httpGet(address: string, options: GetOptions): Promise<IncomingMessage> {
  const start = toUrl(address)
  let url = start
  let digest: string | undefined
  for (let redirects = 0; ; ) {
    checkScheme(url, options.allowInsecure)
    checkHost(url.hostname, options.allowLinkLocal)
    // What is secret is for the host that was named, not for those that it names.
    const headers = url.origin === start.origin ? headersFor(url, options, digest) : {}
    const answer = await send(url, headers, options)
    const { statusCode: status = 0, headers: said } = answer
    if (status === 200) return answer
    answer.resume()
    if (status === 401 && options.authMethod === 'Digest' && digest === undefined && url.origin === start.origin) {
      digest = digestFor(url, said['www-authenticate'], options.credentials)
      continue
    }
    if (!REDIRECTS.has(status) || said.location === undefined)
      throw new DownloadError(`${shown(url)} answered ${status} ${answer.statusMessage ?? ''}`.trimEnd())
    redirects += 1
    if (redirects > MAX_REDIRECTS) throw new DownloadError(`${shown(start)} redirects more than ${MAX_REDIRECTS} times`)
    digest = undefined
    url = toUrl(said.location, url)
  }
}

function toUrl(address: string, base?: URL): URL {
  if (!URL.canParse(address, base?.href)) throw new DownloadError(`"${address.slice(0, 200)}" is not a URL`)
  const url = new URL(address, base)
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new DownloadError(`"${url.protocol}" is not http: or https:`)
  return url
}

function checkScheme(url: URL, allowInsecure: boolean): void {
  if (url.protocol === 'http:' && !allowInsecure)
    throw new DownloadError(
      `Non secure URL provided and insecure download is not allowed (${shown(url)}). Provide a secure URL or set 'allowInsecureDownload' to true`,
    )
}

function headersFor(url: URL, { sign, headers, authMethod, credentials }: GetOptions, digest: string | undefined) {
  if (sign) return sign(url)
  if (digest !== undefined) return { ...headers, authorization: digest }
  if (authMethod !== 'Basic' || credentials === undefined) return headers ?? {}
  const word = Buffer.from(`${credentials.username}:${credentials.password}`, 'utf8').toString('base64')
  return { ...headers, authorization: `Basic ${word}` }
}

function digestFor(url: URL, challenge: string | undefined, credentials: Credentials | undefined): string {
  const cnonce = randomBytes(8).toString('hex')
  const request = { method: 'GET', uri: `${url.pathname}${url.search}`, cnonce }
  const answer = credentials && answerDigest(challenge ?? '', credentials, request)
  if (answer === undefined)
    throw new DownloadError(`${shown(url)} asks for no Digest authentication that is known here`)
  return answer
}

function send(
  url: URL,
  headers: Readonly<Record<string, string>>,
  { allowLinkLocal, caPem }: Pick<GetOptions, 'allowLinkLocal' | 'caPem'>,
): Promise<IncomingMessage> {
  const secure = url.protocol === 'https:'
  return new Promise((resolve, reject) => {
    const sent = (secure ? tlsRequest : plainRequest)(
      url,
      {
        headers: { 'user-agent': 'muster-agent', ...headers },
        lookup: guardedLookup(allowLinkLocal),
        timeout: IDLE_MS,
        agent: false,
        // An own CA stands in the system's store.
        ...(secure && { ca: caPem ?? [...getCACertificates('default'), ...getCACertificates('system')] }),
      },
      resolve,
    )
    sent.on('timeout', () => sent.destroy(new Error(`nothing came for ${IDLE_MS / 1000} seconds`)))
    sent.on('error', (cause) => {
      reject(cause instanceof DownloadError ? cause : new DownloadError(`${shown(url)}: ${cause.message}`, { cause }))
    })
    sent.end()
  })
}

/** An address as people may read it: what follows the path may be secret. */
export const shown = ({ origin, pathname }: URL): string => `${origin}${pathname}`
