import type { FrozenDocument } from '@muster/protocol/delivery'
import type { Platform } from '@muster/protocol/documents'
import type { PlainObject } from '@muster/protocol/kit'

/** What all tasks of an agent are told. */
export interface TaskHost {
  /** Starts this program anew: its arguments come next. */
  readonly program: readonly [string, ...string[]]
  /** The agent's data folder. */
  readonly data: string
  readonly platformType: Platform
  readonly settings: TaskSettings
}

/** What the host's owner decided about what tasks may do. */
export interface TaskSettings {
  /** What a step leaves behind when it ends is not ended with it. */
  readonly leavesChildren: boolean
  /** The API that stands for GitHub. */
  readonly githubUrl: string
  /** Where buckets are, in place of the host that an address of AWS names. */
  readonly s3Endpoint?: string | undefined
  /** Addresses of the host's own network segment, cloud metadata among them, may be downloaded from. */
  readonly allowLinkLocal: boolean
}

/** Everything a task works from; it lies in the attempt's folder, for the owner alone. */
export interface TaskOrder extends TaskHost {
  readonly action: string
  readonly inputs: PlainObject
  readonly commandId: string
  readonly stepName: string
  readonly document?: FrozenDocument
  /** The folder that the steps of this command share, whether it is there yet or not. */
  readonly downloads: string
  /** For this task alone. */
  readonly workspace: string
  /** How many documents this step lies in, the command's own not counted. */
  readonly depth: number
}

/** Reads what `planStep` wrote. */
export function readOrder(content: string): TaskOrder {
  // Written by this program, for itself, in a folder that is the owner's alone.
  return JSON.parse(content) as TaskOrder
}
