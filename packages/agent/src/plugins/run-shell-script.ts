import { shellQuote } from '#platform/index.ts'
import { list, optional, script, scriptOutcome, text } from '#runner/index.ts'
import { workingFolder } from './working-folder.ts'

const SCRIPT = 'script.sh'
const inputs = { runCommand: list(text), workingDirectory: optional(text) }

/** `aws:runShellScript`: runs the given lines as one POSIX shell script, or as what their `#!` names. */
export const runShellScript = script({
  action: 'aws:runShellScript',
  since: 1,
  platforms: ['linux', 'darwin'],
  inputs,

  process: ({ runCommand, workingDirectory }, { step, workspace }) => ({
    files: { [SCRIPT]: [...runCommand, ''].join('\n') },
    // The shell is asked to run the path, so that the kernel reads the script's first line.
    argv: ['sh', '-c', shellQuote(workspace.path(SCRIPT))],
    cwd: workingFolder(workingDirectory, { step, workspace }),
    env: { ...step.env, SSM_COMMAND_ID: step.commandId },
  }),
  outcome: scriptOutcome,
})
