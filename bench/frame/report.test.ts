import { describe, expect, it } from 'vitest'
import type { Comparison, Measured } from './bench.ts'
import { hasFailed, isUndecided, toReport, toTable } from './report.ts'
import { alternate, pick } from './rounds.ts'

const aComparison = (comparison: Partial<Comparison> = {}): Comparison => ({
  name: 'time',
  at: { nodes: 1 },
  unit: 'ms',
  goal: '<=2',
  limit: [10, 10, 10],
  muster: [15, 15, 15],
  ...comparison,
})
const aReport = (measured: Partial<Measured> = {}) =>
  toReport({
    bench: 'sample',
    node: 'v24.0.0',
    machine: { cores: 2, memoryGB: 24, disk: 'ext4' },
    rounds: 3,
    measured: { comparisons: [], growth: [], counts: { lost: 0, double: 0, errors: 0 }, ...measured },
  })

describe('toReport', () => {
  it('gates on the ratio of the medians', () => {
    const [figure] = aReport({ comparisons: [aComparison({ muster: [15, 16, 90], limit: [10, 10, 60] })] }).figures
    expect(figure).toMatchObject({ limit: 10, muster: 16, ratio: 1.6, goal: '<=2', pass: true })
  })

  it('has the members of the published form, in their order', () => {
    const report = aReport({
      comparisons: [aComparison()],
      growth: [
        {
          over: 'rows',
          goal: '<=0.06',
          points: [
            { size: 10, cost: 5 },
            { size: 1000, cost: 5 },
          ],
        },
      ],
    })
    expect(JSON.stringify(report)).toBe(
      '{"bench":"sample","version":1,"node":"v24.0.0","machine":{"cores":2,"memoryGB":24,"disk":"ext4"},"rounds":3,' +
        '"figures":[{"name":"time","at":{"nodes":1},"unit":"ms","limit":10,"muster":15,"ratio":1.5,"goal":"<=2","pass":true,"spread":0}],' +
        '"growth":[{"over":"rows","from":10,"to":1000,"exponent":0,"goal":"<=0.06","pass":true}],' +
        '"counts":{"lost":0,"double":0,"errors":0}}',
    )
  })

  it('takes load that both halves of a round felt for no spread', () => {
    const [figure] = aReport({ comparisons: [aComparison({ limit: [10, 20, 40], muster: [15, 30, 60] })] }).figures
    expect(figure).toMatchObject({ spread: 0, pass: true })
  })

  it('decides nothing where the rounds lie far apart', () => {
    const report = aReport({ comparisons: [aComparison({ muster: [5, 15, 50] })] })
    expect(report.figures[0]?.pass).toBeNull()
    expect(isUndecided(report)).toBe(true)
    expect(hasFailed(report)).toBe(false)
  })
})

describe('hasFailed', () => {
  it('is true of a missed ratio, a missed growth and any lost, double or failed run', () => {
    expect(hasFailed(aReport({ comparisons: [aComparison()] }))).toBe(false)
    expect(hasFailed(aReport({ comparisons: [aComparison({ goal: '<=1.4' })] }))).toBe(true)
    const points = [
      { size: 1, cost: 1 },
      { size: 10, cost: 10 },
    ]
    expect(hasFailed(aReport({ growth: [{ over: 'rows', goal: '<=0.06', points }] }))).toBe(true)
    for (const counts of [{ lost: 1 }, { double: 1 }, { errors: 1 }])
      expect(hasFailed(aReport({ counts: { lost: 0, double: 0, errors: 0, ...counts } }))).toBe(true)
  })
})

describe('toTable', () => {
  it('names each figure with both sides, its ratio and the verdict', () => {
    const table = toTable(aReport({ comparisons: [aComparison({ goal: '<=1.4' })] }))
    expect(table).toMatch(/time nodes=1 +10 ms +15 ms +1\.5 +<=1\.4 +0 +MISSED/)
    expect(table).toContain('lost 0, double 0, errors 0')
  })
})

describe('alternate', () => {
  it('runs both sides each round and lets them take turns at going first', async () => {
    const order: string[] = []
    const side = (name: string) => async (round: number) => {
      order.push(`${name}${round}`)
      return { round }
    }
    const results = await alternate(
      { rounds: 3, signal: new AbortController().signal },
      { limit: side('l'), muster: side('m') },
    )
    expect(order).toEqual(['l0', 'm0', 'm1', 'l1', 'l2', 'm2'])
    expect(pick(results, ({ round }) => round)).toEqual({ limit: [0, 1, 2], muster: [0, 1, 2] })
  })

  it('stops between two halves when it is told to', async () => {
    const stop = new AbortController()
    const limit = async () => stop.abort(new Error('told to'))
    const muster = async () => {
      throw new Error('the other half ran')
    }
    await expect(alternate({ rounds: 3, signal: stop.signal }, { limit, muster })).rejects.toThrow('told to')
  })
})
