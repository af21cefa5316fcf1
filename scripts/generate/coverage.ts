// docs/coverage.md: which operations of both models are built, read from the controller's operation files.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import groups from '../../packages/protocol/model/groups.json' with { type: 'json' }
import { allOperations, findOperationByName, type OperationModel } from '../../packages/protocol/src/api/model.ts'

const HEAD = `# Coverage

<!-- Written by "npm run generate" from the models and packages/controller/src/**/operations. Do not edit. -->

Every operation of the SSM API, and of Muster's own, by capability. An operation that is not built answers
\`UnknownOperationException\`.

`

// EnableMFADevice stands in enable-mfa-device.ts: the words of the name, without its capitals.
const operationsByWords = new Map(allOperations.map(({ name }) => [name.toLowerCase(), name]))

/** A built operation: where its file is and what its \`@coverage\` line says. */
export interface Built {
  readonly file: string
  readonly note: string
}

/** Finds the operation files of the controller; a file that declares no operation of the model is a mistake. */
export function findBuilt(root: string): Map<string, Built> {
  const source = join(root, 'packages/controller/src')
  const built = new Map<string, Built>()
  const entries = existsSync(source) ? readdirSync(source, { recursive: true, encoding: 'utf8' }) : []
  for (const path of entries.filter(isOperationFile).sort()) {
    const file = `packages/controller/src/${path}`
    const words = basename(path, '.ts').replaceAll('-', '')
    const operation = operationsByWords.get(words)
    if (operation === undefined) throw new Error(`${file}: no model has an operation of that name`)
    const text = readFileSync(join(root, file), 'utf8')
    if (!text.includes(`operation('${operation}'`))
      throw new Error(`${file} does not call operation('${operation}', …)`)
    const other = built.get(operation)
    if (other) throw new Error(`${operation} is built twice: ${other.file}, ${file}`)
    built.set(operation, { file, note: /@coverage +(.*?)(?: *\*\/)?$/m.exec(text)?.[1] ?? '' })
  }
  return built
}

/** The text of docs/coverage.md. */
export function generateCoverage(root: string): string {
  return writeCoverage(findBuilt(root))
}

/** Writes the tables for a given set of built operations. */
export function writeCoverage(built: ReadonlyMap<string, Built>): string {
  const all = groups.flatMap((group) => group.operations)
  const summary = groups.map(
    (group) => `| ${group.name} | ${count(group.operations, built)} | ${group.operations.length} |`,
  )
  const sections = groups.map(({ name, operations }) => {
    const rows = operations.map((operation) => row(findOperationByName(operation), operation, built.get(operation)))
    const title = `## ${name} (${count(operations, built)} of ${operations.length})`
    return [title, '', '| operation | state | notes |', '|---|---|---|', ...rows, ''].join('\n')
  })
  const total = `| **total** | **${count(all, built)}** | **${all.length}** |`
  return `${HEAD}${['| capability | operations built | of |', '|---|---|---|', ...summary, total].join('\n')}\n\n${sections.join('\n')}`
}

function row(model: OperationModel | undefined, name: string, built: Built | undefined): string {
  const shown = model?.service === 'muster' ? `Muster.${name}` : name
  return `| ${shown} | ${built ? 'built' : 'not yet'} | ${(built?.note ?? '').replaceAll('|', '\\|')} |`
}

function count(operations: readonly string[], built: ReadonlyMap<string, Built>): number {
  return operations.filter((operation) => built.has(operation)).length
}

function isOperationFile(path: string): boolean {
  return /(?:^|\/)operations\/[^/]+(?<!\.test)(?<!\/index)\.ts$/.test(path)
}
