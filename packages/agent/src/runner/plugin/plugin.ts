import type { FrozenDocument } from '@muster/protocol/delivery'
import type { SecretReference } from '@muster/protocol/documents'
import { type Input, InvalidInput } from './inputs.ts'
import type { Outcome } from './outcome.ts'
import type { TaskOrder } from './task-order.ts'

/** What to start for a step: all of it is known before anything happens. */
export interface ProcessSpec {
  /** Written into the workspace, executable for the owner alone. */
  readonly files: Readonly<Record<string, string>>
  /** Written into the workspace, to be read by the owner alone. */
  readonly papers?: Readonly<Record<string, string>>
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
  /** What earlier steps of the command downloaded, once there is something: relative folders begin there. */
  readonly downloads?: string | undefined
  /** The document that the step names, as it was when the command was accepted. */
  readonly document?: FrozenDocument | undefined
}

export type PluginPlatform = 'linux' | 'darwin' | 'win32'

interface CommonPlugin {
  readonly action: string
  /** Link version that introduced it. */
  readonly since: number
  readonly platforms: readonly PluginPlatform[]
  outcome(code: number): Outcome
}

/** An action that another program does. Nothing of it is alive while its process runs. */
export interface ScriptPlugin extends CommonPlugin {
  readonly kind: 'script'
  plan(
    inputs: Readonly<Record<string, unknown>>,
    step: StepContext,
    workspace: Workspace,
  ): { readonly process: ProcessSpec } | { readonly problem: string }
}

/** An action that Muster does itself, in a process of its own: `muster-agent task`, under the same wrapper as a script. */
export interface TaskPlugin extends CommonPlugin {
  readonly kind: 'task'
  /** What is wrong with the inputs, before anything starts. */
  check(inputs: Readonly<Record<string, unknown>>): string | undefined
  /** Does it, in that process; answers its exit code. */
  perform(order: TaskOrder, io: TaskIo): Promise<number>
}

/** One document action. */
export type Plugin = ScriptPlugin | TaskPlugin

/** What a task speaks to. */
export interface TaskIo {
  readonly out: (text: string | Uint8Array) => void
  readonly err: (text: string | Uint8Array) => void
  /** Every action that this platform can run. */
  readonly plugins: readonly Plugin[]
  /** The value of a secret that the step was given; undefined for any other. */
  readonly secret?: (secret: SecretReference) => string | undefined
}

type Inputs<V> = { readonly [K in keyof V]: Input<V[K]> }

/** A plugin made of two pure functions: inputs to process, exit to outcome. */
export function script<V extends Readonly<Record<string, unknown>>>(definition: {
  readonly action: string
  readonly since: number
  readonly platforms: readonly PluginPlatform[]
  readonly inputs: Inputs<V>
  /** Throws InvalidInput where inputs that are good by themselves do not go together. */
  readonly check?: (inputs: V) => void
  readonly process: (inputs: V, context: { readonly step: StepContext; readonly workspace: Workspace }) => ProcessSpec
  readonly outcome: (code: number) => Outcome
}): ScriptPlugin {
  const { inputs, check, process, ...common } = definition
  return {
    ...common,
    kind: 'script',
    plan(given, step, workspace) {
      const read = readInputs(inputs, given, check)
      return 'problem' in read ? read : { process: process(read.values, { step, workspace }) }
    },
  }
}

/** A plugin made of readers of its inputs and of what is to be done with them. */
export function task<V extends Readonly<Record<string, unknown>>>(definition: {
  readonly action: string
  readonly since: number
  readonly platforms: readonly PluginPlatform[]
  readonly inputs: Inputs<V>
  /** Throws InvalidInput where inputs that are good by themselves do not go together. */
  readonly check?: (inputs: V) => void
  readonly perform: (inputs: V, order: TaskOrder, io: TaskIo) => Promise<number>
  readonly outcome: (code: number) => Outcome
}): TaskPlugin {
  const { inputs, check, perform, ...common } = definition
  return {
    ...common,
    kind: 'task',
    check(given) {
      const read = readInputs(inputs, given, check)
      return 'problem' in read ? read.problem : undefined
    },
    async perform(order, io) {
      const read = readInputs(inputs, order.inputs, check)
      if ('values' in read) return perform(read.values, order, io)
      io.err(`${read.problem}\n`)
      return 1
    },
  }
}

function readInputs<V extends Readonly<Record<string, unknown>>>(
  inputs: Inputs<V>,
  given: Readonly<Record<string, unknown>>,
  check?: (inputs: V) => void,
): { readonly values: V } | { readonly problem: string } {
  try {
    const entries = Object.entries(inputs).map(([name, read]) => [
      name,
      read(Object.hasOwn(given, name) ? given[name] : undefined, name),
    ])
    // Each value was read by the input of the same name.
    const values = Object.fromEntries(entries) as V
    check?.(values)
    return { values }
  } catch (error) {
    if (error instanceof InvalidInput) return { problem: error.message }
    throw error
  }
}
