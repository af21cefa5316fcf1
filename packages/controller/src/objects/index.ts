/**
 * Large bytes that do not belong into the database: segments of output, exports, packages.
 * In come bytes; out goes a key, the SHA-256 of the bytes, by which ranges are read again. A row that names the key is
 * written after `put` has resolved; `remove` comes after the row is gone. The store here is a folder of one machine;
 * an S3-compatible store will stand behind the same interface.
 */
import { createFolderObjects } from './folder.ts'
import type { Objects } from './objects.ts'

export { ensureMarker } from './marker.ts'
export { ObjectMissing, type Objects, type Stored } from './objects.ts'

/** Opens the place that the configuration names; `owner` tells apart who shares it. */
export const createObjects = ({ folder, owner }: { folder: string; owner?: string }): Objects =>
  createFolderObjects(folder, owner)
