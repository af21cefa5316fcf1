import { type Home, ssmArn } from '#kit/identity.ts'

/** What a value may be: a whole number within bounds, one of some words, or a role of this account. */
export type SettingValues =
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'role' }

/** One service setting: what operators change through the API while the controller runs. */
export interface Setting {
  readonly id: string
  /** One line for operators; docs/operating/settings.md shows it. */
  readonly meaning: string
  readonly values: SettingValues
  /** Without a default of its own: the configuration has it, under this flag. */
  readonly default: string | { readonly flag: string }
}

export const KEEP_COMMANDS_DAYS = '/muster/commands/keep-days'
export const KEEP_OUTPUT_GIB = '/muster/commands/keep-output-gib'
export const PARAMETER_TIER = '/ssm/parameter-store/default-parameter-tier'
export const DEFAULT_HOST_ROLE = '/ssm/managed-instance/default-ec2-instance-management-role'
/** The value of a role setting that names none. */
export const NO_ROLE = '$None'

export const settings: readonly Setting[] = [
  {
    id: KEEP_COMMANDS_DAYS,
    meaning: 'Days that ended commands, their results and their output are kept.',
    values: { kind: 'number', min: 1, max: 3650 },
    default: { flag: 'keep-commands-days' },
  },
  {
    id: KEEP_OUTPUT_GIB,
    meaning: 'GiB of output that are kept, all commands together; the oldest is removed first.',
    values: { kind: 'number', min: 1, max: 100_000 },
    default: { flag: 'keep-output-gib' },
  },
  {
    id: '/ssm/managed-instance/activation-tier',
    meaning: 'Every node has what the advanced tier has, so there is no other tier to choose.',
    values: { kind: 'words', words: ['advanced'] },
    default: 'advanced',
  },
  {
    id: PARAMETER_TIER,
    meaning: 'The tier of a new parameter that asks for none.',
    values: { kind: 'words', words: ['Standard', 'Advanced', 'Intelligent-Tiering'] },
    default: 'Standard',
  },
  {
    id: DEFAULT_HOST_ROLE,
    meaning:
      'The role of the default host management configuration. It is kept and shown; a node has the role of its activation, so none takes this one.',
    values: { kind: 'role' },
    default: NO_ROLE,
  },
]

const byId: ReadonlyMap<string, Setting> = new Map(settings.map((setting) => [setting.id, setting]))

export const settingArn = (home: Home, id: string): string =>
  ssmArn(home, `servicesetting${id.startsWith('/') ? '' : '/'}${id}`)

/** Finds a setting by its id or by its ARN here; undefined when there is none. */
export function findSetting(home: Home, given: string): Setting | undefined {
  const prefix = ssmArn(home, 'servicesetting')
  return byId.get(given.startsWith(`${prefix}/`) ? given.slice(prefix.length) : given)
}

/** What is wrong with a value, as a sentence; undefined when nothing is, or when only the store can say. */
export function findValueProblem({ id, values }: Setting, value: string): string | undefined {
  switch (values.kind) {
    case 'number': {
      const { min, max } = values
      const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN
      return number >= min && number <= max
        ? undefined
        : `The value of ${id} must be a whole number from ${min} to ${max}.`
    }
    case 'words':
      return values.words.includes(value) ? undefined : `The value of ${id} must be ${values.words.join(' or ')}.`
    case 'role':
      return undefined
  }
}
