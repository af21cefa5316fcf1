const REPLACEMENT = '\uFFFD'
const MAX_UTF8_BYTES = 4

/** Text that every store and every JSON reader takes: NUL and lone surrogates become U+FFFD. */
export function replaceInvalid(text: string): string {
  return text.toWellFormed().replaceAll('\0', REPLACEMENT)
}

/**
 * The first `maxChars` characters (code points) of UTF-8 bytes, invalid bytes and NUL as U+FFFD.
 * Give the whole stream or at least `4 × maxChars` bytes: a stream cut inside a character ends in U+FFFD.
 */
export function cutUtf8Chars(bytes: Uint8Array, maxChars: number): string {
  const head = bytes.subarray(0, maxChars * MAX_UTF8_BYTES)
  const text = replaceInvalid(new TextDecoder('utf-8', { ignoreBOM: true }).decode(head))
  return cutChars(text, maxChars)
}

/** The first `maxChars` characters (code points) of a text, never half a character. */
export function cutChars(text: string, maxChars: number): string {
  if (text.length <= maxChars) return text
  let end = 0
  for (let taken = 0; taken < maxChars && end < text.length; taken++)
    end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1
  return text.slice(0, end)
}
