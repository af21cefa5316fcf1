import { shellQuote } from '#platform/index.ts'
import {
  list,
  optional,
  type ProcessSpec,
  type StepContext,
  script,
  scriptOutcome,
  text,
  type Workspace,
  windowsOutcome,
} from '#runner/index.ts'
import { workingFolder } from './working-folder.ts'

const SCRIPT = 'script.ps1'
// Windows PowerShell reads a file without it in the host's own code page.
const BYTE_ORDER_MARK = '\uFEFF'
const inputs = { runCommand: list(text), workingDirectory: optional(text) }
const common = { action: 'aws:runPowerShellScript', since: 1, inputs } as const

type Inputs = Readonly<{ runCommand: string[]; workingDirectory: string | undefined }>

interface Place {
  readonly step: StepContext
  readonly workspace: Workspace
}

/** `aws:runPowerShellScript` where PowerShell is a guest: through the `pwsh` that a shell finds. */
export const runPowerShellScript = script({
  ...common,
  platforms: ['linux', 'darwin'],
  process: (given: Inputs, place) => ({
    ...processOf(given, place),
    argv: ['sh', '-c', pwsh(place.workspace.path(SCRIPT))],
  }),
  outcome: scriptOutcome,
})

/** The same on Windows, through the PowerShell that every Windows has. */
export const runWindowsPowerShellScript = script({
  ...common,
  platforms: ['win32'],
  process: (given: Inputs, place) => ({
    ...processOf(given, place),
    argv: [...WINDOWS_POWERSHELL, place.workspace.path(SCRIPT)],
  }),
  outcome: windowsOutcome,
})

const WINDOWS_POWERSHELL = [
  'powershell.exe',
  ...['-InputFormat', 'None', '-NonInteractive', '-NoProfile', '-ExecutionPolicy', 'Unrestricted', '-File'],
] as const

const processOf = (
  { runCommand, workingDirectory }: Inputs,
  { step, workspace }: Place,
): Omit<ProcessSpec, 'argv'> => ({
  files: { [SCRIPT]: BYTE_ORDER_MARK + [...runCommand, ''].join('\n') },
  cwd: workingFolder(workingDirectory, { step, workspace }),
  env: { ...step.env, SSM_COMMAND_ID: step.commandId },
})

const pwsh = (path: string): string =>
  [
    'command -v pwsh >/dev/null || {',
    `  printf '%s\\n' "aws:runPowerShellScript needs PowerShell 7, and this node has no program pwsh in $PATH" >&2`,
    '  exit 127',
    '}',
    `exec pwsh -File ${shellQuote(path)}`,
  ].join('\n')
