export type RateKind = 'concurrency' | 'errors'

const RATE = /^(\d{1,7})(%?)$/

/**
 * A limit such as `10` or `10%` as a number of targets. Concurrency rounds up and is at least 1; errors round down,
 * and a command stops on the error after the limit.
 */
export function parseRate(text: string, targetCount: number, kind: RateKind): number {
  const [, digits, percent] = RATE.exec(text) ?? []
  const number = Number(digits)
  if (digits === undefined || (percent === '%' && number > 100)) throw new RangeError(`${text} is not a rate`)
  if (percent !== '%') return kind === 'concurrency' ? Math.max(1, number) : number
  const share = (targetCount * number) / 100
  return kind === 'concurrency' ? Math.max(1, Math.ceil(share)) : Math.floor(share)
}
