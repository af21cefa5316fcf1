import { createHash, createHmac } from 'node:crypto'
import { join } from 'node:path'
import { DownloadError } from './address.ts'
import { nameIn } from './destination.ts'
import { type GetOptions, httpGet } from './http-get.ts'
import { type Allowance, saveFile } from './save.ts'

export interface S3Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
}

export interface S3Options extends Pick<GetOptions, 'allowLinkLocal'> {
  /** Without them the request is not signed. */
  readonly keys: S3Keys | undefined
  readonly now: () => Date
}

/** An object or a folder of a bucket. */
export interface S3Place {
  readonly origin: string
  readonly bucketPath: string
  readonly key: string
  readonly region: string
}

const MAX_OBJECTS = 5_000

/** Reads an address of S3: `https://BUCKET.s3.REGION.amazonaws.com/KEY`, `https://s3.REGION.amazonaws.com/BUCKET/KEY`, or any `https://HOST/BUCKET/KEY`. */
export function readS3Url(path: string, endpoint: string | undefined): S3Place {
  if (!URL.canParse(path))
    throw new DownloadError(`path must be the https:// address of an object, not "${path.slice(0, 200)}"`)
  const url = new URL(path)
  const [, virtual, named] =
    /^(?:(.+)\.)?s3[.-](?:dualstack\.)?(?:([a-z0-9-]+)\.)?amazonaws\.com(?:\.cn)?$/.exec(url.hostname) ?? []
  const [first = '', ...rest] = url.pathname.slice(1).split('/').map(decodePart)
  const [bucket, key] = virtual === undefined ? [first, rest.join('/')] : [virtual, [first, ...rest].join('/')]
  if (bucket === '' || key === '') throw new DownloadError(`${url.origin}${url.pathname} names no object`)
  const region = named ?? 'us-east-1'
  if (endpoint !== undefined) return { origin: endpoint.replace(/\/+$/, ''), bucketPath: `/${bucket}`, key, region }
  return { origin: url.origin, bucketPath: virtual === undefined ? `/${bucket}` : '', key, region }
}

/** Brings an object, or all below an address that ends in `/`; answers the paths that were written. */
export async function getS3(
  place: S3Place,
  options: S3Options,
  allowance: Allowance,
  target: { readonly folder: string; readonly fileFor: (name: string) => Promise<string> },
): Promise<readonly string[]> {
  if (!place.key.endsWith('/')) {
    const file = await target.fileFor(nameIn(place.key))
    await saveFile(file, await get(place, objectPath(place, place.key), options), allowance)
    return [file]
  }
  const written: string[] = []
  for (const key of await listKeys(place, options)) {
    const parts = key.slice(place.key.length).split('/')
    if (parts.some((part) => part === '' || part === '.' || part === '..' || /[\\\0]/.test(part))) {
      if (key.endsWith('/')) continue
      throw new DownloadError(`the object ${key} has no name that a file can have`)
    }
    const file = join(target.folder, ...parts)
    await saveFile(file, await get(place, objectPath(place, key), options), allowance)
    written.push(file)
  }
  if (written.length === 0)
    throw new DownloadError(`there is no object below ${place.origin}${place.bucketPath}/${place.key}`)
  return written
}

async function listKeys(place: S3Place, options: S3Options): Promise<readonly string[]> {
  const keys: string[] = []
  for (let token: string | undefined; ; ) {
    const query = [
      ...(token === undefined ? [] : [['continuation-token', token]]),
      ...[
        ['encoding-type', 'url'],
        ['list-type', '2'],
        ['prefix', place.key],
      ],
    ].map((pair) => pair.map(encode).join('='))
    const answer = await get(place, `${place.bucketPath || ''}/?${query.join('&')}`, options)
    const parts: Buffer[] = []
    for await (const part of answer as AsyncIterable<Buffer>) parts.push(part)
    const text = Buffer.concat(parts).toString('utf8')
    for (const [, key = ''] of text.matchAll(/<Key>([^<]*)<\/Key>/g))
      keys.push(decodePart(fromXml(key).replaceAll('+', ' ')))
    if (keys.length > MAX_OBJECTS)
      throw new DownloadError(`there are more than ${MAX_OBJECTS} objects below ${place.key}`)
    const [, next] = /<NextContinuationToken>([^<]*)</.exec(text) ?? []
    if (next === undefined) return keys
    token = fromXml(next)
  }
}

const objectPath = ({ bucketPath }: S3Place, key: string): string =>
  `${bucketPath}/${key.split('/').map(encode).join('/')}`

function get({ origin, region }: S3Place, path: string, { keys, now, allowLinkLocal }: S3Options) {
  const allowInsecure = origin.startsWith('http:')
  const sign = keys && ((url: URL) => signGet(url, keys, region, now()))
  return httpGet(`${origin}${path}`, { allowInsecure, allowLinkLocal, ...(sign && { sign }) })
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
const NO_BODY = sha256('')

/** Headers of a GET with Signature Version 4, for the service s3. */
export function signGet(url: URL, keys: S3Keys, region: string, at: Date): Readonly<Record<string, string>> {
  const time = at.toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const date = time.slice(0, 8)
  const scope = `${date}/${region}/s3/aws4_request`
  const { sessionToken } = keys
  const headers: Record<string, string> = {
    host: url.host,
    'x-amz-content-sha256': NO_BODY,
    'x-amz-date': time,
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
  }
  const names = Object.keys(headers).sort()
  const query = [...url.searchParams].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort()
  const canonical = [
    'GET',
    url.pathname,
    query.join('&'),
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    NO_BODY,
  ]
  const what = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical.join('\n'))].join('\n')
  const key = [region, 's3', 'aws4_request'].reduce(hmac, hmac(`AWS4${keys.secretAccessKey}`, date))
  const signature = hmac(key, what).toString('hex')
  const { host: _host, ...sent } = headers
  return {
    ...sent,
    authorization: `AWS4-HMAC-SHA256 Credential=${keys.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  }
}

/** The default profile of a file of shared credentials, as the AWS CLI writes it. */
export function readSharedCredentials(text: string): S3Keys | undefined {
  let isDefault = false
  const found: Record<string, string> = {}
  for (const line of text.split(/\r?\n/)) {
    const [, section] = /^\s*\[\s*([^\]]*?)\s*\]/.exec(line) ?? []
    if (section !== undefined) isDefault = section === 'default'
    const [, name, value] = /^\s*([a-z_]+)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (isDefault && name !== undefined && value !== undefined) found[name] = value
  }
  const {
    aws_access_key_id: accessKeyId,
    aws_secret_access_key: secretAccessKey,
    aws_session_token: sessionToken,
  } = found
  return accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey, sessionToken } : undefined
}

const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const fromXml = (text: string): string =>
  text.replaceAll(/&(amp|lt|gt|quot|apos);/g, (_all, name: string) => ENTITIES[name] ?? '')
