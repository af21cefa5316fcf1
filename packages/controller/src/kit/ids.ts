import { createHash, randomBytes, randomUUID } from 'node:crypto'

/** Where ids and random bytes come from: the system, or a seed in tests. */
export interface Ids {
  uuid(): string
  /** Lower-case hexadecimal digits, exactly `length` of them. */
  hex(length: number): string
  bytes(length: number): Uint8Array
}

/** Ids from the system's random source. */
export const systemIds: Ids = Object.freeze({
  uuid: () => randomUUID(),
  hex: (length: number) => hexOf(randomBytes, length),
  bytes: (length: number) => new Uint8Array(randomBytes(length)),
})

/** The same ids for the same seed, so that a test can be replayed; never for production. */
export function createSeededIds(seed: number | string): Ids {
  let block = 0
  const bytes = (length: number): Buffer => {
    const blocks: Buffer[] = []
    for (let have = 0; have < length; have += 32)
      blocks.push(createHash('sha256').update(`${seed}:${block++}`).digest())
    return Buffer.concat(blocks).subarray(0, length)
  }
  return {
    uuid: () => toUuid(bytes(16)),
    hex: (length) => hexOf(bytes, length),
    bytes: (length) => new Uint8Array(bytes(length)),
  }
}

const hexOf = (bytes: (length: number) => Buffer, length: number): string =>
  bytes(Math.ceil(length / 2))
    .toString('hex')
    .slice(0, length)

function toUuid(bytes: Buffer): string {
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
