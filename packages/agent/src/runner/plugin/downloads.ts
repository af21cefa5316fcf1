import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { removeAll } from '#platform/index.ts'
import type { TaskHost } from './task-order.ts'

const rootOf = ({ data }: Pick<TaskHost, 'data'>): string => join(data, 'downloads')

/** The folder that the steps of one invocation share; a step that downloads something makes it. */
export const downloadsOf = (host: Pick<TaskHost, 'data'>, invocationId: string): string =>
  join(rootOf(host), invocationId)

/** What an invocation downloaded goes with its end. */
export const removeDownloads = (host: Pick<TaskHost, 'data'>, invocationId: string): Promise<void> =>
  removeAll(downloadsOf(host, invocationId))

/** Removes what ended invocations left, where the agent died before it could. */
export async function keepDownloads(host: Pick<TaskHost, 'data'>, kept: ReadonlySet<string>): Promise<void> {
  const names = await readdir(rootOf(host)).catch(() => [])
  for (const name of names) if (!kept.has(name)) await removeDownloads(host, name)
}
