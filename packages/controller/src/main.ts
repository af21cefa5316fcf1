import { ConfigError, optionsHelp } from '@muster/protocol/config'
import { activationCreate, activationCreateHelp, auditVerify, auditVerifyHelp } from '#admin/index.ts'
import { controllerTable, readConfig } from './config.ts'
import { masterKey, masterKeyHelp } from './master-key.ts'
import { startController } from './start.ts'
import { CONTROLLER_VERSION } from './version.ts'

const HELP = `muster-controller [run] [OPTIONS]        run the controller until SIGTERM
muster-controller init [OPTIONS]         make the data folder, keys and root's access key, and print that key once
muster-controller activation create      print the line that enrols a host (see its --help)
muster-controller master-key rotate      let another master key open the store (see its --help)
muster-controller audit verify           check that nobody has changed the audit trail (see its --help)

Options, each also as an environment variable:
`

async function main(argv: readonly string[]): Promise<number> {
  const [first = '', second = ''] = argv
  if (argv.includes('--version')) return print(`muster-controller ${CONTROLLER_VERSION}\n`)
  if (first === 'activation' && second === 'create') {
    return argv.includes('--help') ? print(activationCreateHelp()) : activationCreate(argv.slice(2), process.env)
  }
  if (first === 'master-key')
    return argv.includes('--help') ? print(masterKeyHelp()) : masterKey(argv.slice(1), process.env)
  if (first === 'audit' && second === 'verify') {
    return argv.includes('--help') ? print(auditVerifyHelp()) : auditVerify(argv.slice(2), process.env)
  }
  if (argv.includes('--help') || first === 'help') return print(`${HELP}${optionsHelp(controllerTable)}\n`)
  if (first === 'init') return startController(readConfig(argv.slice(1)), { onlyInitialise: true })
  if (first !== 'run' && /^[^-]/.test(first)) throw new ConfigError([unknownCommand(first, second)])
  return startController(readConfig(first === 'run' ? argv.slice(1) : argv), { onlyInitialise: false })
}

const unknownCommand = (first: string, second: string): string =>
  `unknown command "${['activation', 'audit'].includes(first) ? `${first} ${second}`.trim() : first}"; muster-controller --help lists them`

function print(text: string): number {
  process.stdout.write(text)
  return 0
}

/** Bad configuration is 78 (EX_CONFIG), with every problem on a line of its own. */
function report(error: unknown): number {
  if (error instanceof ConfigError) {
    for (const problem of error.problems) process.stderr.write(`muster-controller: ${problem}\n`)
    return 78
  }
  // What the system refuses is said by its own sentence; where in the code it was asked helps nobody.
  const said = error instanceof Error && ('syscall' in error ? error.message : (error.stack ?? error.message))
  process.stderr.write(`muster-controller: ${said || String(error)}\n`)
  return 1
}

// A reader that has seen enough, for instance `head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
process.exitCode = await main(process.argv.slice(2)).catch(report)
