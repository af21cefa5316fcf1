import { builtin, choice, executionTimeout, freeText, workingDirectory } from './parts.ts'

/** Docker itself. */
export const awsConfigureDocker = builtin('AWS-ConfigureDocker', {
  description: 'Installs Docker on the node, or removes it.',
  parameters: {
    action: choice('(Required) Whether Docker is installed or removed.', ['Install', 'Uninstall']),
  },
  mainSteps: [{ action: 'aws:configureDocker', name: 'configureDocker', inputs: { action: '{{ action }}' } }],
})

const ACTIONS = [
  ...['Create', 'Start', 'Run', 'Stop', 'Rm', 'Exec', 'Inspect', 'Logs', 'Ps', 'Stats', 'Pull', 'Images', 'Rmi'],
]
const texts = {
  container: 'Name or id of the container.',
  cmd: 'The command in the container.',
  image: 'The image.',
  user: 'The user in the container.',
  publish: 'Ports that are published, such as 8080:80.',
  env: 'Variables of the container, such as A=1.',
}

/** One command of Docker. */
export const awsRunDockerAction = builtin('AWS-RunDockerAction', {
  description: 'Runs one command of Docker on the node.',
  parameters: {
    action: choice('(Required) The command.', ACTIONS),
    ...Object.fromEntries(
      Object.entries(texts).map(([name, what]) => [name, freeText(`(Optional) ${what}`, { default: '' })]),
    ),
    memory: {
      type: 'String',
      default: '',
      description: '(Optional) The most memory that the container gets, such as 512m.',
      allowedPattern: '^$|^[0-9]+[bkmgBKMG]?$',
    },
    cpuShares: {
      type: 'String',
      default: '',
      description: '(Optional) The weight of the container among others.',
      allowedPattern: '^$|^[0-9]+$',
    },
    volume: { type: 'StringList', default: [], description: '(Optional) What is mounted, such as /srv:/srv.' },
    workingDirectory,
    timeoutSeconds: executionTimeout,
  },
  mainSteps: [
    {
      action: 'aws:runDockerAction',
      name: 'runDockerAction',
      inputs: Object.fromEntries(
        ['action', ...Object.keys(texts), 'memory', 'cpuShares', 'volume', 'workingDirectory', 'timeoutSeconds'].map(
          (name) => [name, `{{ ${name} }}`],
        ),
      ),
    },
  ],
})
