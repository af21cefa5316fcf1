/** The value below which `share` of the numbers lie, between neighbours by their distance; NaN of nothing. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const low = sorted[Math.floor(place)] ?? Number.NaN
  const high = sorted[Math.ceil(place)] ?? Number.NaN
  return low + (high - low) * (place - Math.floor(place))
}

export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5)

/** Interquartile range ÷ median: how far apart the rounds of one figure are. */
export function spread(numbers: readonly number[]): number {
  const range = quantile(numbers, 0.75) - quantile(numbers, 0.25)
  return range === 0 ? 0 : range / Math.abs(median(numbers))
}

export interface GrowthPoint {
  readonly size: number
  readonly cost: number
}

/** Slope of log cost over log size by least squares: 1 is linear, 0 is constant. */
export function exponent(points: readonly GrowthPoint[]): number {
  const logs = points.map(({ size, cost }) => ({ x: Math.log(size), y: Math.log(cost) }))
  const mean = (of: 'x' | 'y') => logs.reduce((sum, log) => sum + log[of], 0) / logs.length
  const [middleX, middleY] = [mean('x'), mean('y')]
  const above = logs.reduce((sum, { x, y }) => sum + (x - middleX) * (y - middleY), 0)
  const below = logs.reduce((sum, { x }) => sum + (x - middleX) ** 2, 0)
  return above / below
}

/** A gate as it is written in a report: `<=2` or `>=0.7`. */
export interface Goal {
  readonly text: string
  isMet(value: number): boolean
}

/** Reads a gate; throws on anything that is none, because a gate that never fails is worse than none. */
export function parseGoal(text: string): Goal {
  const match = /^(<=|>=)(\d+(?:\.\d+)?)$/.exec(text)
  if (!match) throw new Error(`"${text}" is no goal: write <=NUMBER or >=NUMBER`)
  const bound = Number(match[2])
  return { text, isMet: (value) => (match[1] === '<=' ? value <= bound : value >= bound) }
}
