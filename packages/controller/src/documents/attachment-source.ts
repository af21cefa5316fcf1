import type { AttachmentsSource } from '@muster/protocol/api'
import type { BucketObject } from '#objects/index.ts'

/** One file that a request wants attached: an object of a bucket, or a file of another version. */
export type WantedFile =
  | { readonly kind: 'object'; readonly place: string; readonly name: string; readonly object: BucketObject }
  | ({ readonly kind: 'reference'; readonly place: string; readonly name: string } & AttachmentReference)

export interface AttachmentReference {
  /** Name or ARN of the document. */
  readonly document: string
  readonly version: string
  readonly attachment: string
}

const NAME = /^[a-zA-Z0-9_\-.]{3,128}$/

/**
 * Reads the sources of a request; a SourceUrl is a folder, from which the files come that the content names.
 * Answers what is wrong, with its place, where it cannot.
 */
export function readSources(
  sources: readonly AttachmentsSource[],
  files: ReadonlySet<string>,
): readonly WantedFile[] | string {
  const wanted: WantedFile[] = []
  for (const [index, source] of sources.entries()) {
    const read = readSource(`Attachments[${index}]`, source, files)
    if (typeof read === 'string') return read
    wanted.push(...read)
  }
  const names = new Set<string>()
  for (const { place, name } of wanted) {
    if (!NAME.test(name)) return `${place}: the name ${name} must be 3 to 128 letters, digits or _ - .`
    if (names.has(name)) return `${place}: a file with the name ${name} is attached already.`
    names.add(name)
  }
  return wanted
}

function readSource(
  place: string,
  { Key, Values = [], Name }: AttachmentsSource,
  files: ReadonlySet<string>,
): readonly WantedFile[] | string {
  const [value] = Values
  if (Key === undefined || value === undefined) return `${place} must have Key and one of Values.`
  if (Key === 'AttachmentReference') {
    const reference = readReference(value)
    if (!reference) return `${place}: an AttachmentReference is DOCUMENT/VERSION/FILE.`
    return [{ kind: 'reference', place, name: Name ?? reference.attachment, ...reference }]
  }
  const object = readObjectUrl(value)
  if (!object) return `${place}: ${Key} must be an URL of S3, such as s3://BUCKET/KEY.`
  if (Key === 'S3FileUrl') {
    if (object.key === '') return `${place}: an S3FileUrl names one file: s3://BUCKET/KEY.`
    return [{ kind: 'object', place, name: Name ?? object.key.split('/').at(-1) ?? '', object }]
  }
  const names = Name === undefined ? [...files] : [Name]
  if (names.length === 0) return `${place}: a SourceUrl is a folder: the content names no files, and Name is not given.`
  const folder = object.key === '' ? '' : `${object.key.replace(/\/$/, '')}/`
  return names.map((name) => ({ kind: 'object', place, name, object: { ...object, key: `${folder}${name}` } }))
}

// An ARN has one slash of its own.
const REFERENCE = /^((?:arn:aws[a-z-]*:ssm:[a-z0-9-]*:\d{0,12}:document\/)?[a-zA-Z0-9_.-]+)\/([$A-Za-z0-9]+)\/([^/]+)$/

function readReference(value: string): AttachmentReference | undefined {
  const [, document, version, attachment] = REFERENCE.exec(value) ?? []
  if (document === undefined || version === undefined || attachment === undefined) return undefined
  return { document, version, attachment }
}

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/
const PATH_HOST = /^s3(?:[.-]([a-z0-9-]+))?\.amazonaws\.com$/
const BUCKET_HOST = /^(.+)\.s3(?:[.-]([a-z0-9-]+))?\.amazonaws\.com$/

/** The object that an URL of S3 names, in any of its forms; the key may be empty. */
export function readObjectUrl(value: string): BucketObject | undefined {
  const parts = splitUrl(value)
  if (!parts || !BUCKET.test(parts.bucket)) return undefined
  const key = parts.key.replace(/^\/+/, '')
  // Parts of a key that are empty would be lost in a folder.
  return /\/\//.test(key) ? undefined : { bucket: parts.bucket, key, region: parts.region }
}

function splitUrl(value: string): { bucket: string; key: string; region: string } | undefined {
  const [, plain, rest = ''] = /^s3:\/\/([^/]+)(\/.*)?$/s.exec(value) ?? []
  if (plain !== undefined) return { bucket: plain, key: rest, region: '' }
  if (!URL.canParse(value)) return undefined
  const url = new URL(value)
  if (url.protocol !== 'https:' || url.search !== '' || url.username !== '') return undefined
  const path = decodePath(url.pathname)
  if (path === undefined) return undefined
  const byPath = PATH_HOST.exec(url.hostname)
  if (byPath) {
    const [, bucket = '', key = ''] = /^\/([^/]*)(.*)$/s.exec(path) ?? []
    return { bucket, key, region: byPath[1] ?? '' }
  }
  const [, bucket, bucketRegion = ''] = BUCKET_HOST.exec(url.hostname) ?? []
  return bucket === undefined ? undefined : { bucket, key: path, region: bucketRegion }
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}
