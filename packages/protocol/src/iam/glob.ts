/** A pattern as code points, with two that no text has: any run of characters, and any one. */
export type Glob = readonly number[]

export const ANY = -1
export const ONE = -2

const STAR = 42
const QUESTION = 63

/** A text as it stands: no character of it is a wildcard. */
export function literalGlob(text: string): number[] {
  const glob: number[] = []
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at) ?? 0
    if (code > 0xffff) at++
    glob.push(code)
  }
  return glob
}

/** A text in which `*` is any run of characters and `?` any one. */
export const wildcardGlob = (text: string): Glob =>
  literalGlob(text).map((code) => (code === STAR ? ANY : code === QUESTION ? ONE : code))

export const isLiteral = (glob: Glob): boolean => glob.every((code) => code >= 0)

/** The text of a pattern that has no wildcards, or of what stands before the first. */
export function literalStart(glob: Glob): string {
  const end = glob.findIndex((code) => code < 0)
  return String.fromCodePoint(...(end < 0 ? glob : glob.slice(0, end)))
}

/** Whether a whole text matches; takes no more steps than pattern times text, whatever they are. */
export function matchesGlob(glob: Glob, text: string): boolean {
  let at = 0
  let place = 0
  let star = -1
  let resume = 0
  while (place < text.length) {
    const wanted = glob[at]
    const code = text.codePointAt(place) ?? 0
    if (wanted === ANY) {
      star = at++
      resume = place
    } else if (wanted === ONE || wanted === code) {
      at++
      place += code > 0xffff ? 2 : 1
    } else if (star >= 0) {
      at = star + 1
      resume += (text.codePointAt(resume) ?? 0) > 0xffff ? 2 : 1
      place = resume
    } else return false
  }
  while (glob[at] === ANY) at++
  return at === glob.length
}

/** Whether every text of `inner` is one of `outer`. Never a wrong yes; patterns that only look different may get a no. */
export function includesGlob(outer: Glob, inner: Glob): boolean {
  const wide = tidy(outer)
  const narrow = tidy(inner)
  let at = 0
  let place = 0
  let star = -1
  let resume = 0
  while (place < narrow.length) {
    const wanted = wide[at]
    const given = narrow[place]
    if (wanted === ANY) {
      star = at++
      resume = place
    } else if (wanted === given || (wanted === ONE && given !== ANY)) {
      at++
      place++
    } else if (star >= 0) {
      at = star + 1
      place = ++resume
    } else return false
  }
  while (wide[at] === ANY) at++
  return at === wide.length
}

/** Whether some text matches both. */
export function globsOverlap(a: Glob, b: Glob): boolean {
  const one = tidy(a)
  const other = tidy(b)
  // row[j]: whether what was read of `one` and the first j of `other` can be the same text.
  let row = new Uint8Array(other.length + 1)
  row[0] = 1
  for (let j = 0; j < other.length && other[j] === ANY; j++) row[j + 1] = 1
  for (const left of one) {
    const next = new Uint8Array(other.length + 1)
    next[0] = left === ANY ? (row[0] ?? 0) : 0
    for (let j = 0; j < other.length; j++) {
      const right = other[j]
      const skips = (left === ANY && row[j + 1]) || (right === ANY && next[j])
      const both = left === ANY || right === ANY ? row[j] : left === right || left === ONE || right === ONE ? row[j] : 0
      const grows = (left === ANY && next[j]) || (right === ANY && row[j + 1])
      next[j + 1] = skips || both || grows ? 1 : 0
    }
    if (next.indexOf(1) < 0) return false
    row = next
  }
  return row[other.length] === 1
}

/** The same texts, written one way: what counts characters stands before what does not. */
function tidy(glob: Glob): Glob {
  const written: number[] = []
  for (let at = 0; at < glob.length; ) {
    const code = glob[at] ?? 0
    if (code >= 0) {
      written.push(code)
      at++
      continue
    }
    let hasAny = false
    for (; at < glob.length && (glob[at] ?? 0) < 0; at++) {
      if (glob[at] === ONE) written.push(ONE)
      else hasAny = true
    }
    if (hasAny) written.push(ANY)
  }
  return written
}
