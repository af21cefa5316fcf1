/** One object of a bucket, as its URL names it. */
export interface BucketObject {
  readonly bucket: string
  /** Parts are separated by `/`; no part is empty. */
  readonly key: string
  /** Region that the caller asked for; the configured one when empty. */
  readonly region: string
}

/** Bytes that are read in order, a piece at a time; a short piece is an error of who gives it. */
export interface ObjectSource {
  readonly length: number
  read(offset: number, length: number): Promise<Uint8Array>
}

/** The bucket did not take or give an object; `message` is for people. */
export class BucketRefused extends Error {
  override readonly name = 'BucketRefused'
}

export interface PutOptions {
  /** Called before each further piece of a large object. */
  readonly onPiece?: () => Promise<void>
  readonly signal: AbortSignal
}

/** An object on its way out of a bucket. */
export interface BucketContent {
  readonly length: number
  readonly chunks: AsyncIterable<Uint8Array>
}

/** Named buckets for what users keep as objects of their own. */
export interface Buckets {
  /** Writes or replaces an object and answers its URL; whole or not there. Rejects with BucketRefused. */
  put(object: BucketObject, source: ObjectSource, options: PutOptions): Promise<string>
  /** Opens an object that someone put there. Rejects with BucketRefused, as its chunks may. */
  get(object: BucketObject, signal: AbortSignal): Promise<BucketContent>
}

/** Where each piece of a source begins and how long it is. */
export function* piecesOf({ length }: ObjectSource, pieceBytes: number): Generator<{ start: number; length: number }> {
  for (let start = 0; start < length; start += pieceBytes) yield { start, length: Math.min(pieceBytes, length - start) }
}
