import type { PlainObject } from '#kit/index.ts'

/** A document that comes with Muster. */
export interface BuiltinDocument {
  readonly name: string
  /** JSON. */
  readonly content: string
}

interface Body {
  readonly description: string
  readonly parameters?: PlainObject
  readonly mainSteps: readonly PlainObject[]
}

/** A document of schema 2.2. */
export const builtin = (name: string, { description, parameters, mainSteps }: Body): BuiltinDocument => ({
  name,
  content: JSON.stringify(
    { schemaVersion: '2.2', description, ...(parameters && { parameters }), mainSteps },
    undefined,
    2,
  ),
})

/** A text that is free: scripts get it in a variable, so that nothing of it is ever a part of a script. */
export const freeText = (description: string, more: PlainObject = {}): PlainObject => ({
  ...{ type: 'String', description, interpolationType: 'ENV_VAR' },
  ...more,
})

/** One of a few words. */
export const choice = (description: string, allowedValues: readonly string[], more: PlainObject = {}): PlainObject => ({
  ...{ type: 'String', description, allowedValues: [...allowedValues] },
  ...more,
})

export const workingDirectory: PlainObject = {
  type: 'String',
  default: '',
  description: '(Optional) The folder on the node in which the script runs.',
  maxChars: 4096,
}

/** Seconds as a text, up to 48 hours. */
export const executionTimeout: PlainObject = {
  type: 'String',
  default: '3600',
  description:
    '(Optional) Seconds that the script may run before it is stopped and counts as timed out: up to 172800 (48 hours).',
  allowedPattern: '([1-9][0-9]{0,4})|(1[0-6][0-9]{4})|(17[0-1][0-9]{3})|(172[0-7][0-9]{2})|(172800)',
}

export const only = (platform: 'Linux' | 'Windows' | 'MacOS'): PlainObject => ({
  precondition: { StringEquals: ['platformType', platform] },
})

/** A step that runs a script with a shell, where the platform has one. */
export const shell = (name: string, runCommand: readonly string[], more: PlainObject = {}): PlainObject => ({
  ...{ action: 'aws:runShellScript', name, ...more },
  inputs: { runCommand: [...runCommand], ...(more['inputs'] as PlainObject | undefined) },
})

/** The same with PowerShell. */
export const powershell = (name: string, runCommand: readonly string[], more: PlainObject = {}): PlainObject => ({
  ...{ action: 'aws:runPowerShellScript', name, ...more },
  inputs: { runCommand: [...runCommand], ...(more['inputs'] as PlainObject | undefined) },
})
