import type { PlainObject } from '@muster/protocol/kit'
import type { Plugin, ProcessSpec, StepContext, Workspace } from './plugin.ts'
import type { TaskHost, TaskOrder } from './task-order.ts'

const ORDER = 'task.json'

/** Where a step is run: what a task of it has to know. */
export interface StepPlace extends TaskHost, Pick<TaskOrder, 'downloads' | 'depth'> {}

/** What to start for a step, whichever kind of plugin does it. */
export function planStep(
  plugin: Plugin,
  inputs: PlainObject,
  step: StepContext,
  workspace: Workspace,
  place: StepPlace,
): { readonly process: ProcessSpec } | { readonly problem: string } {
  if (plugin.kind === 'script') return plugin.plan(inputs, step, workspace)
  const problem = plugin.check(inputs)
  if (problem !== undefined) return { problem }
  const { commandId, stepName, document } = step
  const order: TaskOrder = {
    ...{ ...place, action: plugin.action, inputs, commandId, stepName, workspace: workspace.root },
    ...(document && { document }),
  }
  return {
    process: {
      files: {},
      // A file and no argument: arguments are for all the host to read.
      papers: { [ORDER]: JSON.stringify(order) },
      argv: [...place.program, 'task', workspace.path(ORDER)],
      cwd: workspace.root,
      env: { SSM_COMMAND_ID: commandId },
    },
  }
}
