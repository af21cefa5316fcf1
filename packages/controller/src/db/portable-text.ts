/** Text as both engines can hold it: PostgreSQL refuses NUL, so it becomes the replacement character. */
export const withoutNul = (text: string): string => (text.includes('\0') ? text.replaceAll('\0', '\uFFFD') : text)

const LAST_CODE_POINT = 0x10ffff

/** The range of texts, in byte order, that begin with `prefix`; without an end when nothing sorts after them. */
export const prefixRange = (prefix: string): { from: string; below: string | undefined } => {
  const points = [...withoutNul(prefix)]
  while (points.length > 0) {
    const last = points.pop()?.codePointAt(0) ?? 0
    if (last === LAST_CODE_POINT) continue
    // Surrogates are no characters: U+D7FF is followed by U+E000.
    const next = last + 1 >= 0xd800 && last + 1 <= 0xdfff ? 0xe000 : last + 1
    return { from: withoutNul(prefix), below: points.join('') + String.fromCodePoint(next) }
  }
  return { from: withoutNul(prefix), below: undefined }
}
