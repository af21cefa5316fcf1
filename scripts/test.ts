// `npm test`: every suite that can run here, then one line a suite and the counts alone on the last line.
// MUSTER_TEST_REQUIRE=all makes a suite that cannot run a failure. `--suite NAME` picks some, `--endurance` adds the long ones.
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runTool } from './run.ts'
import { type Suite, suites } from './suites/suites.ts'

interface Counts {
  passed: number
  failed: number
  skipped: number
}

interface Outcome extends Counts {
  readonly line: string
}

const { values } = parseArgs({
  options: {
    endurance: { type: 'boolean', default: false },
    suite: { type: 'string', multiple: true },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  process.stdout.write(
    `npm test -- [--suite NAME]... [--endurance]\nsuites: ${suites.map(({ name }) => name).join(', ')}\n`,
  )
  process.exit(0)
}

const unknown = (values.suite ?? []).filter((name) => !suites.some((suite) => suite.name === name))
if (unknown.length > 0) {
  process.stderr.write(
    `no suite is called ${unknown.join(', ')}; there are: ${suites.map(({ name }) => name).join(', ')}\n`,
  )
  process.exit(78)
}

const requireAll = process.env['MUSTER_TEST_REQUIRE'] === 'all'
const scratch = await mkdtemp(join(tmpdir(), 'muster-test-'))

async function runSuite(suite: Suite, index: number): Promise<Outcome> {
  const missing = await suite.missing()
  if (missing !== undefined)
    return { passed: 0, failed: requireAll ? 1 : 0, skipped: 1, line: `${suite.name}: not run: ${missing}` }
  const report = join(scratch, `${index}.json`)
  const skips = join(scratch, `${index}.skips`)
  const started = performance.now()
  const status = await runTool(
    'vitest',
    [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...(suite.alone ? ['--no-file-parallelism'] : []),
      ...suite.folders,
    ],
    {
      env: { ...suite.env, MUSTER_TEST_SKIPS: skips },
    },
  )
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  const counts = await readCounts(report, status)
  const inner = await readSkips(skips)
  const skipped = counts.skipped + inner.length
  const failed = counts.failed + (requireAll ? skipped : 0)
  const notes = inner.map(({ suite: part, reason }) => `\n  ${part}: not run: ${reason}`).join('')
  return {
    passed: counts.passed,
    failed,
    skipped,
    line: `${suite.name}: ran in ${seconds} s: ${counts.passed} passed, ${counts.failed} failed${notes}`,
  }
}

async function readCounts(report: string, status: number): Promise<Counts> {
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 }
  const { numPassedTests, numFailedTests, numPendingTests, success } = JSON.parse(
    await readFile(report, 'utf8'),
  ) as Record<string, number | boolean>
  const failed = Number(numFailedTests)
  // A file that cannot be loaded fails the run without a failed test; so does a run that found no test.
  const broken = failed === 0 && (status !== 0 || success !== true || Number(numPassedTests) === 0) ? 1 : 0
  return { passed: Number(numPassedTests), failed: failed + broken, skipped: Number(numPendingTests) }
}

async function readSkips(file: string): Promise<readonly { suite: string; reason: string }[]> {
  if (!existsSync(file)) return []
  const lines = (await readFile(file, 'utf8')).trim().split('\n')
  return [...new Set(lines)].map((line) => JSON.parse(line) as { suite: string; reason: string })
}

const chosen = suites.filter(({ name, endurance }) =>
  values.suite ? values.suite.includes(name) : values.endurance || !endurance,
)
const total: Counts = { passed: 0, failed: 0, skipped: 0 }
const lines: string[] = []
for (const [index, suite] of chosen.entries()) {
  const outcome = await runSuite(suite, index)
  total.passed += outcome.passed
  total.failed += outcome.failed
  total.skipped += outcome.skipped
  lines.push(outcome.line)
}
await rm(scratch, { recursive: true, force: true })
process.stdout.write(
  `\n${lines.join('\n')}\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`,
)
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0
