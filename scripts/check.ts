// `npm run check`: format, lint, types, generated files, architecture, unit and slice tests. All steps run; the last
// lines say which failed. It is the quick form: the slices on SQLite alone, and no x.long.test.ts; `npm test` has all.
import { join } from 'node:path'
import { root, runTool } from './run.ts'
import { suites } from './suites/suites.ts'

const unitFolders = suites.find(({ name }) => name === 'unit and slices')?.folders ?? []

const steps: readonly (readonly [name: string, tool: string, ...args: string[]])[] = [
  ['format and lint', 'biome', 'ci', '--error-on-warnings', '.'],
  ['types', 'tsc', '--noEmit', '-p', '.'],
  ['generated files are fresh', 'node', join(root, 'scripts/generate.ts'), '--check'],
  ['architecture', 'vitest', 'run', '--reporter=dot', 'test/architecture'],
  ['unit and slice tests', 'vitest', 'run', '--reporter=dot', '--exclude', '**/*.long.test.ts', ...unitFolders],
]

const failed: string[] = []
for (const [name, tool, ...args] of steps) {
  const started = performance.now()
  const status = await runTool(tool, args, { env: { MUSTER_TEST_STORES: 'sqlite' } })
  process.stderr.write(
    `${status === 0 ? 'ok' : 'FAILED'}  ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)\n`,
  )
  if (status !== 0) failed.push(name)
}
if (failed.length > 0) process.stderr.write(`check failed: ${failed.join(', ')}\n`)
process.exitCode = failed.length > 0 ? 1 : 0
