import { open, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type BucketObject, BucketRefused, type Buckets, piecesOf } from './buckets.ts'
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
  const placeOf = ({ bucket, key }: BucketObject): string => join(root, ...[bucket, ...key.split('/')].map(toName))
  return {
    async put(object, source, { onPiece, signal }) {
      const place = placeOf(object)
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
        throw toRefusal(error)
      }
      return pathToFileURL(place).href
    },

    async get(object, signal) {
      try {
        const place = placeOf(object)
        const facts = await stat(place)
        if (facts.isFile()) return { length: facts.size, chunks: chunksOf(place, signal) }
      } catch (error) {
        throw toRefusal(error)
      }
      throw new BucketRefused('the folder of buckets has a folder there')
    },
  }
}

async function* chunksOf(place: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    await using handle = await open(place, 'r')
    for (let at = 0; ; ) {
      signal.throwIfAborted()
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(PIECE_BYTES), 0, PIECE_BYTES, at)
      if (bytesRead === 0) return
      at += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  } catch (error) {
    throw toRefusal(error)
  }
}

const toRefusal = (error: unknown): unknown =>
  isOfFiles(error) ? new BucketRefused(`the folder of buckets answered ${error.code}`) : error

const isOfFiles = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && 'code' in error && 'syscall' in error
