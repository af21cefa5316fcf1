import { crc32, deflateRawSync, gzipSync } from 'node:zlib'

/** An entry as an attacker may write it: nothing of it is checked. */
export interface RawEntry {
  readonly name: string
  readonly content?: string | Uint8Array
  /** Unix type and permission bits; 0o100644 when not given. */
  readonly mode?: number
  readonly link?: string
  /** Size that the archive says, in place of the content's own. */
  readonly size?: number
}

const TYPE_FLAGS = new Map([
  [0o120000, '2'],
  [0o020000, '3'],
  [0o060000, '4'],
  [0o040000, '5'],
  [0o010000, '6'],
])

/** A tar archive, byte by byte. A link without a type is a hard one. */
export function makeTar(entries: readonly RawEntry[], isZipped = false): Buffer {
  const blocks = entries.flatMap(({ name, content = '', mode = 0o100644, link, size }) => {
    const type = TYPE_FLAGS.get(mode & 0o170000) ?? (link === undefined ? '0' : '1')
    const bytes = Buffer.from(content as string)
    const header = Buffer.alloc(512)
    const put = (text: string, at: number, length: number): void => void header.write(text, at, length, 'utf8')
    put(name, 0, 100)
    put(octal(mode & 0o7777, 7), 100, 8)
    put(octal(0, 7), 108, 8)
    put(octal(0, 7), 116, 8)
    put(octal(size ?? bytes.length, 11), 124, 12)
    put(octal(0, 11), 136, 12)
    put('        ', 148, 8)
    put(type, 156, 1)
    put(link ?? '', 157, 100)
    put('ustar\u000000', 257, 8)
    put(
      `${octal(
        header.reduce((sum, byte) => sum + byte, 0),
        6,
      )}\0 `,
      148,
      8,
    )
    return [header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]
  })
  const plain = Buffer.concat([...blocks, Buffer.alloc(1024)])
  return isZipped ? gzipSync(plain) : plain
}

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0')

/** A ZIP archive, byte by byte. */
export function makeZip(entries: readonly RawEntry[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content = '', mode = 0o100644, link, size } of entries) {
    const bytes = Buffer.from((link ?? content) as string)
    const packed = deflateRawSync(bytes)
    const file = Buffer.from(name, 'utf8')
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x0800, 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(size ?? bytes.length, 18)
    common.writeUInt16LE(file.length, 22)
    parts.push(Buffer.from('PK\u0003\u0004'), common, file, packed)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE((mode * 0x10000) >>> 0, 6)
    rest.writeUInt32LE(at, 10)
    directory.push(Buffer.from('PK\u0001\u0002'), Buffer.from([20, 3]), common, rest, file)
    at += 30 + file.length + packed.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(list.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...parts, list, Buffer.from('PK\u0005\u0006'), end])
}
