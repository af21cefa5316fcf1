import type { ProcessSpec, Workspace } from './plugin/plugin.ts'

/** How the script of an attempt came to its end; whoever was first to write it down decides. */
export type EndedBy = 'exit' | 'cancel' | 'timeout'

export interface SpoolSizes {
  readonly kept: number
  readonly dropped: number
}

/** What is known of an attempt that is over. */
export type Ended =
  /** `code` is undefined when the end was written down but the script's own status was not. */
  | {
      readonly kind: 'ended'
      readonly by: EndedBy
      readonly code: number | undefined
      readonly stdout: SpoolSizes
      readonly stderr: SpoolSizes
      /** How many of its processes the kernel ended for want of memory. */
      readonly oomKills: number
      /** Processes that even KILL did not end. */
      readonly orphans: readonly number[]
    }
  /** Nobody wrote an end: it was killed from outside, or never began. */
  | { readonly kind: 'lost'; readonly stdout: SpoolSizes; readonly stderr: SpoolSizes }
  | { readonly kind: 'never-started' }

/** What a restarted agent finds of an attempt. */
export type Found = 'unclaimed' | 'running' | 'finished' | 'gone'

/** The seam to processes: runs attempts apart from the agent. Tests put a fake here. */
export interface Execution {
  /** Why no attempt can be given secrets here; undefined when it can. */
  secretsProblem(): Promise<string | undefined>
  /** Names a new attempt, and has room for what `prepare` writes. */
  reserve(withSecrets?: boolean): Promise<string>
  workspace(token: string): Workspace
  /** Writes everything down that the attempt needs, secrets (variables) in memory only; nothing runs yet. */
  prepare(token: string, spec: ProcessSpec, secrets?: Readonly<Record<string, string>>): Promise<void>
  /** Starts it. A second start of the same attempt does nothing. */
  start(token: string): Promise<void>
  /** Decides by the claim whether it ran; `sameBoot` false: only what is written counts. */
  find(token: string, sameBoot: boolean): Promise<Found>
  /** Resolves when it is over and its output complete, and everything it started is gone. */
  wait(token: string, signal: AbortSignal, onOutput: () => void): Promise<Ended>
  /** Ends it early. True when this call decided the end, false when it was decided before. */
  stop(token: string, by: 'cancel' | 'timeout'): Promise<boolean>
  /** Forgets the attempt and its files. */
  remove(token: string): Promise<void>
  /** Attempts that have files. */
  tokens(): Promise<string[]>
  /** What lies in the spools now. */
  sizes(token: string): Promise<{ readonly stdout: SpoolSizes; readonly stderr: SpoolSizes }>
  /** Nothing is kept ready any more. */
  release(): Promise<void>
  spoolFile(token: string, stream: 'stdout' | 'stderr'): string
}
