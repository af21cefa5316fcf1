/**
 * Configuration of a program as one declarative table.
 * In: flags and environment. Out: a frozen, typed object, or `ConfigError` that lists every problem.
 * `--help` and docs/configuration.md are made from the same table.
 */
export { optionsHelp, optionsMarkdown } from './help.ts'
export { type Config, ConfigError, loadConfig, type Table } from './load.ts'
export { flag, list, type Option, oneOf, type Parsed, text, textWithDefault, wholeNumber } from './option.ts'
