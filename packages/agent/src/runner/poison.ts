import { openMark } from '#platform/index.ts'

/**
 * Knows the invocation that kills the agent. While one is being read, its id stands in a file; an agent that finds one
 * there when it starts has died over it. Reading does not wait for anything, so that there is never more than one.
 */
export interface Poison extends Disposable {
  /** Reading begins; it is over when the answer is disposed of. */
  reading(invocationId: string): Disposable
  /** How many lives of the agent have ended over this one. */
  deaths(invocationId: string): number
}

/** An invocation that has done so often is not read again. */
const MOST_DEATHS = 2

/** What to say of an invocation that must not be read again; undefined: nothing is known against it. */
export function findPoison(poison: Pick<Poison, 'deaths'>, invocationId: string): string | undefined {
  const deaths = poison.deaths(invocationId)
  return deaths < MOST_DEATHS ? undefined : `poison: the agent stopped ${deaths} times while reading it`
}

/** Opens the file of this agent. */
export function openPoison(file: string): Poison {
  const mark = openMark(file)
  const [suspect = '', deaths = '0'] = mark.text.split(' ')
  const found = new Map(suspect === '' ? [] : [[suspect, Number(deaths)]])
  return {
    deaths: (invocationId) => found.get(invocationId) ?? 0,
    reading(invocationId) {
      mark.write(`${invocationId} ${(found.get(invocationId) ?? 0) + 1}`)
      return {
        [Symbol.dispose]() {
          mark.write('')
          found.delete(invocationId)
        },
      }
    },
    [Symbol.dispose]: () => mark[Symbol.dispose](),
  }
}
