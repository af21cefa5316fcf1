const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?$/
/** A year, a month, a day or a time of day in the forms of ISO 8601 that the W3C's note keeps. */
const DATE = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?)?)?$/
const EPOCH = /^\d{5,12}(\.\d{1,9})?$/
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

/** A number as people write it. */
export const readNumber = (text: string): number | undefined => (NUMBER.test(text) ? Number(text) : undefined)

/** Milliseconds since the epoch, of a date or of seconds since then; without a zone it is UTC. */
export function readDate(text: string): number | undefined {
  if (EPOCH.test(text)) return Number(text) * 1000
  if (!DATE.test(text)) return undefined
  const hasTime = text.includes('T')
  const hasZone = /(Z|[+-]\d{2}:?\d{2})$/.test(text.slice(hasTime ? text.indexOf('T') : text.length))
  const zoned = text.replace(/([+-]\d{2})(\d{2})$/, (all, hours: string, minutes: string) =>
    hasTime && hasZone ? `${hours}:${minutes}` : all,
  )
  const at = Date.parse(hasTime && !hasZone ? `${zoned}Z` : zoned)
  return Number.isNaN(at) ? undefined : at
}

export function readBool(text: string): boolean | undefined {
  const lower = text.toLowerCase()
  return lower === 'true' ? true : lower === 'false' ? false : undefined
}

/** The bytes, one a character. */
export function readBinary(text: string): string | undefined {
  if (!BASE64.test(text) || text.length % 4 === 1) return undefined
  try {
    return atob(text)
  } catch {
    return undefined
  }
}
