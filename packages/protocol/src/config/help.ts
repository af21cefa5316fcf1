import type { Table } from './load.ts'

/** The options as `--help` shows them, aligned in two columns. */
export function optionsHelp(table: Table): string {
  const rows = Object.values(table).map((option) => {
    const usage = option.envOnly ? option.env : `--${option.flag}${option.boolean ? '' : ` ${option.value ?? 'VALUE'}`}`
    const also = option.envOnly ? '' : ` [${option.env}]`
    const standard = option.defaultText === undefined ? '' : ` (default: ${option.defaultText})`
    return { usage: `${usage}${option.list ? '...' : ''}`, help: `${option.help}${standard}${also}` }
  })
  const width = Math.max(...rows.map(({ usage }) => usage.length))
  return rows.map(({ usage, help }) => `  ${usage.padEnd(width)}  ${help}`).join('\n')
}

/** The same as a Markdown table, for docs/configuration.md. */
export function optionsMarkdown(table: Table): string {
  const rows = Object.values(table).map((option) => {
    const usage = option.envOnly ? '' : `\`--${option.flag}\``
    return `| ${usage} | \`${option.env}\` | ${option.defaultText ?? ''} | ${option.help.replaceAll('|', '\\|')} |`
  })
  return ['| flag | environment | default | what it does |', '| --- | --- | --- | --- |', ...rows].join('\n')
}
