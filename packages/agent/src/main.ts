import { resolve } from 'node:path'
import { isSea } from 'node:sea'
import { ConfigError, optionsHelp } from '@muster/protocol/config'
import { runCredentials } from '#commands/credentials.ts'
import { runDoctor } from '#commands/doctor.ts'
import { runEnv } from '#commands/env.ts'
import { runJournal } from '#commands/journal.ts'
import { runParameter } from '#commands/parameter.ts'
import { runRegister } from '#commands/register.ts'
import { runRun } from '#commands/run.ts'
import { runStatus } from '#commands/status.ts'
import { runTask } from '#commands/task.ts'
import { IdentityError, RegisterRefused, RegistrationError } from '#enrol/index.ts'
import { NoAgent } from '#local/index.ts'
import {
  lookTable,
  parameterTable,
  readLookConfig,
  readParameterConfig,
  readRegisterConfig,
  readRunConfig,
  registerTable,
  runTable,
} from './config.ts'
import { AGENT_VERSION } from './version.ts'

interface SubCommand {
  readonly about: string
  /** Words that come before the options. */
  readonly words?: string
  readonly table: Parameters<typeof optionsHelp>[0]
  run(argv: readonly string[]): Promise<number>
}

const COMMANDS: Readonly<Record<string, SubCommand>> = {
  register: {
    about: 'enrol this host with an activation',
    table: registerTable,
    run: (argv) => runRegister(readRegisterConfig(argv), AGENT_VERSION),
  },
  run: {
    about: 'run the agent until SIGTERM',
    table: runTable,
    run: (argv) => runRun(readRunConfig(argv), ownProgram()),
  },
  status: {
    about: 'show identity, link and what runs',
    table: lookTable,
    run: (argv) => runStatus(readLookConfig(argv).data),
  },
  doctor: {
    about: 'check what the agent needs on this host',
    table: lookTable,
    run: (argv) => runDoctor(readLookConfig(argv).data),
  },
  journal: {
    about: 'list what the journal holds, as JSON lines',
    table: lookTable,
    run: (argv) => runJournal(readLookConfig(argv).data),
  },
  parameter: {
    about: 'read a parameter of Parameter Store, as far as the role of this node may',
    words: 'get NAME',
    table: parameterTable,
    run: ([word, name, ...argv]) => runParameter([word, name], readParameterConfig(argv)),
  },
  credentials: {
    about: 'print temporary credentials of the role of this node, as a credential_process of AWS clients does',
    table: lookTable,
    run: (argv) => runCredentials(readLookConfig(argv).data),
  },
  env: {
    about: 'print what makes AWS clients of a shell talk to the controller as this node: eval "$(muster-agent env)"',
    table: lookTable,
    run: (argv) => runEnv(readLookConfig(argv).data, ownProgram()),
  },
}

/** How this program starts itself: from its sources or a bundle it is a file that Node runs, else it is the executable. */
function ownProgram(): readonly [string, ...string[]] {
  const [, file = ''] = process.argv
  return isSea() ? [process.execPath] : [process.execPath, resolve(file)]
}

const help = (): string => {
  const lines = Object.entries(COMMANDS).map(([name, { about }]) => `  ${name.padEnd(13)}${about}`)
  return `muster-agent COMMAND [OPTIONS]\n\n${lines.join('\n')}\n\nmuster-agent COMMAND --help lists its options.\n`
}

async function main([name = '', ...argv]: readonly string[]): Promise<number> {
  // Its own child, which nobody else has a use for.
  if (name === 'task' && argv.length === 1) return runTask(argv[0] ?? '', process.env)
  if (name === '--version' || argv.includes('--version')) return print(`muster-agent ${AGENT_VERSION}\n`)
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (name === '' || name === '--help' || name === 'help') return print(help())
  if (!command) throw new ConfigError([`unknown command "${name}"; muster-agent --help lists them`])
  if (argv.includes('--help'))
    return print(
      `muster-agent ${name}${command.words ? ` ${command.words}` : ''} [OPTIONS]: ${command.about}\n\n${optionsHelp(command.table)}\n`,
    )
  return command.run(argv)
}

function print(text: string): number {
  process.stdout.write(text)
  return 0
}

/** 78 (EX_CONFIG) for what only an operator can mend, so that the service manager does not start us over and over. */
function report(error: unknown): number {
  const lines = error instanceof ConfigError ? error.problems : [error instanceof Error ? error.message : String(error)]
  for (const line of lines) process.stderr.write(`muster-agent: ${line}\n`)
  if (error instanceof ConfigError || error instanceof IdentityError || error instanceof RegistrationError) return 78
  // What the system refuses is said by its own sentence; where in the code it was asked helps nobody.
  const isPlain = error instanceof RegisterRefused || error instanceof NoAgent
  if (!isPlain && error instanceof Error && !('syscall' in error)) process.stderr.write(`${error.stack ?? ''}\n`)
  return 1
}

// A reader that has seen enough, for instance `head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

// No top-level await: the released agent is one CommonJS file.
main(process.argv.slice(2))
  .catch(report)
  .then((status) => {
    process.exitCode = status
  }, report)
