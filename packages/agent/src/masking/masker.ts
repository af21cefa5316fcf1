import { type Automaton, createAutomaton } from './automaton.ts'
import { formsOf } from './forms.ts'

/** Masks one stream. */
export interface Masker {
  /** What can be told by now; the last bytes may be the beginning of a secret and wait for more. */
  push(bytes: Uint8Array): Uint8Array
  /** What still waits: the stream is over. */
  end(): Uint8Array
}

const MASK = Buffer.from('****')
const CARRIAGE_RETURN = 0x0d
const LINE_FEED = 0x0a
// More than one line end in a row is no broken line.
const MOST_LINE_ENDS = 2

/** A masker for these secrets; without one that is long enough everything passes. */
export function createMasker(secrets: readonly string[]): Masker {
  const { plain, base64 } = formsOf(secrets)
  return plain.length === 0
    ? { push: (bytes) => bytes, end: () => new Uint8Array(0) }
    : new StreamMasker(new View(createAutomaton(plain), false), new View(createAutomaton(base64), true))
}

/** Bytes of the stream, from the first to behind the last. */
interface Range {
  from: number
  to: number
}

class StreamMasker implements Masker {
  readonly #views: readonly View[]
  readonly #ranges: Range[] = []
  /** What is not told yet, and where it begins in the stream. */
  #pending: Uint8Array = new Uint8Array(0)
  #from = 0
  #isInMask = false

  constructor(...views: readonly View[]) {
    this.#views = views
  }

  push(bytes: Uint8Array): Uint8Array {
    const at = this.#from + this.#pending.length
    for (const view of this.#views) view.read(bytes, at, this.#ranges)
    this.#pending = this.#pending.length === 0 ? bytes : Buffer.concat([this.#pending, bytes])
    const end = at + bytes.length
    return this.#tell(Math.min(...this.#views.map((view) => view.safeTo(end))))
  }

  end(): Uint8Array {
    return this.#tell(this.#from + this.#pending.length)
  }

  #tell(to: number): Uint8Array {
    const parts: Uint8Array[] = []
    const begin = this.#from
    const merged = merge(this.#ranges)
    let at = begin
    for (const range of merged) {
      if (range.from >= to) break
      const masked = Math.max(at, range.from)
      if (masked > at) this.#isInMask = false
      parts.push(this.#pending.subarray(at - begin, masked - begin))
      const until = Math.min(range.to, to)
      if (until > masked && !this.#isInMask) parts.push(MASK)
      if (until > masked) this.#isInMask = true
      at = Math.max(at, until)
    }
    if (to > at) this.#isInMask = false
    parts.push(this.#pending.subarray(at - begin, Math.max(at, to) - begin))
    const told = Math.max(at, to)
    const text = Buffer.concat(parts)
    this.#pending = Uint8Array.from(this.#pending.subarray(told - begin))
    this.#from = told
    this.#ranges.splice(0, this.#ranges.length, ...merged.filter((range) => range.to > told))
    return text
  }
}

/** Ranges in order, those that overlap or touch as one. */
function merge(ranges: Range[]): Range[] {
  const merged: Range[] = []
  for (const { from, to } of ranges.sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else merged.push({ from, to })
  }
  return merged
}

/** The stream as one automaton reads it: all of it, or for base64 without its line ends. */
class View {
  readonly #automaton: Automaton
  readonly #isBase64: boolean
  /** Where in the stream the last bytes that were read stood, in a ring. */
  #places = new Float64Array(64)
  #count = 0
  #state: number
  #lineEnds = 0
  #masksNext = false

  constructor(automaton: Automaton, isBase64: boolean) {
    this.#automaton = automaton
    this.#state = automaton.start
    this.#isBase64 = isBase64
  }

  read(bytes: Uint8Array, at: number, ranges: Range[]): void {
    for (let index = 0; index < bytes.length; index++) {
      const byte = bytes[index] ?? 0
      if (this.#isBase64 && (byte === LINE_FEED || byte === CARRIAGE_RETURN)) this.#breakLine()
      else this.#take(byte, at + index, ranges)
    }
  }

  /** Up to where nothing that comes can be the rest of a text. */
  safeTo(end: number): number {
    const open = this.#automaton.depth(this.#state) + (this.#isBase64 ? 1 : 0)
    return this.#count === 0 ? end : this.#placeOf(Math.min(this.#count, open))
  }

  #breakLine(): void {
    this.#lineEnds += 1
    if (this.#lineEnds > MOST_LINE_ENDS || this.#automaton.depth(this.#state) === 0) this.#forget()
  }

  #forget(): void {
    this.#state = this.#automaton.start
    this.#count = 0
    this.#masksNext = false
  }

  #take(byte: number, place: number, ranges: Range[]): void {
    this.#lineEnds = 0
    if (this.#masksNext) addRange(ranges, { from: place, to: place + 1 })
    this.#remember(place)
    this.#state = this.#automaton.next(this.#state, byte)
    const length = this.#automaton.matched(this.#state)
    this.#masksNext = length > 0 && this.#automaton.reachesOn(this.#state)
    if (length > 0) addRange(ranges, { from: this.#placeOf(Math.min(this.#count, length)), to: place + 1 })
    // Nothing that is told already may be masked later, or what is told would depend on the pieces.
    else if (this.#automaton.depth(this.#state) === 0 && !(this.#isBase64 && isBase64(byte))) this.#forget()
  }

  /** Where the nth byte from the end stood. */
  #placeOf(fromEnd: number): number {
    return this.#places[(this.#count - fromEnd) % this.#places.length] ?? 0
  }

  #remember(place: number): void {
    // The one before the open beginning is needed as well, and the one that comes now.
    const needed = this.#automaton.depth(this.#state) + 3
    if (needed > this.#places.length) this.#grow()
    this.#places[this.#count % this.#places.length] = place
    this.#count += 1
  }

  #grow(): void {
    const larger = new Float64Array(this.#places.length * 2)
    const first = Math.max(0, this.#count - this.#places.length)
    for (let number = first; number < this.#count; number++)
      larger[number % larger.length] = this.#places[number % this.#places.length] ?? 0
    this.#places = larger
  }
}

const BASE64: ReadonlySet<number> = new Set(
  Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_'),
)
const isBase64 = (byte: number): boolean => BASE64.has(byte)

/** Ends come in order, so a range can only swallow those at the end of the list. */
function addRange(ranges: Range[], range: Range): void {
  for (let last = ranges.at(-1); last && last.from >= range.from && last.to <= range.to; last = ranges.at(-1))
    ranges.pop()
  const last = ranges.at(-1)
  if (last && last.to >= range.from && last.from <= range.from) last.to = Math.max(last.to, range.to)
  else ranges.push(range)
}
