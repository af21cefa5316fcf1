import { createHash } from 'node:crypto'

export interface Credentials {
  readonly username: string
  readonly password: string
}

const ALGORITHMS: Readonly<Record<string, string>> = { MD5: 'md5', 'SHA-256': 'sha256' }

/** The answer to a Digest challenge (RFC 7616); undefined when it asks for what is not known here. */
export function answerDigest(
  challenge: string,
  { username, password }: Credentials,
  request: { readonly method: string; readonly uri: string; readonly cnonce: string },
): string | undefined {
  const fields = readChallenge(challenge)
  if (fields === undefined) return undefined
  const { realm = '', nonce = '', opaque, algorithm = 'MD5' } = fields
  const name = ALGORITHMS[algorithm.toUpperCase().replace(/-SESS$/, '')]
  const qops = fields['qop']?.split(',').map((each) => each.trim().toLowerCase())
  if (name === undefined || (qops !== undefined && !qops.includes('auth'))) return undefined
  const hash = (text: string): string => createHash(name).update(text).digest('hex')
  const { method, uri, cnonce } = request
  const plain = hash(`${username}:${realm}:${password}`)
  const secret = /-sess$/i.test(algorithm) ? hash(`${plain}:${nonce}:${cnonce}`) : plain
  const nc = '00000001'
  const what = hash(`${method}:${uri}`)
  const response = hash(qops ? `${secret}:${nonce}:${nc}:${cnonce}:auth:${what}` : `${secret}:${nonce}:${what}`)
  const quoted = {
    username,
    realm,
    nonce,
    uri,
    ...(qops && { cnonce }),
    response,
    ...(opaque !== undefined && { opaque }),
  }
  const words = Object.entries(quoted).map(([key, value]) => `${key}="${value.replaceAll(/["\\]/g, '\\$&')}"`)
  return `Digest ${[...words, `algorithm=${algorithm}`, ...(qops ? ['qop=auth', `nc=${nc}`] : [])].join(', ')}`
}

/** The fields of the first Digest challenge in a WWW-Authenticate header. */
function readChallenge(header: string): Readonly<Record<string, string>> | undefined {
  const [, rest] = /(?:^|,)\s*Digest\s+(.*)$/is.exec(header) ?? []
  if (rest === undefined) return undefined
  const found = rest.matchAll(/([a-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/gi)
  return Object.fromEntries(
    [...found].map(([, key = '', quoted, bare = '']) => [
      key.toLowerCase(),
      quoted?.replaceAll(/\\(.)/g, '$1') ?? bare,
    ]),
  )
}
