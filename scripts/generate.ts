// Writes every file that follows from the models, the link's .proto files, the configuration, the settings and the operation files.
// With --check nothing is written: stale files are named and the exit code is 1.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { models } from '../packages/protocol/src/api/model.ts'
import { generateConfiguration } from './generate/configuration.ts'
import { generateCoverage } from './generate/coverage.ts'
import { generateErrors } from './generate/errors.ts'
import { generateLink } from './generate/link.ts'
import { generateOperations } from './generate/operations.ts'
import { generateQueries } from './generate/queries.ts'
import { generateSettings } from './generate/settings.ts'

const root = dirname(import.meta.dirname)
const check = process.argv.includes('--check')

const files = new Map<string, string>([
  ['packages/protocol/src/api/operations.generated.ts', generateOperations(models)],
  ...generateLink(root),
  ['docs/coverage.md', generateCoverage(root)],
  ['docs/errors.md', generateErrors()],
  ['docs/configuration.md', generateConfiguration()],
  ['docs/operating/settings.md', generateSettings()],
  ['docs/operating/queries.md', generateQueries()],
])

const stale: string[] = []
for (const [path, text] of files) {
  const file = join(root, path)
  if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
  stale.push(path)
  if (check) continue
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

if (check && stale.length > 0) {
  process.stderr.write(`not up to date, run "npm run generate": ${stale.join(', ')}\n`)
  process.exitCode = 1
} else {
  const what = stale.length === 0 ? `${files.size} files are up to date` : `wrote ${stale.join(', ')}`
  process.stderr.write(`generate: ${what}\n`)
}
