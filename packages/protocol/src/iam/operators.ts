import { isInRange, readIpRange } from './ip-range.ts'
import { matcherOfArnText, matcherOfText, type ReadMatcher, readArnPattern } from './matcher.ts'
import { keysOf, readTemplate, type TemplateOptions } from './template.ts'
import { readBinary, readBool, readDate, readNumber } from './values.ts'

/** How one value of a request is held against one of a policy. */
export interface Comparison {
  /** Met where no value of the policy is the request's. */
  readonly negated: boolean
  read(value: string, options: Pick<TemplateOptions, 'variables'>): ReadMatcher
}

const text =
  (options: { readonly wildcards?: boolean; readonly foldCase?: boolean } = {}): Comparison['read'] =>
  (value, { variables }) => {
    const read = readTemplate(value, { variables, wildcards: options.wildcards ?? false })
    if (!read.ok) return read
    return { ok: true, matches: matcherOfText(read.template, options.foldCase), keys: keysOf(read.template) }
  }

const arn: Comparison['read'] = (value, options) => {
  const read = readArnPattern(value, options)
  if (!read.ok) return read
  return { ok: true, matches: matcherOfArnText(read.pattern), keys: keysOf(read.template) }
}

/** Compares what values mean, where both can be read. */
const meaning =
  <T>(
    kind: string,
    read: (value: string) => T | undefined,
    holds: (given: T, wanted: T) => boolean,
  ): Comparison['read'] =>
  (value) => {
    const wanted = read(value)
    if (wanted === undefined) return { ok: false, text: `"${value}" is not ${kind}.` }
    const matches = (given: string): boolean | undefined => {
      const found = read(given)
      return found === undefined ? undefined : holds(found, wanted)
    }
    return { ok: true, matches, keys: [] }
  }

const number = (holds: (given: number, wanted: number) => boolean) => meaning('a number', readNumber, holds)
const date = (holds: (given: number, wanted: number) => boolean) => meaning('a date or a time', readDate, holds)
const same = <T>(given: T, wanted: T): boolean => given === wanted

const address: Comparison['read'] = (value) => {
  const range = readIpRange(value)
  if (range === undefined) return { ok: false, text: `"${value}" is not an IP address or a range of them.` }
  return { ok: true, matches: (given) => isInRange(range, given), keys: [] }
}

const is = (read: Comparison['read']): Comparison => ({ negated: false, read })
const isNot = (read: Comparison['read']): Comparison => ({ negated: true, read })

/** Every operator but Null, which asks whether there is a value and compares none. */
export const COMPARISONS: ReadonlyMap<string, Comparison> = new Map([
  ['StringEquals', is(text())],
  ['StringNotEquals', isNot(text())],
  ['StringEqualsIgnoreCase', is(text({ foldCase: true }))],
  ['StringNotEqualsIgnoreCase', isNot(text({ foldCase: true }))],
  ['StringLike', is(text({ wildcards: true }))],
  ['StringNotLike', isNot(text({ wildcards: true }))],
  ['NumericEquals', is(number(same))],
  ['NumericNotEquals', isNot(number(same))],
  ['NumericLessThan', is(number((given, wanted) => given < wanted))],
  ['NumericLessThanEquals', is(number((given, wanted) => given <= wanted))],
  ['NumericGreaterThan', is(number((given, wanted) => given > wanted))],
  ['NumericGreaterThanEquals', is(number((given, wanted) => given >= wanted))],
  ['DateEquals', is(date(same))],
  ['DateNotEquals', isNot(date(same))],
  ['DateLessThan', is(date((given, wanted) => given < wanted))],
  ['DateLessThanEquals', is(date((given, wanted) => given <= wanted))],
  ['DateGreaterThan', is(date((given, wanted) => given > wanted))],
  ['DateGreaterThanEquals', is(date((given, wanted) => given >= wanted))],
  ['Bool', is(meaning('true or false', readBool, same))],
  ['BinaryEquals', is(meaning('base64', readBinary, same))],
  ['IpAddress', is(address)],
  ['NotIpAddress', isNot(address)],
  ['ArnEquals', is(arn)],
  ['ArnNotEquals', isNot(arn)],
  ['ArnLike', is(arn)],
  ['ArnNotLike', isNot(arn)],
])
