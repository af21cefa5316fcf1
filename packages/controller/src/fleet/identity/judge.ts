/** One machine that has logged in as a node, as far as the decision about a login needs it. */
export interface Machine {
  readonly number: number
  /** What it has confirmed to have on its disk. */
  readonly generation: number
  /** What it was offered last and may have on its disk. */
  readonly pendingGeneration: number | undefined
  /** An operator gave the node's identity to another machine. */
  readonly superseded: boolean
  readonly dropUnstarted: boolean
}

export type QuarantineCause = 'OlderGeneration' | 'TwoMachines'

/** A login whose signature was good. */
export interface IdentityClaim {
  readonly generation: number
  /** Machines that hold a link now and answered on it. */
  readonly alive: readonly number[]
}

export interface LoginVerdict {
  readonly standing: 'good' | 'held' | 'superseded'
  /** The machine as it is to be written; undefined where no more are counted. */
  readonly machine: Machine | undefined
  readonly isNew: boolean
  /** Set when this very login puts the node into quarantine. */
  readonly cause: QuarantineCause | undefined
}

// A copy that cannot keep what it is offered is a new machine each time.
const MAX_MACHINES = 16

/**
 * Decides which machine of a node logs in, by the generation that it says. A generation is given once, to one machine:
 * who says one that nobody holds has an older copy of the disk, and who says that of a machine which is alive elsewhere
 * is a copy of it. A crash between offer and confirmation leaves one of two generations on the disk; both are good.
 */
export function judgeLogin(machines: readonly Machine[], quarantined: boolean, claim: IdentityClaim): LoginVerdict {
  const { generation, alive } = claim
  const next = 1 + machines.reduce((top, one) => Math.max(top, one.generation, one.pendingGeneration ?? 0), 0)
  const holder = machines.find((one) => one.generation === generation || one.pendingGeneration === generation)
  if (holder?.superseded) return { standing: 'superseded', machine: holder, isNew: false, cause: undefined }
  if (holder && !alive.includes(holder.number)) {
    const machine = { ...holder, generation, pendingGeneration: next }
    return { standing: quarantined ? 'held' : 'good', machine, isNew: false, cause: undefined }
  }
  if (machines.length >= MAX_MACHINES) return { standing: 'held', machine: undefined, isNew: false, cause: undefined }
  const number = 1 + machines.reduce((top, one) => Math.max(top, one.number), 0)
  const cause = holder ? 'TwoMachines' : 'OlderGeneration'
  return {
    standing: 'held',
    machine: { number, generation, pendingGeneration: next, superseded: false, dropUnstarted: false },
    isNew: true,
    cause: quarantined ? undefined : cause,
  }
}
