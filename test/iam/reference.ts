/**
 * A second evaluator of IAM policies, written from the rules of the language and sharing nothing with the first: it reads
 * the JSON anew for every request, matches by recursion over characters, and counts addresses in BigInt.
 */
export interface ReferenceRequest {
  readonly action: string
  readonly resource: string
  /** Values by key, in any case. */
  readonly keys: Readonly<Record<string, readonly string[]>>
}

type Answer = 'yes' | 'no' | 'unknown'
type Token = { readonly char: string } | 'any' | 'one'
type Raw = Readonly<Record<string, unknown>>
interface Env {
  readonly keys: ReferenceRequest['keys']
  readonly modern: boolean
  readonly effect: unknown
}

/** The decision over raw policies: explicitDeny before allowed before implicitDeny. */
export function referenceDecision(policies: readonly Raw[], request: ReferenceRequest): string {
  let allowed = false
  for (const policy of policies)
    for (const statement of list(policy['Statement']) as Raw[]) {
      const modern = policy['Version'] === '2012-10-17'
      if (!holds(statement, request, { keys: request.keys, modern, effect: statement['Effect'] })) continue
      if (statement['Effect'] === 'Deny') return 'explicitDeny'
      allowed = true
    }
  return allowed ? 'allowed' : 'implicitDeny'
}

function holds(statement: Raw, { action, resource }: ReferenceRequest, env: Env): boolean {
  const isAction = (pattern: unknown): boolean =>
    like(plain(String(pattern).toLowerCase(), true), [...action.toLowerCase()])
  if ('Action' in statement && !list(statement['Action']).some(isAction)) return false
  if ('NotAction' in statement && list(statement['NotAction']).some(isAction)) return false
  const patterns = list(statement['Resource'] ?? statement['NotResource'])
  const answers = patterns.map((pattern) => arnLike(pattern, resource, env))
  if ('Resource' in statement && !answers.includes('yes')) return false
  if ('NotResource' in statement && !answers.every((answer) => isNo(answer, env))) return false
  return Object.entries((statement['Condition'] ?? {}) as Raw).every(([operator, block]) =>
    Object.entries(block as Raw).every(([key, wanted]) => conditionHolds(operator, key, list(wanted).map(String), env)),
  )
}

/** What cannot be told is a no for a Deny only: it must not make an Allow wider. */
const isNo = (answer: Answer, { effect }: Env): boolean =>
  answer === 'no' || (answer === 'unknown' && effect === 'Deny')

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

function valuesOf(keys: Env['keys'], key: string): readonly string[] {
  const found = Object.entries(keys).find(([name]) => name.toLowerCase() === key.toLowerCase())
  return found?.[1] ?? []
}

function conditionHolds(written: string, key: string, wanted: readonly string[], env: Env): boolean {
  const values = valuesOf(env.keys, key)
  if (written === 'Null') return wanted.some((value) => (value.toLowerCase() === 'true') === (values.length === 0))
  const [set, name] = written.includes(':') ? (written.split(':') as [string, string]) : ['', written]
  const lenient = name.endsWith('IfExists')
  const operator = lenient ? name.slice(0, -'IfExists'.length) : name
  const opposite = operator.includes('Not')
  if (values.length === 0) return lenient || set === 'ForAllValues' || (set === '' && opposite)
  const passes = (value: string): boolean => {
    const answers = wanted.map((one) => compare(operator.replace('Not', ''), value, one, env))
    return opposite ? answers.every((answer) => isNo(answer, env)) : answers.includes('yes')
  }
  const passed = values.filter(passes).length
  if (set === 'ForAllValues') return passed === values.length
  if (set === 'ForAnyValue') return passed > 0
  return opposite ? passed === values.length : passed > 0
}

function compare(operator: string, given: string, wanted: string, env: Env): Answer {
  if (operator === 'IpAddress') return inRange(given, wanted)
  if (operator.startsWith('Arn')) return arnLike(wanted, given, env)
  if (operator === 'Bool') return same(truth(given), truth(wanted))
  if (operator === 'BinaryEquals') return same(bytes(given), bytes(wanted))
  if (operator.startsWith('Numeric')) return ordered(operator.slice(7), numeric(given), numeric(wanted))
  if (operator.startsWith('Date')) return ordered(operator.slice(4), moment(given), moment(wanted))
  const tokens = expand(wanted, env, operator === 'StringLike')
  if (tokens === undefined) return 'unknown'
  const folds = operator === 'StringEqualsIgnoreCase'
  const fold = (token: Token): Token =>
    typeof token === 'string' || !folds ? token : { char: token.char.toLowerCase() }
  return like(tokens.map(fold), [...(folds ? given.toLowerCase() : given)]) ? 'yes' : 'no'
}

const same = (given: unknown, wanted: unknown): Answer =>
  given === undefined ? 'unknown' : given === wanted ? 'yes' : 'no'
const truth = (text: string): boolean | undefined => ({ true: true, false: false })[text.toLowerCase()]
const bytes = (text: string): string | undefined =>
  /^([A-Za-z\d+/]{4})*([A-Za-z\d+/]{2}(==)?|[A-Za-z\d+/]{3}=?)?$/.test(text)
    ? Buffer.from(text, 'base64').toString('hex')
    : undefined
const numeric = (text: string): number | undefined =>
  text.trim() === '' || Number.isNaN(Number(text)) ? undefined : Number(text)

function moment(text: string): number | undefined {
  if (/^\d{5,}$/.test(text)) return Number(text)
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?(?:Z|([+-])(\d\d):?(\d\d))?)?)?)?$/.exec(text)
  if (!found) return undefined
  const [year, month = '01', day = '01', hour = '0', minute = '0', second = '0'] = found.slice(1, 7)
  const away = (Number(found[8] ?? 0) * 60 + Number(found[9] ?? 0)) * (found[7] === '-' ? -1 : 1)
  const time = [Number(hour), Number(minute) - away, Number(second)] as const
  return Date.UTC(Number(year), Number(month) - 1, Number(day), ...time) / 1000
}

function ordered(relation: string, given: number | undefined, wanted: number | undefined): Answer {
  if (given === undefined || wanted === undefined) return 'unknown'
  const relations: Record<string, boolean> = {
    ...{ Equals: given === wanted, LessThan: given < wanted, LessThanEquals: given <= wanted },
    ...{ GreaterThan: given > wanted, GreaterThanEquals: given >= wanted },
  }
  return relations[relation.replace('Not', '')] ? 'yes' : 'no'
}

function inRange(given: string, wanted: string): Answer {
  const [base = '', length] = wanted.split('/')
  const address = number128(given)
  const network = number128(base)
  if (address === undefined || network === undefined) return 'unknown'
  const isMapped = (value: bigint): boolean => value >> 32n === 0xffffn
  const bits = length === undefined ? 128 : Number(length) + (base.includes(':') ? 0 : 96)
  const isV4Range = isMapped(network) && bits >= 96
  if (isV4Range !== isMapped(address)) return 'no'
  const shift = BigInt(128 - bits)
  return address >> shift === network >> shift ? 'yes' : 'no'
}

/** An address as a number; those of IPv4 where they are mapped to. */
function number128(text: string): bigint | undefined {
  const dotted = /^(.*?)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text)
  if (dotted) {
    const four = dotted.slice(2).reduce((sum, part) => sum * 256n + BigInt(part), 0n)
    if (dotted[1] === '') return (0xffffn << 32n) + four
    return number128(`${dotted[1]}${(four >> 16n).toString(16)}:${(four & 0xffffn).toString(16)}`)
  }
  if (!/^[0-9a-f:]*:[0-9a-f:]*$/i.test(text)) return undefined
  const [left = '', right] = text.split('::')
  const groups = (half: string): string[] => half.split(':').filter((group) => group !== '')
  const missing = 8 - groups(left).length - groups(right ?? '').length
  const all = [...groups(left), ...new Array<string>(missing).fill('0'), ...groups(right ?? '')]
  return all.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n)
}

/** ARNs part by part; the parts of the pattern are cut before variables are put in. */
function arnLike(pattern: unknown, given: string, env: Env): Answer {
  const text = String(pattern)
  if (text === '*') return 'yes'
  const answer = (tokens: readonly Token[] | undefined, own: string): Answer =>
    tokens === undefined ? 'unknown' : like(tokens, [...own]) ? 'yes' : 'no'
  if (env.modern && /^\$\{[^}]{2,}\}$/.test(text)) return answer(expand(text, env, true), given)
  const wanted = parts(env.modern ? text.replace(/\$\{[^}]*\}/g, (one) => one.replaceAll(':', '\0')) : text)
  const own = parts(given)
  if (own.length < 6 || own[0] !== 'arn') return 'no'
  const answers = wanted.map((part, at) => answer(expand(part.replaceAll('\0', ':'), env, true), own[at] ?? ''))
  return answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes'
}

function parts(text: string): string[] {
  const all = text.split(':')
  return all.length <= 6 ? all : [...all.slice(0, 5), all.slice(5).join(':')]
}

const plain = (text: string, wild: boolean): Token[] =>
  [...text].map((char) => (wild && char === '*' ? 'any' : wild && char === '?' ? 'one' : { char }))

/** A text with its variables put in; undefined where one has no value, or several. */
function expand(text: string, { keys, modern }: Env, wild: boolean): Token[] | undefined {
  if (!modern) return plain(text, wild)
  const tokens: Token[] = []
  for (const piece of text.split(/(\$\{[^}]*\})/)) {
    if (!/^\$\{.*\}$/s.test(piece)) {
      tokens.push(...plain(piece, wild))
      continue
    }
    const [name = '', fallback] = piece.slice(2, -1).split(',')
    const values = '*?$'.includes(name) ? [name] : valuesOf(keys, name.trim())
    const value = values.length === 0 ? fallback?.trim().slice(1, -1) : values[0]
    if (value === undefined || values.length > 1) return undefined
    tokens.push(...plain(value, false))
  }
  return tokens
}

function like(tokens: readonly Token[], text: readonly string[], from = 0, at = 0): boolean {
  const token = tokens[from]
  if (token === undefined) return at === text.length
  if (token === 'any') return like(tokens, text, from + 1, at) || (at < text.length && like(tokens, text, from, at + 1))
  return at < text.length && (token === 'one' || token.char === text[at]) && like(tokens, text, from + 1, at + 1)
}
