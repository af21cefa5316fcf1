// docs/operating/queries.md: by which keys QueryResources filters, sorts and counts, from the tables that read them.
import { commandKeys, invocationKeys, type Key } from '../../packages/controller/src/commands/query-keys.ts'
import type { NodeKey } from '../../packages/controller/src/fleet/filter.ts'
import { queryKeys } from '../../packages/controller/src/fleet/filter-keys.ts'

const HEAD = `# Queries

<!-- Written by "npm run generate" from the key tables of the slices. Do not edit. -->

\`POST /api/QueryResources\` with \`{"ResourceType": "Node", "Filter": [{"Key": "PlatformType", "Values": ["Linux"]}], "Sort": {"Key":
"AgentVersion"}, "Offset": 0, "MaxResults": 50, "Facets": ["PingStatus"]}\` answers a part of what meets all conditions, how many there
are, and counts of the commonest 50 values of each facet. Values of one condition are alternatives. Orders take one value, times are
written as \`2026-11-24T00:00:00Z\`. Nodes also take \`tag:KEY\` and \`tag-key\` with Equal and NotEqual. Invocations are asked for by
CommandId or InstanceId. Asking needs \`muster:QueryResources\` and the action of the list that shows the same.
`

const ORDERS = 'LessThan, GreaterThan'
const EQUAL = 'Equal, NotEqual'

interface Row {
  readonly operators: string
  readonly sorts: boolean
  readonly counts: boolean
}

/** The text of docs/operating/queries.md. */
export function generateQueries(): string {
  const nodes = [...queryKeys({ accountId: '', region: '' })].map(([name, key]) => row(name, ofNode(key)))
  const tables = [
    ['Node', nodes],
    ['Command', [...commandKeys].map(([name, key]) => row(name, ofCommand(key)))],
    ['Invocation', [...invocationKeys].map(([name, key]) => row(name, ofCommand(key)))],
  ] as const
  const sections = tables.map(
    ([type, rows]) => `## ${type}\n\n| key | operators | sorts | counts |\n|---|---|---|---|\n${rows.join('\n')}\n`,
  )
  return `${HEAD}\n${sections.join('\n')}`
}

const row = (name: string, { operators, sorts, counts }: Row): string =>
  `| ${name} | ${operators} | ${sorts ? 'yes' : ''} | ${counts ? 'yes' : ''} |`

function ofNode(key: NodeKey): Row {
  switch (key.kind) {
    case 'text':
      return { operators: `${EQUAL}, BeginWith${key.isVersion ? `, ${ORDERS}` : ''}`, sorts: true, counts: true }
    case 'time':
      return { operators: ORDERS, sorts: true, counts: false }
    case 'ping':
      return { operators: `${EQUAL}, BeginWith`, sorts: true, counts: true }
    case 'constant':
      return { operators: `${EQUAL}, BeginWith`, sorts: false, counts: false }
  }
}

function ofCommand(key: Key): Row {
  switch (key.kind) {
    case 'text':
      return { operators: `${EQUAL}, BeginWith`, sorts: key.sorts === true, counts: key.counts === true }
    case 'state':
      return { operators: EQUAL, sorts: true, counts: true }
    case 'node':
      return { operators: 'Equal', sorts: true, counts: false }
    default:
      return { operators: ORDERS, sorts: true, counts: false }
  }
}
