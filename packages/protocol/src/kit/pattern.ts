import { RE2JS, RE2JSException } from 're2js'

/** A compiled pattern that must match a whole text, as the service's own checker does. */
export interface Pattern {
  readonly source: string
  matches(text: string): boolean
}

/** The pattern is not valid RE2: look-ahead, back-references and oversized repeats are refused. */
export class InvalidPattern extends Error {
  override readonly name = 'InvalidPattern'
}

const MAX_SOURCE_CHARS = 4096
const MAX_CACHED = 512
const cache = new Map<string, Pattern>()

/** Compiles a pattern to RE2, which takes linear time on every input; throws InvalidPattern when it cannot. */
export function compilePattern(source: string): Pattern {
  const known = cache.get(source)
  if (known) {
    // Re-inserting keeps the map in order of use, so the oldest key is the one to drop.
    cache.delete(source)
    cache.set(source, known)
    return known
  }
  const pattern = compile(source)
  cache.set(source, pattern)
  if (cache.size > MAX_CACHED) dropOldest()
  return pattern
}

function dropOldest(): void {
  const oldest = cache.keys().next()
  if (!oldest.done) cache.delete(oldest.value)
}

function compile(source: string): Pattern {
  if (source.length > MAX_SOURCE_CHARS) throw new InvalidPattern(`longer than ${MAX_SOURCE_CHARS} characters`)
  try {
    const compiled = RE2JS.compile(source)
    return Object.freeze({ source, matches: (text: string) => compiled.testExact(text) })
  } catch (cause) {
    if (!(cause instanceof RE2JSException)) throw cause
    throw new InvalidPattern(cause.message.replace(/^error parsing regexp: /, ''), { cause })
  }
}
