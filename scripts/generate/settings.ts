// docs/operating/settings.md: every service setting, from the table that the operations read.
import { type Setting, settings } from '../../packages/controller/src/settings/index.ts'

const HEAD = `# Service settings

<!-- Written by "npm run generate" from packages/controller/src/settings/setting.ts. Do not edit. -->

What operators change through the API while the controller runs; a change holds from the next use on and for every controller of the
store. \`aws ssm get-service-setting --setting-id ID\`, \`update-service-setting\`, \`reset-service-setting\`; an id may also be given as its
ARN. What a program reads once at its start is its [configuration](../configuration.md).

| setting | values | default | meaning |
|---|---|---|---|
`

/** The text of docs/operating/settings.md. */
export function generateSettings(): string {
  const rows = settings.map(
    (setting) =>
      `| \`${setting.id}\` | ${valuesOf(setting)} | ${defaultOf(setting)} | ${setting.meaning.replaceAll('|', '\\|')} |`,
  )
  return `${HEAD}${rows.join('\n')}\n`
}

function valuesOf({ values }: Setting): string {
  switch (values.kind) {
    case 'number':
      return `${values.min} to ${values.max}`
    case 'words':
      return values.words.join(', ')
    case 'role':
      return 'a role by name or ARN, or $None'
  }
}

const defaultOf = ({ default: value }: Setting): string => (typeof value === 'string' ? value : `\`--${value.flag}\``)
