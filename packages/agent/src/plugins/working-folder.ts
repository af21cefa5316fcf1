import { resolve } from 'node:path'
import type { StepContext, Workspace } from '#runner/index.ts'

/** Where a script starts: a relative folder lies in what the command has downloaded, if it has, or in the step's own. */
export const workingFolder = (
  workingDirectory: string | undefined,
  { step, workspace }: { readonly step: StepContext; readonly workspace: Workspace },
): string => resolve(step.downloads ?? workspace.root, workingDirectory ?? '.')
