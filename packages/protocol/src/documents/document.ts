import type { Plain, PlainObject } from '#kit/index.ts'

export const SCHEMA_VERSIONS = ['1.2', '2.0', '2.2'] as const
export type SchemaVersion = (typeof SCHEMA_VERSIONS)[number]

export const PARAMETER_TYPES = ['String', 'StringList', 'Boolean', 'Integer', 'StringMap', 'MapList'] as const
export type ParameterType = (typeof PARAMETER_TYPES)[number]

/** What a parameter's values must meet; patterns are RE2 and match a whole value. */
export interface Constraints {
  readonly allowedValues?: readonly Plain[]
  readonly allowedPattern?: string
  readonly minChars?: number
  readonly maxChars?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly minValue?: number
  readonly maxValue?: number
}

export interface ParameterDefinition extends Constraints {
  readonly name: string
  readonly type: ParameterType
  readonly description?: string
  readonly displayType?: string
  readonly default?: Plain
  /** TEXT pastes the value; ENV_VAR hands it over in the variable SSM_<name>, which no script text can escape from. */
  readonly interpolation: 'TEXT' | 'ENV_VAR'
}

export interface Step {
  readonly index: number
  /** Its own in schema 2; in 1.2 that of the plugin, which several steps in a row may have. */
  readonly name: string
  readonly action: string
  readonly inputs: PlainObject
  /** As the document has it: `{StringEquals: [a, b]}`. */
  readonly precondition?: PlainObject
}

/** A Command document that met every check. */
export interface Document {
  readonly schemaVersion: SchemaVersion
  readonly description?: string
  readonly parameters: readonly ParameterDefinition[]
  readonly steps: readonly Step[]
}

/** A value of Parameter Store that only the node reads: by its name or ARN, in one version that never changes. */
export interface SecretReference {
  readonly name: string
  readonly version: number
}

/** A parameter of a document with the value that a command uses. */
export interface ResolvedParameter {
  readonly value: Plain
  readonly interpolation: ParameterDefinition['interpolation']
  /** Secrets that stand in the value as references (`secretText`): their values are read by the node alone. */
  readonly secrets?: readonly SecretReference[]
}

export type ResolvedParameters = ReadonlyMap<string, ResolvedParameter>
