/** Counts code points, as the service does, without making a list of them. */
export function characters(text: string): number {
  let count = 0
  for (let index = 0; index < text.length; index += 1, count += 1) {
    const code = text.codePointAt(index)
    if (code !== undefined && code > 0xffff) index += 1
  }
  return count
}
