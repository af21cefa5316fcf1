import { parseArgs } from 'node:util'
import type { Option } from './option.ts'

export type Table = Readonly<Record<string, Option<unknown>>>
export type Config<T extends Table> = {
  readonly [K in keyof T]: T[K] extends Option<infer V> ? V : never
}

/** Bad configuration: every problem at once; programs print them and exit 78. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

interface Source {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Reads flags, then environment, then defaults; throws `ConfigError` with all that is wrong. */
export function loadConfig<T extends Table>(table: T, { argv, env }: Source): Config<T> {
  const problems: string[] = []
  const flags = readFlags(table, argv, problems)
  const values: Record<string, unknown> = {}
  for (const [key, option] of Object.entries(table)) {
    const fromEnv = env[option.env]
    const given = flags[option.flag] ?? (fromEnv === undefined ? [] : splitEnv(option, fromEnv))
    const parsed = option.parse(given)
    if (parsed.ok) values[key] = parsed.value
    else problems.push(`${flags[option.flag] ? `--${option.flag}` : option.env} ${parsed.problem}`)
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return Object.freeze(values) as Config<T>
}

function splitEnv(option: Option<unknown>, value: string): readonly string[] {
  return option.list
    ? value
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '')
    : [value]
}

function readFlags(table: Table, argv: readonly string[], problems: string[]): Record<string, string[]> {
  const options: Record<string, { type: 'string' | 'boolean'; multiple: true }> = {}
  for (const option of Object.values(table)) {
    if (!option.envOnly) options[option.flag] = { type: option.boolean ? 'boolean' : 'string', multiple: true }
  }
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, tokens: true })
  const flags: Record<string, string[]> = {}
  for (const token of tokens) {
    if (token.kind === 'positional') problems.push(`unexpected argument "${token.value}"`)
    if (token.kind !== 'option') continue
    const known = options[token.name]
    if (!known) problems.push(`unknown option ${token.rawName}`)
    else if (known.type === 'string' && token.value === undefined) problems.push(`--${token.name} wants a value`)
    else flags[token.name] = [...(flags[token.name] ?? []), token.value ?? '']
  }
  return flags
}
