import { shellQuote } from '#platform/index.ts'
import { InvalidInput, list, type Outcome, oneOf, optional, type ProcessSpec, script, text } from '#runner/index.ts'
import { DOCKER_ACTIONS, dockerArgv, dockerProblem } from './docker/docker-command.ts'
import { workingFolder } from './working-folder.ts'

const inputs = {
  action: oneOf(...DOCKER_ACTIONS),
  container: optional(text),
  image: optional(text),
  cmd: optional(text),
  memory: optional(text),
  cpuShares: optional(text),
  volume: optional(list(text)),
  env: optional(text),
  user: optional(text),
  publish: optional(text),
  workingDirectory: optional(text),
}

type Inputs = { readonly [K in keyof typeof inputs]: ReturnType<(typeof inputs)[K]> }
type Place = Parameters<typeof workingFolder>[1]

const common = {
  action: 'aws:runDockerAction',
  since: 1,
  inputs,
  check(given: Inputs): void {
    const problem = dockerProblem(given)
    if (problem !== undefined) throw new InvalidInput(problem)
  },
  // What a container means by its exit code is no business of the node's: none of them asks for a reboot.
  outcome: (code: number): Outcome => (code === 0 ? { status: 'success' } : { status: 'failed' }),
} as const

const processOf = (given: Inputs, place: Place): Omit<ProcessSpec, 'argv'> => ({
  files: {},
  cwd: workingFolder(given.workingDirectory, place),
  env: { ...place.step.env, SSM_COMMAND_ID: place.step.commandId },
})

/** `aws:runDockerAction`: one command of the Docker that the node has. */
export const runDockerAction = script({
  ...common,
  platforms: ['linux'],
  process: (given: Inputs, place) => ({
    ...processOf(given, place),
    argv: ['sh', '-c', withDocker(dockerArgv(given))],
  }),
})

/** The same on Windows. */
export const runWindowsDockerAction = script({
  ...common,
  platforms: ['win32'],
  process: (given: Inputs, place) => ({ ...processOf(given, place), argv: dockerArgv(given) }),
})

const withDocker = (argv: readonly string[]): string =>
  [
    'command -v docker >/dev/null || {',
    `  printf '%s\\n' "aws:runDockerAction needs Docker, and this node has no program docker in $PATH" >&2`,
    '  exit 127',
    '}',
    `exec ${argv.map(shellQuote).join(' ')}`,
  ].join('\n')
