import type { CommandInvocation } from '@muster/protocol/api'
import type { Reader } from '#db/index.ts'
import type { NodeSource } from './deps.ts'
import { findSteps, type ListedInvocation } from './list-store.ts'
import { mergePlugins } from './merge-plugins.ts'
import { hasBucket } from './options.ts'
import { findUploads } from './upload/store.ts'
import { toInvocation } from './wire.ts'

/** Invocations in SSM's words, with the names of their nodes. */
export async function showInvocations(
  db: Reader,
  fleet: Pick<NodeSource, 'labels'>,
  rows: readonly ListedInvocation[],
  details: boolean,
): Promise<CommandInvocation[]> {
  const labels = await fleet.labels(db, [...new Set(rows.map(({ node_key }) => node_key))])
  const shown: CommandInvocation[] = []
  for (const row of rows) {
    const isBucketed = hasBucket(row)
    const steps = details || isBucketed ? mergePlugins(await findSteps(db, row.command_key, row.node_key)) : []
    const uploads = isBucketed ? await findUploads(db, row.command_key, row.node_key) : []
    shown.push(toInvocation(row, labels.get(row.node_key), { steps, uploads }, details))
  }
  return shown
}
