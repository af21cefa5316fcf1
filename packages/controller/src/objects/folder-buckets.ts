import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { BucketRefused, type Buckets, piecesOf } from './buckets.ts'
import { openDrafts, syncFolder, writeDurably } from './durable.ts'

const PIECE_BYTES = 1024 * 1024

// No part of a key leaves its folder, whatever it holds; names of buckets never begin with a dot.
const toName = (part: string): string =>
  part === '.' || part === '..' ? part.replaceAll('.', '%2E') : encodeURIComponent(part.toWellFormed())

/** Buckets as folders, their objects as files; the URLs are file: URLs of this machine. */
export const createFolderBuckets = (path: string, owner = ''): Buckets => {
  const root = resolve(path)
  const drafts = join(root, '.drafts', owner)
  openDrafts(drafts)
  return {
    async put({ bucket, key }, source, { onPiece, signal }) {
      const place = join(root, ...[bucket, ...key.split('/')].map(toName))
      try {
        await writeDurably({ root, drafts, place }, async (handle) => {
          for (const { start, length } of piecesOf(source, PIECE_BYTES)) {
            signal.throwIfAborted()
            if (start > 0) await onPiece?.()
            await handle.writeFile(await source.read(start, length))
          }
        })
        await syncFolder(dirname(place))
      } catch (error) {
        throw isOfFiles(error) ? new BucketRefused(`the folder of buckets answered ${error.code}`) : error
      }
      return pathToFileURL(place).href
    },
  }
}

const isOfFiles = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && 'code' in error && 'syscall' in error
