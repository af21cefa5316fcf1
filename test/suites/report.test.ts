import { expect, it } from 'vitest'
import { afterSecondLook, readReport } from '../../scripts/suites/report.ts'

const text = (files: Readonly<Record<string, readonly string[]>>): string => {
  const statuses = Object.values(files).flat()
  return JSON.stringify({
    numPassedTests: statuses.filter((status) => status === 'passed').length,
    numFailedTests: statuses.filter((status) => status === 'failed').length,
    numPendingTests: statuses.filter((status) => status === 'pending').length,
    success: !statuses.includes('failed'),
    testResults: Object.entries(files).map(([name, of]) => ({
      name,
      status: of.length === 0 || of.includes('failed') ? 'failed' : 'passed',
      assertionResults: of.map((status, index) => ({ status, fullName: `${name} ${index}` })),
    })),
  })
}

it('names the files that were red, with their tests', () => {
  expect(readReport(text({ a: ['passed', 'failed'], b: ['passed', 'pending'] }), 1)).toEqual({
    passed: 2,
    failed: 1,
    skipped: 1,
    red: [{ file: 'a', tests: ['a 1'] }],
  })
})

it('fails a run that ended badly without a failed test, and one that found no test', () => {
  expect(readReport(text({ a: ['passed'] }), 1).failed).toBe(1)
  expect(readReport(text({}), 0).failed).toBe(1)
})

it('counts a file as green after a second look only when all of it was', () => {
  const first = readReport(text({ a: ['passed', 'failed'], b: ['passed'] }), 1)
  expect(afterSecondLook(first, readReport(text({ a: ['passed', 'passed'] }), 0))).toMatchObject({
    passed: 3,
    failed: 0,
  })
  expect(afterSecondLook(first, readReport(text({ a: ['failed', 'passed'] }), 1))).toBeUndefined()
  expect(afterSecondLook(first, readReport(text({ a: ['passed', 'pending'] }), 0))).toBeUndefined()
})

it('counts what a file that could not be loaded holds once it could', () => {
  const first = readReport(text({ a: [], b: ['passed'] }), 1)
  expect(afterSecondLook(first, readReport(text({ a: ['passed', 'passed'] }), 0))).toMatchObject({
    passed: 3,
    failed: 0,
  })
})
