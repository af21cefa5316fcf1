/**
 * Large bytes that do not belong into the database, in two kinds of places. Objects are the controller's own: segments
 * of output, attachments of documents. In come bytes; out goes a key, the SHA-256 of the bytes, by which ranges are read
 * again. A row that names the key is written after `put` has resolved; `remove` comes after the row is gone. Buckets
 * are the users': what is put there under a name is theirs; the controller reads only what a user names, and removes nothing.
 */
import type { Clock } from '@muster/protocol/kit'
import type { Buckets } from './buckets.ts'
import { createFolderObjects } from './folder.ts'
import { createFolderBuckets } from './folder-buckets.ts'
import type { Objects } from './objects.ts'
import { createS3, type S3Config } from './s3.ts'
import { createS3Buckets } from './s3-buckets.ts'

export { type BucketContent, type BucketObject, BucketRefused, type Buckets, type ObjectSource } from './buckets.ts'
export { ensureMarker } from './marker.ts'
export { ObjectMissing, type Objects, type Stored } from './objects.ts'
export type { S3Config } from './s3.ts'

/** Opens the place that the configuration names; `owner` tells apart who shares it. */
export const createObjects = ({ folder, owner }: { folder: string; owner?: string }): Objects =>
  createFolderObjects(folder, owner)

/** Buckets in a store that speaks S3, or as folders; `owner` tells apart who shares them. */
export const createBuckets = (
  place: { readonly folder: string; readonly owner?: string } | { readonly s3: S3Config },
  clock: Pick<Clock, 'now'>,
): Buckets =>
  's3' in place ? createS3Buckets(createS3(place.s3, clock)) : createFolderBuckets(place.folder, place.owner)
