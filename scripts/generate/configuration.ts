// docs/configuration.md: every flag and variable of both programs, from the tables that read them.
import { lookTable, parameterTable, registerTable, runTable } from '../../packages/agent/src/config.ts'
import { controllerTable } from '../../packages/controller/src/config.ts'
import { optionsMarkdown } from '../../packages/protocol/src/config/index.ts'

const HEAD = `# Configuration

<!-- Written by "npm run generate" from packages/controller/src/config.ts and packages/agent/src/config.ts. Do not edit. -->

A flag comes before its environment variable, that before the default. Lists repeat the flag, or separate with commas in the
variable. A switch is on by its flag alone; in the variable 1 or 0. Bad configuration is exit 78 with every problem on a line of its own.
What has no flag is read from the environment only, because command lines are visible to every user of a host.
`

const SECTIONS = [
  ['muster-controller', controllerTable],
  ['muster-agent run', runTable],
  ['muster-agent register', registerTable],
  ['muster-agent status, doctor, journal, credentials, env', lookTable],
  ['muster-agent parameter get NAME', parameterTable],
] as const

/** The text of docs/configuration.md. */
export function generateConfiguration(): string {
  const sections = SECTIONS.map(([name, table]) => `## ${name}\n\n${optionsMarkdown(table)}\n`)
  return `${HEAD}\n${sections.join('\n')}`
}
