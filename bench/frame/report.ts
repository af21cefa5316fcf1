import type { Counts, Measured, Sizes } from './bench.ts'
import type { Machine } from './machine.ts'
import { exponent, median, parseGoal, spread } from './statistics.ts'

export interface Figure {
  readonly name: string
  readonly at: Sizes
  readonly unit: string
  readonly limit: number
  readonly muster: number
  readonly ratio: number
  readonly goal: string
  /** Null where the rounds lie too far apart to tell. */
  readonly pass: boolean | null
  readonly spread: number
}

export interface Growth {
  readonly over: string
  readonly from: number
  readonly to: number
  readonly exponent: number
  readonly goal: string
  readonly pass: boolean
}

/** The one line that a bench prints. */
export interface Report {
  readonly bench: string
  readonly version: 1
  readonly node: string
  readonly machine: Machine
  readonly rounds: number
  readonly figures: readonly Figure[]
  readonly growth: readonly Growth[]
  readonly counts: Counts
}

/** Above this spread of the rounds' ratios a figure says nothing. */
export const MAX_SPREAD = 0.3

export interface Run {
  readonly bench: string
  readonly node: string
  readonly machine: Machine
  readonly rounds: number
  readonly measured: Measured
}

/** Medians, ratios and gates of what was measured. */
export function toReport({ bench, node, machine, rounds, measured }: Run): Report {
  const figures = measured.comparisons.map(({ limit, muster, goal, ...facts }): Figure => {
    const ratio = median(muster) / median(limit)
    // A round's two halves ran under the same load, so their ratio moves less than either.
    const apart = spread(muster.map((value, round) => value / (limit[round] ?? Number.NaN)))
    const pass = apart > MAX_SPREAD ? null : parseGoal(goal).isMet(ratio)
    return {
      ...facts,
      limit: figure(median(limit)),
      muster: figure(median(muster)),
      ratio: figure(ratio),
      goal,
      pass,
      spread: figure(apart),
    }
  })
  const growth = measured.growth.map(({ over, goal, points }): Growth => {
    const sizes = points.map(({ size }) => size)
    const slope = exponent(points)
    return {
      over,
      from: Math.min(...sizes),
      to: Math.max(...sizes),
      exponent: figure(slope),
      goal,
      pass: parseGoal(goal).isMet(slope),
    }
  })
  return { bench, version: 1, node, machine, rounds, figures, growth, counts: measured.counts }
}

export const isUndecided = ({ figures }: Report): boolean => figures.some(({ pass }) => pass === null)

/** A gate was missed, or a run was lost, done twice or failed. */
export const hasFailed = ({ figures, growth, counts }: Report): boolean =>
  [...figures, ...growth].some(({ pass }) => pass === false) || Object.values(counts).some((count) => count > 0)

/** The same for a person, as a table. */
export function toTable(report: Report): string {
  const { cores, memoryGB, disk } = report.machine
  const head = `${report.bench}: ${report.rounds} rounds, Node ${report.node}, ${cores} cores, ${memoryGB} GB, ${disk}`
  const figures = report.figures.map(({ name, at, unit, limit, muster, ratio, goal, pass, spread: apart }) => [
    [name, ...Object.entries(at).map(([key, value]) => `${key}=${value}`)].join(' '),
    `${limit} ${unit}`,
    `${muster} ${unit}`,
    String(ratio),
    goal,
    String(apart),
    verdict(pass),
  ])
  const growth = report.growth.map(({ over, from, to, exponent: slope, goal, pass }) => [
    `growth over ${over}`,
    String(from),
    String(to),
    String(slope),
    goal,
    '',
    verdict(pass),
  ])
  const counts = Object.entries(report.counts).map(([name, count]) => `${name} ${count}`)
  const rows = [['', 'limit', 'muster', 'ratio', 'goal', 'spread', ''], ...figures, ...growth]
  return `${head}\n${align(rows)}\n${counts.join(', ')}\n`
}

const verdict = (pass: boolean | null): string => (pass === null ? 'undecided' : pass ? 'ok' : 'MISSED')

function align(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) =>
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))),
    )
    .map((cells) => `  ${cells.join('  ').trimEnd()}`)
    .join('\n')
}

/** Three digits say all that a measurement of this kind can. */
const figure = (value: number): number => (Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)))
