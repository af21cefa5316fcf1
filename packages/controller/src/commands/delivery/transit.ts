import type { WorkRow } from './works.ts'

/** A node that has not said by then that it began is not waited for any longer. */
const UNDER_WAY_MS = 5_000

type Rate = Pick<WorkRow, 'key' | 'errors' | 'errorLimit'>

/** An error that has arrived and is not committed; to be disposed of when that is settled. */
export interface ComingError extends Disposable {
  /** Resolves when nothing of the command is under way any more; undefined when its commit need not wait. */
  readonly clear: Promise<void> | undefined
}

/**
 * What is between here and the nodes: work that departed and was not reported on, and errors that came and are not
 * committed. The error that stops a command waits until nothing of it is under way, and nothing departs meanwhile:
 * so once it is in the store no node starts, by the nodes' own clocks.
 */
export interface Transit {
  /** Takes work as under way to these nodes; false, and none is, when errors that are coming will stop the command. */
  depart(work: Rate, nodeKeys: readonly number[]): boolean
  /** The node has begun what it got, or will not. */
  reported(commandKey: number, nodeKey: number): void
  errorCame(commandKey: number, nodeKey: number): ComingError
  /** The errors of these nodes are counted in the command's row now. */
  counted(work: Rate, nodeKeys: readonly number[]): void
}

interface Way {
  errors: number
  errorLimit: number
  /** By node: when it departed, as a name of that departure. */
  readonly underWay: Map<number, symbol>
  readonly coming: Map<number, ComingError>
  waiting: (() => void)[]
}

/** Keeps it for the commands of one controller; `onSettled` hears of errors that were awaited and were none. */
export function createTransit(onSettled: (commandKey: number) => void): Transit {
  const ways = new Map<number, Way>()

  const wayOf = (commandKey: number): Way => {
    const known = ways.get(commandKey)
    if (known) return known
    const fresh = { errors: 0, errorLimit: 0, underWay: new Map(), coming: new Map(), waiting: [] }
    ways.set(commandKey, fresh)
    return fresh
  }
  const tidy = (commandKey: number, way: Way): void => {
    if (way.underWay.size > 0) return
    for (const go of way.waiting) go()
    way.waiting = []
    if (way.coming.size === 0 && ways.get(commandKey) === way) ways.delete(commandKey)
  }
  const willStop = ({ errors, errorLimit }: Omit<Rate, 'key'>, coming: number): boolean =>
    errors <= errorLimit && errors + coming > errorLimit

  return {
    depart(work, nodeKeys) {
      const { key, errors, errorLimit } = work
      const way = wayOf(key)
      if (willStop(work, way.coming.size)) return false
      Object.assign(way, { errors, errorLimit })
      const departure = Symbol('departure')
      for (const nodeKey of nodeKeys) way.underWay.set(nodeKey, departure)
      const giveUp = (): void => {
        for (const nodeKey of nodeKeys) if (way.underWay.get(nodeKey) === departure) way.underWay.delete(nodeKey)
        tidy(key, way)
      }
      setTimeout(giveUp, UNDER_WAY_MS).unref()
      return true
    },
    reported(commandKey, nodeKey) {
      const way = ways.get(commandKey)
      if (way?.underWay.delete(nodeKey)) tidy(commandKey, way)
    },
    errorCame(commandKey, nodeKey) {
      const way = wayOf(commandKey)
      const error: ComingError = {
        clear: undefined,
        [Symbol.dispose]() {
          if (way.coming.get(nodeKey) !== error) return
          way.coming.delete(nodeKey)
          tidy(commandKey, way)
          onSettled(commandKey)
        },
      }
      way.coming.set(nodeKey, error)
      if (way.underWay.size === 0 || !willStop(way, way.coming.size)) return error
      const clear = new Promise<void>((resolve) => way.waiting.push(resolve))
      return Object.assign(error, { clear })
    },
    counted({ key, errors, errorLimit }, nodeKeys) {
      const way = ways.get(key)
      if (way === undefined) return
      Object.assign(way, { errors, errorLimit })
      for (const nodeKey of nodeKeys) way.coming.delete(nodeKey)
      tidy(key, way)
    },
  }
}
