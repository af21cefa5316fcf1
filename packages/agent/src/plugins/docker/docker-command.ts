/** The inputs of aws:runDockerAction; what was left out is empty. */
export interface DockerInputs {
  readonly action: DockerAction
  readonly container?: string | undefined
  readonly image?: string | undefined
  readonly cmd?: string | undefined
  readonly memory?: string | undefined
  readonly cpuShares?: string | undefined
  readonly volume?: readonly string[] | undefined
  readonly env?: string | undefined
  readonly user?: string | undefined
  readonly publish?: string | undefined
}

export const DOCKER_ACTIONS = [
  ...([
    'Create',
    'Start',
    'Run',
    'Stop',
    'Rm',
    'Exec',
    'Inspect',
    'Logs',
    'Ps',
    'Stats',
    'Pull',
    'Images',
    'Rmi',
  ] as const),
] as const
export type DockerAction = (typeof DOCKER_ACTIONS)[number]

type Needed = 'container' | 'image' | 'cmd'
const NEEDS: Partial<Record<DockerAction, readonly Needed[]>> = {
  Create: ['image'],
  Run: ['image'],
  Start: ['container'],
  Stop: ['container'],
  Rm: ['container'],
  Logs: ['container'],
  Exec: ['container', 'cmd'],
  Pull: ['image'],
  Rmi: ['image'],
}

// What an input may look like, so that none of them is read as an option or as several.
const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/
const SHAPES: Readonly<Partial<Record<keyof DockerInputs, RegExp>>> = {
  container: NAME,
  image: /^[a-z0-9A-Z][a-zA-Z0-9_.:/@-]*$/,
  memory: /^[0-9]+[bkmgBKMG]?$/,
  cpuShares: /^[0-9]+$/,
  publish: /^[0-9a-zA-Z[][0-9a-zA-Z:./[\]-]*$/,
  user: /^[a-zA-Z0-9_][a-zA-Z0-9_.:-]*$/,
  env: /^[a-zA-Z_][^\0\n]*$/,
}

/** What is wrong with the inputs, before Docker is asked. */
export function dockerProblem(inputs: DockerInputs): string | undefined {
  for (const name of NEEDS[inputs.action] ?? [])
    if (inputs[name] === undefined) return `action ${inputs.action} needs ${name}`
  if (inputs.action === 'Inspect' && inputs.container === undefined && inputs.image === undefined)
    return 'action Inspect needs container or image'
  for (const [name, shape] of Object.entries(SHAPES)) {
    const value = inputs[name as keyof DockerInputs]
    if (typeof value === 'string' && !shape.test(value)) return `${name} is not what Docker takes there`
  }
  const stray = inputs.volume?.find((each) => each.startsWith('-'))
  return stray === undefined ? undefined : 'volume must not begin with -'
}

/** The one command of Docker that a step is. */
export function dockerArgv(inputs: DockerInputs): readonly [string, ...string[]] {
  const { action, container = '', image = '', cmd = '' } = inputs
  switch (action) {
    case 'Create':
      return ['docker', 'create', ...creating(inputs)]
    case 'Run':
      return ['docker', 'run', '--detach', ...creating(inputs)]
    case 'Exec':
      return ['docker', 'exec', ...option('--user', inputs.user), container, ...words(cmd)]
    case 'Inspect':
      return ['docker', 'inspect', ...[container, image].filter(Boolean)]
    case 'Stats':
      return ['docker', 'stats', '--no-stream', ...[container].filter(Boolean)]
    case 'Ps':
      return ['docker', 'ps', '--all']
    case 'Images':
      return ['docker', 'images']
    case 'Pull':
    case 'Rmi':
      return ['docker', action.toLowerCase(), image]
    case 'Start':
    case 'Stop':
    case 'Rm':
    case 'Logs':
      return ['docker', action.toLowerCase(), container]
  }
}

function creating({ container, image = '', cmd = '', ...rest }: DockerInputs): readonly string[] {
  return [
    ...(rest.volume ?? []).flatMap((each) => ['--volume', each]),
    ...option('--name', container),
    ...option('--memory', rest.memory),
    ...option('--cpu-shares', rest.cpuShares),
    ...option('--publish', rest.publish),
    ...option('--env', rest.env),
    ...option('--user', rest.user),
    image,
    ...words(cmd),
  ]
}

const option = (name: string, value: string | undefined): readonly string[] =>
  value === undefined || value === '' ? [] : [name, value]

/** The words of a command: blanks part them, quotes hold them together, nothing else means anything. */
export function words(command: string): readonly string[] {
  const found: string[] = []
  for (const [, pieces = ''] of command.matchAll(/((?:"[^"]*"|'[^']*'|[^\s"']|["'])+)/g))
    found.push(pieces.replaceAll(/"([^"]*)"|'([^']*)'/g, (_all, double, single) => double ?? single))
  return found
}
