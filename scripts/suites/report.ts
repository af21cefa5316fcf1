/** What a run of vitest told, by its JSON report. */
export interface Report {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  /** Files with a failed test, or that could not be loaded. */
  readonly red: readonly RedFile[]
}

export interface RedFile {
  readonly file: string
  readonly tests: readonly string[]
}

interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly success: boolean
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

/** Counts of a run. A file that cannot be loaded fails the run without a failed test; so does a run that found no test. */
export function readReport(text: string, status: number): Report {
  const { numPassedTests, numFailedTests, numPendingTests, success, testResults } = JSON.parse(text) as VitestReport
  const broken = numFailedTests === 0 && (status !== 0 || !success || numPassedTests === 0) ? 1 : 0
  const red = testResults
    .filter((result) => result.status === 'failed')
    .map(({ name, assertionResults }) => ({
      file: name,
      tests: assertionResults.filter((result) => result.status === 'failed').map(({ fullName }) => fullName),
    }))
  return { passed: numPassedTests, failed: numFailedTests + broken, skipped: numPendingTests, red }
}

/** The counts when a second run of only the red files was green; undefined when it was not. */
export function afterSecondLook(first: Report, second: Report): Report | undefined {
  if (second.failed > 0 || second.skipped > 0) return undefined
  const failed = first.red.reduce((count, { tests }) => count + tests.length, 0)
  // Tests of a file that could not be loaded were not counted at first.
  const unloaded = first.red.some(({ tests }) => tests.length === 0)
  return { ...first, passed: first.passed + (unloaded ? second.passed : failed), failed: 0 }
}
