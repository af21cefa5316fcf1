// `npm run bench -- NAME`: Muster against the bare limit of the same machine, in one run. One line of JSON on
// standard output, a table on standard error; exit 1 when a gate is missed, 2 when there is no such bench.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { agent } from './benches/agent.ts'
import { api } from './benches/api.ts'
import { command } from './benches/command.ts'
import { enrol } from './benches/enrol.ts'
import { fanout } from './benches/fanout.ts'
import { herd } from './benches/herd.ts'
import { idle } from './benches/idle.ts'
import { ingest } from './benches/ingest.ts'
import { journal } from './benches/journal.ts'
import { output } from './benches/output.ts'
import { parameters } from './benches/parameters.ts'
import { waves } from './benches/waves.ts'
import type { Bench } from './frame/bench.ts'
import { readMachine } from './frame/machine.ts'
import { withReport } from './frame/record.ts'
import { hasFailed, isUndecided, type Report, toReport, toTable } from './frame/report.ts'
import { withWorst } from './frame/worst.ts'

const BENCHES: readonly Bench[] = [
  agent,
  api,
  command,
  enrol,
  fanout,
  herd,
  idle,
  ingest,
  journal,
  output,
  parameters,
  waves,
]
const ROUNDS = { quick: 3, full: 5 }
const root = dirname(import.meta.dirname)
const stopped = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => stopped.abort(new Error(`stopped by ${signal}`)))
}
const say = (text: string): void => void process.stderr.write(`${text}\n`)

const HELP = `npm run bench -- NAME [--quick] [--database URL] [--peers] [--record]

${BENCHES.map(({ name, about }) => `  ${name.padEnd(10)}${about}`).join('\n')}

  --quick         one minute at most, with figures that say less
  --database URL  postgres://… or sqlite:FILE for the controller; SQLite when not given
  --peers         measure other programs too, where a bench has any (none of these has)
  --record        keep the figures in docs/performance.md`

interface Options {
  readonly quick: boolean
  readonly database: string | undefined
}

async function runOnce(bench: Bench, { quick, database }: Options): Promise<Report> {
  const rounds = quick ? ROUNDS.quick : ROUNDS.full
  // On the disk of the checkout: /tmp may be memory, where a sync costs nothing.
  const build = join(root, 'build')
  await mkdir(build, { recursive: true })
  const folder = await mkdtemp(join(build, `bench-${bench.name}-`))
  try {
    const measured = await bench.run({ quick, rounds, database, folder, signal: stopped.signal })
    return toReport({ bench: bench.name, node: process.version, machine: readMachine(folder), rounds, measured })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function record(report: Report): Promise<void> {
  const page = join(root, 'docs', 'performance.md')
  const text = withReport(await readFile(page, 'utf8'), report, new Date().toISOString().slice(0, 10))
  await writeFile(page, withWorst(text))
}

async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      database: { type: 'string' },
      peers: { type: 'boolean', default: false },
      record: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(`${HELP}\n`)
    return 0
  }
  const bench = BENCHES.find(({ name }) => name === positionals[0])
  if (!bench || positionals.length > 1) {
    say(
      `bench: ${positionals.length === 0 ? 'name a bench' : `no bench is called "${positionals.join(' ')}"`}\n\n${HELP}`,
    )
    return 2
  }
  const options = { quick: values.quick, database: values.database }
  let report = await runOnce(bench, options)
  if (isUndecided(report)) {
    say(`${toTable(report)}bench: the rounds lie too far apart; measuring once more`)
    report = await runOnce(bench, options)
  }
  process.stdout.write(`${JSON.stringify(report)}\n`)
  say(toTable(report).trimEnd())
  if (values.record) await record(report)
  return hasFailed(report) ? 1 : 0
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  say(`bench: ${error instanceof Error ? error.message : String(error)}`)
  const isUsage = error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  return isUsage ? 2 : 1
})
