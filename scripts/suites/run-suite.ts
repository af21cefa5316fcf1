import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { root, runTool } from '../run.ts'
import { afterSecondLook, type Report, readReport } from './report.ts'
import type { Suite } from './suites.ts'

export interface Outcome {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** For the closing lines: that it ran and how, or why not. */
  readonly line: string
}

interface RunOptions {
  /** A folder for reports. */
  readonly scratch: string
  /** A suite that cannot run here is a failure. */
  readonly requireAll: boolean
  /** A few red files are run once more, alone; what was red at first is named in the closing lines. */
  readonly secondLook: boolean
}

const FEW = 3
const NOTHING: Report = { passed: 0, failed: 1, skipped: 0, red: [] }

export async function runSuite(suite: Suite, options: RunOptions): Promise<Outcome> {
  const { scratch, requireAll, secondLook } = options
  const missing = await suite.missing()
  if (missing !== undefined)
    return { passed: 0, failed: requireAll ? 1 : 0, skipped: 1, line: `${suite.name}: not run: ${missing}` }
  const skips = join(scratch, `${suite.name}.skips`)
  const started = performance.now()
  const first = await runFiles(suite, suite.folders, { scratch, skips, alone: suite.alone === true })
  const second =
    secondLook && isWorthALook(suite, first) ? await lookAgain(suite, first, { scratch, skips }) : undefined
  const report = second ?? first
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  const inner = await readSkips(skips)
  const skipped = report.skipped + inner.length
  const notes = [
    ...inner.map(({ suite: part, reason }) => `${part}: not run: ${reason}`),
    ...(second === undefined ? [] : first.red.map(nameRed)),
  ]
  return {
    passed: report.passed,
    failed: report.failed + (requireAll ? skipped : 0),
    skipped,
    line: [
      `${suite.name}: ran in ${seconds} s: ${report.passed} passed, ${report.failed} failed`,
      ...notes.map((note) => `  ${note}`),
    ].join('\n'),
  }
}

/** What decides by chance is never asked twice: a promise that was broken once is broken. */
const isWorthALook = ({ neverAgain = [] }: Suite, { red, failed }: Report): boolean =>
  failed > 0 &&
  red.length > 0 &&
  red.length <= FEW &&
  !red.some(({ file }) => neverAgain.some((part) => relative(root, file).startsWith(part)))

async function lookAgain(
  suite: Suite,
  first: Report,
  places: { readonly scratch: string; readonly skips: string },
): Promise<Report | undefined> {
  process.stdout.write(`\n${suite.name}: once more, alone: ${first.red.map(({ file }) => relative(root, file))}\n`)
  const files = first.red.map(({ file }) => relative(root, file))
  return afterSecondLook(first, await runFiles(suite, files, { ...places, alone: true }))
}

async function runFiles(
  suite: Suite,
  files: readonly string[],
  { scratch, skips, alone }: { readonly scratch: string; readonly skips: string; readonly alone: boolean },
): Promise<Report> {
  const file = join(scratch, `${suite.name}-${files.length}-${Date.now()}.json`)
  const status = await runTool(
    'vitest',
    [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
      ...(alone ? ['--no-file-parallelism'] : []),
      ...files,
    ],
    { env: { ...suite.env, MUSTER_TEST_SKIPS: skips } },
  )
  return existsSync(file) ? readReport(await readFile(file, 'utf8'), status) : NOTHING
}

const nameRed = ({ file, tests }: Report['red'][number]): string =>
  `red at first, green when run again alone: ${relative(root, file)}: ${tests.join(' · ') || 'could not be loaded'}`

async function readSkips(file: string): Promise<readonly { suite: string; reason: string }[]> {
  if (!existsSync(file)) return []
  const lines = (await readFile(file, 'utf8')).trim().split('\n')
  return [...new Set(lines)].map((line) => JSON.parse(line) as { suite: string; reason: string })
}
