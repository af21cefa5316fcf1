/** A range of addresses: 4 bytes of IPv4 or 16 of IPv6, of which the first `bits` bits count. */
export interface IpRange {
  readonly bytes: readonly number[]
  readonly bits: number
}

const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]
const OCTET = /^(0|[1-9]\d{0,2})$/
const GROUP = /^[0-9a-f]{1,4}$/i

/** Reads `192.0.2.0/24`, `2001:db8::/32` or one address; an IPv4 address that is mapped into IPv6 is the IPv4 address. */
export function readIpRange(text: string): IpRange | undefined {
  const slash = text.indexOf('/')
  const bytes = readIp(slash < 0 ? text : text.slice(0, slash))
  if (bytes === undefined) return undefined
  const isMapped = bytes.length === 4 && text.includes(':')
  const written = slash < 0 ? undefined : text.slice(slash + 1)
  if (written === undefined) return { bytes, bits: bytes.length * 8 }
  if (!/^(0|[1-9]\d{0,2})$/.test(written)) return undefined
  const bits = Number(written) - (isMapped ? 96 : 0)
  // A range that is wider than all mapped addresses is one of IPv6.
  if (bits < 0) return { bytes: [...MAPPED, ...bytes], bits: Number(written) }
  return bits > bytes.length * 8 ? undefined : { bytes, bits }
}

/** Whether an address lies in a range; undefined when it is no address. */
export function isInRange(range: IpRange, text: string): boolean | undefined {
  const bytes = readIp(text)
  if (bytes === undefined) return undefined
  if (bytes.length !== range.bytes.length) return false
  const whole = range.bits >> 3
  for (let at = 0; at < whole; at++) if (bytes[at] !== range.bytes[at]) return false
  const rest = range.bits & 7
  if (rest === 0) return true
  const mask = 0xff & (0xff << (8 - rest))
  return ((bytes[whole] ?? 0) & mask) === ((range.bytes[whole] ?? 0) & mask)
}

function readIp(text: string): readonly number[] | undefined {
  if (!text.includes(':')) return readV4(text)
  const bytes = readV6(text)
  if (bytes && MAPPED.every((byte, at) => bytes[at] === byte)) return bytes.slice(12)
  return bytes
}

function readV4(text: string): readonly number[] | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => OCTET.test(part) && Number(part) < 256)) return undefined
  return parts.map(Number)
}

function readV6(text: string): readonly number[] | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const read = halves.map((half) => readGroups(half))
  const [head, tail] = read
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined
  if (tail === undefined) return head.length === 16 ? head : undefined
  const missing = 16 - head.length - tail.length
  return missing < 2 ? undefined : [...head, ...new Array<number>(missing).fill(0), ...tail]
}

function readGroups(text: string): readonly number[] | undefined {
  if (text === '') return []
  const bytes: number[] = []
  const groups = text.split(':')
  for (const [at, group] of groups.entries()) {
    if (GROUP.test(group)) {
      const value = Number.parseInt(group, 16)
      bytes.push(value >> 8, value & 0xff)
      continue
    }
    const v4 = at === groups.length - 1 ? readV4(group) : undefined
    if (v4 === undefined) return undefined
    bytes.push(...v4)
  }
  return bytes.length > 16 ? undefined : bytes
}
