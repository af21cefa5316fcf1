import type { KeyObject } from 'node:crypto'
import type { Journal } from '#journal/index.ts'
import type { Failpoint, Permit } from '#kit/index.ts'
import type { Calls } from '#link/index.ts'
import type { Platform } from '#platform/index.ts'
import type { Execution } from './execution.ts'
import type { Plugin } from './plugin/plugin.ts'
import type { TaskHost } from './plugin/task-order.ts'
import type { Poison } from './poison.ts'
import type { Policy } from './policy.ts'

/** What the runner needs from outside. */
export interface RunnerDeps {
  readonly journal: Journal
  readonly execution: Execution
  readonly platform: Pick<Platform, 'bootId' | 'uptimeMs' | 'requestReboot'>
  /** Those that this platform can run. */
  readonly plugins: readonly Plugin[]
  readonly tasks: TaskHost
  /** The controller, for what a step needs when it starts. */
  readonly calls: Pick<Calls, 'call'>
  readonly nodeId: string
  /** The node's Ed25519 key as it is now. */
  readonly signingKey: () => KeyObject
  /** Milliseconds by the controller's clock. */
  readonly controllerNow: () => number
  /** Read anew for each invocation. */
  readonly policy: () => Promise<Policy>
  readonly failpoint: Failpoint
  /** Resolves when something may be started; always open when not given. */
  readonly starts?: Permit
  readonly poison: Poison
  /** Invocations that run at once; the others wait their turn. */
  readonly concurrency?: number
  /** How long a host that was asked for a reboot may take to go down; 600 when not given. */
  readonly rebootWaitSeconds?: number
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>
  readonly onTrouble?: (trouble: Trouble) => void
}

/** Something an operator may want to read in the log; the runner copes by itself unless the journal has failed. */
export interface Trouble {
  readonly invocationId: string | undefined
  readonly problem: string
  readonly error?: unknown
}
