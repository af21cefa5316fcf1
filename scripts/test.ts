// `npm test`: every suite that can run here, then one line a suite and the counts alone on the last line.
// MUSTER_TEST_REQUIRE=all makes a suite that cannot run a failure; MUSTER_TEST_SECOND_LOOK=1 runs a few red files once
// more and names them. `--suite NAME` picks some, `--endurance` adds the long ones, `--record` keeps their figures.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Outcome, runSuite } from './suites/run-suite.ts'
import { suites } from './suites/suites.ts'

const { values } = parseArgs({
  options: {
    endurance: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
    suite: { type: 'string', multiple: true },
    help: { type: 'boolean', default: false },
  },
})
const names = suites.map(({ name }) => name)
if (values.help) {
  process.stdout.write(`npm test -- [--suite NAME]... [--endurance] [--record]\nsuites: ${names.join(', ')}\n`)
  process.exit(0)
}

const unknown = (values.suite ?? []).filter((name) => !names.includes(name))
if (unknown.length > 0) {
  process.stderr.write(`no suite is called ${unknown.join(', ')}; there are: ${names.join(', ')}\n`)
  process.exit(78)
}

// Read by the tests themselves.
if (values.record) process.env['MUSTER_TEST_RECORD'] = '1'

// The suite that runs is told by runTool; none follows it.
let stopped: number | undefined
for (const [signal, number] of [
  ['SIGINT', 2],
  ['SIGTERM', 15],
] as const)
  process.on(signal, () => {
    stopped = 128 + number
  })

const chosen = suites.filter(({ name, endurance }) =>
  values.suite ? values.suite.includes(name) : values.endurance || !endurance,
)
const scratch = await mkdtemp(join(tmpdir(), 'muster-test-'))
const outcomes: Outcome[] = []
for (const suite of chosen) {
  if (stopped !== undefined) break
  outcomes.push(
    await runSuite(suite, {
      scratch,
      requireAll: process.env['MUSTER_TEST_REQUIRE'] === 'all',
      secondLook: process.env['MUSTER_TEST_SECOND_LOOK'] === '1',
    }),
  )
}
await rm(scratch, { recursive: true, force: true })

const sum = (count: 'passed' | 'failed' | 'skipped') => outcomes.reduce((all, outcome) => all + outcome[count], 0)
const lines = outcomes.map(({ line }) => line)
process.stdout.write(
  `\n${lines.join('\n')}\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped\n`,
)
process.exitCode = stopped ?? (sum('failed') > 0 || sum('passed') === 0 ? 1 : 0)
