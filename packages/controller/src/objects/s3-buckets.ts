import {
  type BucketObject,
  BucketRefused,
  type Buckets,
  type ObjectSource,
  type PutOptions,
  piecesOf,
} from './buckets.ts'
import { elementOf, type S3 } from './s3.ts'

/** Larger objects go in parts of this size; S3 wants 5 MiB at least and 10,000 parts at most. */
export const PART_BYTES = 8 * 1024 * 1024

/** Buckets of a store that speaks S3. */
export const createS3Buckets = (s3: S3): Buckets => ({
  async put(object, source, options) {
    if (source.length > PART_BYTES) await putInParts(s3, object, source, options)
    else {
      const body = await source.read(0, source.length)
      await s3.send({ method: 'PUT', object, body }, options.signal)
    }
    return s3.urlOf(object)
  },
  get: (object, signal) => s3.open(object, signal),
})

async function putInParts(s3: S3, object: BucketObject, source: ObjectSource, options: PutOptions): Promise<void> {
  const { onPiece, signal } = options
  const { text } = await s3.send({ method: 'POST', object, query: { uploads: '' } }, signal)
  const uploadId = elementOf(text, 'UploadId')
  if (uploadId === undefined) throw new BucketRefused('S3 began an upload in parts and gave it no id')
  try {
    const parts: string[] = []
    for (const { start, length } of piecesOf(source, PART_BYTES)) {
      if (start > 0) await onPiece?.()
      const partNumber = parts.length + 1
      const query = { partNumber: String(partNumber), uploadId }
      const { etag } = await s3.send({ method: 'PUT', object, query, body: await source.read(start, length) }, signal)
      parts.push(`<Part><PartNumber>${partNumber}</PartNumber><ETag>${etag.replaceAll('&', '&amp;')}</ETag></Part>`)
    }
    const body = Buffer.from(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`)
    await s3.send({ method: 'POST', object, query: { uploadId }, body }, signal)
  } catch (error) {
    // Parts that nobody names would be kept and paid for; where this fails too, the bucket's own rules clear them away.
    await s3.send({ method: 'DELETE', object, query: { uploadId } }, signal).catch(() => undefined)
    throw error
  }
}
