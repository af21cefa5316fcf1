/** What of a request a signature covers. Header names are lower case, as Node gives them. */
export interface SignedRequest {
  readonly method: string
  /** Path and query as they were sent. */
  readonly url: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
}

/** The one text of a request that client and server hash alike. */
export function canonicalRequest(request: SignedRequest, signedHeaders: string, bodyHash: string): string {
  const { method, url, headers } = request
  const at = url.indexOf('?')
  const path = canonicalPath(at < 0 ? url : url.slice(0, at))
  const query = at < 0 ? '' : canonicalQuery(url.slice(at + 1))
  return `${method}\n${path}\n${query}\n${headerLines(headers, signedHeaders)}\n${signedHeaders}\n${bodyHash}`
}

/** The path as every service but S3 signs it: dot segments resolved, then encoded once more. */
function canonicalPath(path: string): string {
  if (path === '/') return path
  const kept: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue
    if (segment === '..') kept.pop()
    else kept.push(encode(segment))
  }
  return `/${kept.join('/')}${kept.length > 0 && path.endsWith('/') ? '/' : ''}`
}

/** Each parameter decoded and encoded the one right way, sorted by name, then by value. */
function canonicalQuery(query: string): string {
  const pairs = query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): [string, string] => {
      const at = pair.indexOf('=')
      return at < 0 ? [recode(pair), ''] : [recode(pair.slice(0, at)), recode(pair.slice(at + 1))]
    })
  pairs.sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
  return pairs.map(([name, value]) => `${name}=${value}`).join('&')
}

/** One `name:value` line a signed header, in the order in which the client wrote their names. */
function headerLines(headers: SignedRequest['headers'], signedHeaders: string): string {
  let lines = ''
  for (const name of signedHeaders.split(';')) {
    const value = Object.hasOwn(headers, name) ? headers[name] : undefined
    lines += `${name}:${tidy(value ?? '')}\n`
  }
  return lines
}

function tidy(value: string): string {
  const text = /^[\x20-\x7e]*$/.test(value) ? value : fromWire(value)
  return /^\s|\s$|\s\s|\t/.test(text) ? text.trim().replace(/\s+/g, ' ') : text
}

/** Node reads header bytes as Latin-1; clients sign the UTF-8 that they wrote. */
const fromWire = (value: string): string => Buffer.from(value, 'latin1').toString()

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)

function recode(text: string): string {
  try {
    return encode(decodeURIComponent(text))
  } catch {
    return encode(text)
  }
}
