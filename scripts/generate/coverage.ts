// docs/coverage.md: which operations of both models are built, read from the controller's operation files.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import groups from '../../packages/protocol/model/groups.json' with { type: 'json' }
import { findOperationByName, type OperationModel } from '../../packages/protocol/src/api/model.ts'

const HEAD = `# Coverage

<!-- Written by "npm run generate" from the models and packages/controller/src/*/operations. Do not edit. -->

Every operation of the SSM API, and of Muster's own, by capability. An operation that is not built answers
\`UnknownOperationException\`.

`

/** A built operation: where its file is and what its \`@coverage\` line says. */
export interface Built {
  readonly file: string
  readonly note: string
}

/** Finds the operation files of the controller; a file that declares no operation of the model is a mistake. */
export function findBuilt(root: string): Map<string, Built> {
  const source = join(root, 'packages/controller/src')
  const built = new Map<string, Built>()
  const slices = existsSync(source) ? readdirSync(source, { withFileTypes: true }) : []
  for (const slice of slices
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()) {
    const folder = join(source, slice, 'operations')
    if (!existsSync(folder)) continue
    for (const name of readdirSync(folder).filter(isOperationFile).sort()) {
      const file = `packages/controller/src/${slice}/operations/${name}`
      const operation = pascalCase(name.slice(0, -'.ts'.length))
      const text = readFileSync(join(root, file), 'utf8')
      if (!findOperationByName(operation)) throw new Error(`${file}: no model has an operation ${operation}`)
      if (!text.includes(`operation('${operation}'`))
        throw new Error(`${file} does not call operation('${operation}', …)`)
      const other = built.get(operation)
      if (other) throw new Error(`${operation} is built twice: ${other.file}, ${file}`)
      built.set(operation, { file, note: /@coverage +(.*?)(?: *\*\/)?$/m.exec(text)?.[1] ?? '' })
    }
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

function isOperationFile(name: string): boolean {
  return name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'index.ts'
}

function pascalCase(name: string): string {
  return name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
