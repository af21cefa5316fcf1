import { describe, expect, it } from 'vitest'
import { exponent, median, parseGoal, quantile, spread } from './statistics.ts'

describe('quantile', () => {
  it('goes between two neighbours by their distance', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(quantile([0, 10], 0.99)).toBeCloseTo(9.9)
    expect(quantile([7], 0.99)).toBe(7)
  })

  it('is not a number where there is none', () => {
    expect(median([])).toBeNaN()
  })
})

describe('spread', () => {
  it('is the interquartile range over the median', () => {
    expect(spread([1, 2, 3, 4, 5])).toBeCloseTo(2 / 3)
  })

  it('is zero of equal numbers, zeros included', () => {
    expect(spread([3, 3, 3])).toBe(0)
    expect(spread([0, 0, 0])).toBe(0)
  })

  it('does not see one round that was disturbed', () => {
    expect(spread([10, 10, 10, 10, 90])).toBe(0)
  })
})

describe('exponent', () => {
  it('is 1 of a linear cost, 0 of a constant one and 2 of a square one', () => {
    const of = (cost: (size: number) => number) => exponent([1, 10, 100].map((size) => ({ size, cost: cost(size) })))
    expect(of((size) => 7 * size)).toBeCloseTo(1)
    expect(of(() => 7)).toBeCloseTo(0)
    expect(of((size) => size * size)).toBeCloseTo(2)
  })
})

describe('parseGoal', () => {
  it('holds the bound itself as met, on either side', () => {
    expect(parseGoal('<=2').isMet(2)).toBe(true)
    expect(parseGoal('<=2').isMet(2.01)).toBe(false)
    expect(parseGoal('>=0.7').isMet(0.7)).toBe(true)
    expect(parseGoal('>=0.7').isMet(0.69)).toBe(false)
  })

  it('is not met by what is not a number', () => {
    expect(parseGoal('<=2').isMet(Number.NaN)).toBe(false)
    expect(parseGoal('>=2').isMet(Number.NaN)).toBe(false)
  })

  it('refuses a text that is no goal', () => {
    for (const text of ['', '2', '<2', '=2', '<= 2', '<=-1', '<=2x'])
      expect(() => parseGoal(text)).toThrow('is no goal')
  })
})
