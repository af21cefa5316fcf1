import { type Input, InvalidInput } from './inputs.ts'
import type { Outcome } from './outcome.ts'

/** What to start for a step: all of it is known before anything happens. */
export interface ProcessSpec {
  /** Written into the workspace, executable for the owner alone. */
  readonly files: Readonly<Record<string, string>>
  readonly argv: readonly [string, ...string[]]
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
}

/** The folder that belongs to one attempt. */
export interface Workspace {
  readonly root: string
  path(name: string): string
}

/** What a plugin may know of the step it plans. */
export interface StepContext {
  readonly commandId: string
  readonly stepName: string
  /** Variables that the document gives the step. */
  readonly env: Readonly<Record<string, string>>
}

export type PluginPlatform = 'linux' | 'darwin' | 'win32'

/** One document action. Nothing of it is alive while its process runs. */
export interface ScriptPlugin {
  readonly kind: 'script'
  readonly action: string
  /** Link version that introduced it. */
  readonly since: number
  readonly platforms: readonly PluginPlatform[]
  plan(
    inputs: Readonly<Record<string, unknown>>,
    step: StepContext,
    workspace: Workspace,
  ): { readonly process: ProcessSpec } | { readonly problem: string }
  outcome(code: number): Outcome
}

/** A plugin made of two pure functions: inputs to process, exit to outcome. */
export function script<V extends Readonly<Record<string, unknown>>>(definition: {
  readonly action: string
  readonly since: number
  readonly platforms: readonly PluginPlatform[]
  readonly inputs: { readonly [K in keyof V]: Input<V[K]> }
  readonly process: (inputs: V, context: { readonly step: StepContext; readonly workspace: Workspace }) => ProcessSpec
  readonly outcome: (code: number) => Outcome
}): ScriptPlugin {
  const { action, since, platforms, inputs, process, outcome } = definition
  return {
    kind: 'script',
    action,
    since,
    platforms,
    outcome,
    plan(given, step, workspace) {
      try {
        const entries = Object.entries(inputs).map(([name, read]) => [
          name,
          read(Object.hasOwn(given, name) ? given[name] : undefined, name),
        ])
        // Each value was read by the input of the same name.
        return { process: process(Object.fromEntries(entries) as V, { step, workspace }) }
      } catch (error) {
        if (error instanceof InvalidInput) return { problem: error.message }
        throw error
      }
    },
  }
}
