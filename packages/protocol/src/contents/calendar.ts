import { type ContentFormat, findSizeProblem, NOTHING, refuseContent, type TypedResult } from './typed.ts'

interface Line {
  readonly number: number
  readonly name: string
  readonly value: string
}

const TYPES = ['DEFAULT_OPEN', 'DEFAULT_CLOSED']
const IN_EVENT = ['UID', 'DTSTAMP', 'DTSTART']
const DATE = /^\d{8}(T\d{6}Z?)?$/

/** Change calendars: iCalendar text, one VCALENDAR with its events. */
export function parseCalendar(content: string, format: ContentFormat): TypedResult {
  const large = findSizeProblem(content)
  if (large) return large
  if (format !== 'TEXT') return refuseContent('A document of type ChangeCalendar is TEXT: an iCalendar file.')
  const lines = readLines(content)
  const problem = typeof lines === 'string' ? lines : findProblem(lines)
  if (problem !== undefined || typeof lines === 'string') return refuseContent(problem ?? '')
  const description = lines.find(({ name }) => name === 'X-WR-CALDESC')?.value
  const shown = description === undefined || description === '' ? {} : { description }
  return { ok: true, document: { ...NOTHING, ...shown } }
}

/** Unfolds the lines of an iCalendar text: one that begins with a blank goes on with the line before it. */
function readLines(content: string): readonly Line[] | string {
  const lines: { number: number; text: string }[] = []
  for (const [index, text] of content.split(/\r\n|\n/).entries()) {
    const last = lines.at(-1)
    if (/^[ \t]/.test(text) && last) last.text += text.slice(1)
    else if (text !== '') lines.push({ number: index + 1, text })
  }
  const found: Line[] = []
  for (const { number, text } of lines) {
    const [, name, value] = /^([A-Za-z0-9-]+)(?:;(?:[^":]|"[^"]*")*)?:(.*)$/s.exec(text) ?? []
    if (name === undefined || value === undefined) return `Line ${number} is no NAME:VALUE of an iCalendar file.`
    found.push({ number, name: name.toUpperCase(), value })
  }
  return found
}

function findProblem(lines: readonly Line[]): string | undefined {
  const first = lines[0]
  if (first?.name !== 'BEGIN' || first.value.toUpperCase() !== 'VCALENDAR')
    return 'The content must begin with BEGIN:VCALENDAR.'
  const textOf = (name: string) => lines.find((line) => line.name === name)?.value
  if (!textOf('PRODID'))
    return 'PRODID is missing: it names the calendar program, such as -//AWS//Change Calendar 1.0//EN.'
  if (textOf('VERSION') !== '2.0') return 'VERSION must be 2.0.'
  const type = textOf('X-CALENDAR-TYPE')
  if (type !== undefined && !TYPES.includes(type)) return `X-CALENDAR-TYPE must be ${TYPES.join(' or ')}.`
  return findBlockProblem(lines)
}

interface Block {
  readonly name: string
  readonly number: number
  readonly members: Map<string, string>
}

function findBlockProblem(lines: readonly Line[]): string | undefined {
  const open: Block[] = []
  for (const [index, { number, name, value }] of lines.entries()) {
    const inner = open.at(-1)
    if (name === 'BEGIN') open.push({ name: value.toUpperCase(), number, members: new Map() })
    else if (name !== 'END') inner?.members.set(name, value)
    else if (inner?.name !== value.toUpperCase()) return `Line ${number}: END:${value} ends what did not begin.`
    else {
      const problem = inner.name === 'VEVENT' ? findEventProblem(inner) : undefined
      if (problem !== undefined) return problem
      open.pop()
      if (open.length === 0 && index < lines.length - 1) return `Line ${number + 1} stands after END:VCALENDAR.`
    }
  }
  const [left] = open.slice(-1)
  return left && `BEGIN:${left.name} in line ${left.number} has no END:${left.name}.`
}

function findEventProblem({ number, members }: Block): string | undefined {
  const missing = IN_EVENT.find((name) => !members.has(name))
  if (missing !== undefined) return `The event in line ${number} has no ${missing}.`
  if (!members.has('DTEND') && !members.has('DURATION')) return `The event in line ${number} has no DTEND or DURATION.`
  const wrong = ['DTSTART', 'DTEND'].find((name) => !DATE.test(members.get(name) ?? '20260101'))
  return wrong && `The event in line ${number}: ${wrong} must be a date such as 20261130T120000Z.`
}
