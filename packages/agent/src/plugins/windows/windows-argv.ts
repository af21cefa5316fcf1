import { words } from '#plugins/docker/docker-command.ts'

export type MsiAction = 'Install' | 'Repair' | 'Uninstall'

const SWITCHES = { Install: '/i', Repair: '/f', Uninstall: '/x' } as const

/** The command line of Windows' installer for an .msi file; it never restarts the host by itself. */
export const msiexecArgv = (
  action: MsiAction,
  file: string,
  log: string,
  parameters: string,
): readonly [string, ...string[]] => [
  ...(['msiexec.exe', SWITCHES[action], file, '/quiet', '/norestart', '/log', log] as const),
  ...words(parameters),
]

/** "A restart is needed", and "it was begun": both mean that the step goes on after one. */
const RESTARTS: ReadonlySet<number> = new Set([1641, 3010])
export const REBOOT_EXIT = 3010

/** The exit code of a step for one of the installer. */
export const msiExit = (code: number): number => (RESTARTS.has(code) ? REBOOT_EXIT : code === 0 ? 0 : 1)

/** Runs lines that lie in a file, as aws:runPowerShellScript does. */
export const powerShellArgv = (file: string): readonly [string, ...string[]] => [
  ...(['powershell.exe', '-InputFormat', 'None', '-NonInteractive', '-NoProfile'] as const),
  ...['-ExecutionPolicy', 'Unrestricted', '-File', file],
]

export const MODULES_FOLDER = 'C:\\Program Files\\WindowsPowerShell\\Modules'
