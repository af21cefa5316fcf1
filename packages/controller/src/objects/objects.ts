/** Where an object is kept. */
export interface Stored {
  readonly key: string
  /** Hex. */
  readonly sha256: string
  readonly length: number
}

/** No object has this key (any more). */
export class ObjectMissing extends Error {
  override readonly name = 'ObjectMissing'
  readonly key: string
  constructor(key: string) {
    super(`There is no object ${key}.`)
    this.key = key
  }
}

/** Large bytes outside the database, each under the SHA-256 of its content. */
export interface Objects {
  /** Durable when it resolves. The same bytes twice are one object, in however many parts they come. */
  put(...parts: readonly Uint8Array[]): Promise<Stored>
  /** The same for bytes that come one after another; nothing is kept when they break off. */
  putStream(chunks: AsyncIterable<Uint8Array>): Promise<Stored>
  /** At most `length` bytes from `offset`; fewer at the end. Rejects with ObjectMissing. */
  read(key: string, offset: number, length: number): Promise<Uint8Array>
  /** The whole length in bytes, or undefined when there is no such object. */
  lengthOf(key: string): Promise<number | undefined>
  /** Forgets the object; only for a key that no row names. An absent one is no error. */
  remove(key: string): Promise<void>
  /** Keys of objects that were last put before a time (ms since 1970), some at a time. */
  putBefore(time: number): AsyncIterable<readonly string[]>
  /** Forgets an object unless it was put again since that time, by whichever controller. */
  removePutBefore(key: string, time: number): Promise<void>
}

const KEY = /^[0-9a-f]{64}$/

/** Whether a text has the form of a key: nothing else ever becomes part of a path. */
export const isKey = (text: string): boolean => KEY.test(text)
