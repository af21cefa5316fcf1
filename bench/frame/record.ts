import { fillPlace } from '../../scripts/pages/place.ts'
import type { Report } from './report.ts'

/** The page of figures with this report in place of the bench's earlier one; throws where the page has no place for it. */
export function withReport(page: string, report: Report, date: string): string {
  return fillPlace(page, `figures of ${report.bench}`, toMarkdown(report, date))
}

function toMarkdown({ machine, node, rounds, figures, growth, counts }: Report, date: string): string {
  const { cores, memoryGB, disk } = machine
  const facts = [date, `${cores} cores`, `${memoryGB} GB`, disk, `Node ${node}`, `${rounds} rounds`]
  const rows = figures.map(({ name, at, unit, limit, muster, ratio, goal, pass, spread }) => {
    const sizes = Object.entries(at).map(([key, value]) => `, ${key} ${value}`)
    return [`${name}${sizes.join('')}`, `${limit} ${unit}`, `${muster} ${unit}`, ratio, goal, spread, verdict(pass)]
  })
  const slopes = growth.map(({ over, from, to, exponent, goal, pass }) => {
    return [`growth over ${over}, ${from} to ${to}`, '', '', `exponent ${exponent}`, goal, '', verdict(pass)]
  })
  const lost = Object.entries(counts).map(([name, count]) => `${name} ${count}`)
  const head = '| figure | limit | Muster | ratio | goal | spread | |\n|---|---|---|---|---|---|---|\n'
  const table = [...rows, ...slopes].map((cells) => `| ${cells.join(' | ')} |\n`)
  return `${facts.join(', ')}; ${lost.join(', ')}.\n\n${head}${table.join('')}`
}

const verdict = (pass: boolean | null): string => (pass === null ? 'undecided' : pass ? 'ok' : '**missed**')
