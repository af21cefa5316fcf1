/** What a bench may know of how it was called. */
export interface Setting {
  /** One minute at most, with figures that say less. */
  readonly quick: boolean
  readonly rounds: number
  /** `postgres://…` or `sqlite:…`; the controller's standard when absent. */
  readonly database: string | undefined
  /** A folder of this run on the disk of the checkout, removed afterwards. */
  readonly folder: string
  /** Aborts when the bench is told to stop; what it started has to be stopped then too. */
  readonly signal: AbortSignal
}

export type Sizes = Readonly<Record<string, number>>

/** One figure of the bare limit and of Muster, one number a round each, gated on the ratio of their medians. */
export interface Comparison {
  readonly name: string
  readonly at: Sizes
  readonly unit: string
  readonly goal: string
  readonly limit: readonly number[]
  readonly muster: readonly number[]
}

/** What one size of the data costs against another. */
export interface GrowthSeries {
  readonly over: string
  readonly goal: string
  readonly points: readonly { readonly size: number; readonly cost: number }[]
}

/** Runs that were lost, done twice or ended in an error; any of them fails the bench. */
export interface Counts {
  readonly lost: number
  readonly double: number
  readonly errors: number
}

export interface Measured {
  readonly comparisons: readonly Comparison[]
  readonly growth: readonly GrowthSeries[]
  readonly counts: Counts
}

/** One bench: starts what it needs, measures, stops what it started. */
export interface Bench {
  readonly name: string
  readonly about: string
  run(setting: Setting): Promise<Measured>
}
