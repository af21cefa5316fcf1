import type { OutputPlace } from '#commands/options.ts'
import type { BucketObject } from '#objects/index.ts'

const DAY_MS = 86_400_000
const FIRST_MS = 2_000
const LONGEST_MS = 300_000

/** How long a stream is tried, or waited for, before it is given up. */
export const GIVE_UP_MS = 7 * DAY_MS

export interface StreamName {
  readonly commandId: string
  readonly nodeId: string
  readonly action: string
  readonly stepName: string
  readonly stream: 'stdout' | 'stderr'
}

/** Where a stream lies in its bucket: `PREFIX/COMMAND/NODE/PLUGIN/STEP/stdout`, colons left out, as in the service. */
export function toBucketObject({ bucket, prefix, region }: OutputPlace, name: StreamName): BucketObject {
  const { commandId, nodeId, action, stepName, stream } = name
  const parts = [...prefix.split('/'), commandId, nodeId, withoutColons(action), withoutColons(stepName), stream]
  return { bucket, region, key: parts.filter((part) => part !== '').join('/') }
}

const withoutColons = (text: string): string => text.replaceAll(':', '')

/** When to try again after so many failures in a row; undefined when it is given up. */
export function nextTry(now: number, since: number, failures: number): number | undefined {
  if (now - since >= GIVE_UP_MS) return undefined
  return now + Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(16, Math.max(0, failures - 1)))
}

/** When to look again for a stream that is not complete: sooner the younger it is; undefined when it is given up. */
export function nextLook(now: number, since: number): number | undefined {
  if (now - since >= GIVE_UP_MS) return undefined
  return now + Math.min(LONGEST_MS, Math.max(FIRST_MS, now - since))
}
