/** Numbers from a seed: the same ones for the same seed (mulberry32). */
export interface Dice {
  /** In [0, 1). */
  roll(): number
  /** A whole number in [from, to]. */
  between(from: number, to: number): number
  pick<T>(items: readonly [T, ...T[]]): T
}

export function createDice(seed: number): Dice {
  let state = seed >>> 0
  const roll = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let word = state
    word = Math.imul(word ^ (word >>> 15), word | 1)
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61)
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (from: number, to: number): number => from + Math.floor(roll() * (to - from + 1))
  return { roll, between, pick: (items) => items[between(0, items.length - 1)] ?? items[0] }
}
