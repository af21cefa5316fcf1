import { builtin, choice, executionTimeout, freeText, only, shell } from './parts.ts'

const NEEDED = [
  'if ! command -v ansible-playbook >/dev/null 2>&1; then',
  '  echo "ansible-playbook is not installed on this node" >&2',
  '  exit 127',
  'fi',
]
const check = choice('(Optional) Whether the playbook only says what it would change.', ['True', 'False'], {
  default: 'False',
})

/** A playbook that is given as a text or by its URL. */
export const awsRunAnsiblePlaybook = builtin('AWS-RunAnsiblePlaybook', {
  description: 'Runs a playbook of Ansible on the node itself. Ansible must be installed there.',
  parameters: {
    playbook: freeText('(Optional) The playbook as YAML, where playbookurl is empty.', {
      ...{ displayType: 'textarea', default: '' },
    }),
    playbookurl: freeText('(Optional) URL of the playbook: https:// or http://.', {
      ...{ default: '', maxChars: 2048, allowedPattern: '^$|^https?://[^\\s]+$' },
    }),
    extravars: freeText('(Optional) Further variables, such as colour=red size=3.', {
      ...{ displayType: 'textarea', default: 'SSM=True' },
    }),
    check,
    timeoutSeconds: executionTimeout,
  },
  mainSteps: [
    shell(
      'runAnsiblePlaybook',
      [
        ...NEEDED,
        'folder=$(mktemp -d) || exit 1',
        'trap \'rm -rf "$folder"\' EXIT',
        'if [ -n {{ playbookurl }} ]; then',
        '  curl --fail --silent --show-error --location --output "$folder/playbook.yml" -- {{ playbookurl }} || exit 1',
        'elif [ -n {{ playbook }} ]; then',
        '  printf \'%s\\n\' {{ playbook }} >"$folder/playbook.yml"',
        'else',
        '  echo "give playbook or playbookurl" >&2',
        '  exit 2',
        'fi',
        'set -- -i localhost, -c local -e {{ extravars }}',
        'if [ "{{ check }}" = True ]; then set -- "$@" --check; fi',
        'ansible-playbook "$@" "$folder/playbook.yml"',
      ],
      { ...only('Linux'), inputs: { timeoutSeconds: '{{ timeoutSeconds }}' } },
    ),
  ],
})

/** Playbooks that are fetched with all that belongs to them. */
export const awsApplyAnsiblePlaybooks = builtin('AWS-ApplyAnsiblePlaybooks', {
  description: 'Fetches playbooks of Ansible and runs one of them on the node itself.',
  parameters: {
    SourceType: choice('(Optional) What kind of place the playbooks lie in.', ['GitHub', 'Git', 'HTTP', 'S3']),
    SourceInfo: {
      type: 'StringMap',
      default: {},
      description: '(Optional) Where the playbooks are, by the type of the place.',
      displayType: 'textarea',
    },
    InstallDependencies: choice('(Required) Whether Ansible is installed where it is not there.', ['True', 'False'], {
      default: 'False',
    }),
    PlaybookFile: freeText('(Optional) The playbook below the folder that was fetched.', {
      ...{ default: 'hello-world-playbook.yml', allowedPattern: '^[a-zA-Z0-9_ /.\\-]{1,512}\\.ya?ml$' },
    }),
    ExtraVariables: freeText('(Optional) Further variables, such as colour=red size=3.', {
      ...{ displayType: 'textarea', default: 'SSM=True' },
    }),
    Check: check,
    Verbose: choice('(Optional) How much Ansible says.', ['-v', '-vv', '-vvv', '-vvvv'], { default: '-v' }),
    TimeoutSeconds: executionTimeout,
  },
  mainSteps: [
    {
      action: 'aws:downloadContent',
      name: 'downloadContent',
      ...only('Linux'),
      inputs: { sourceType: '{{ SourceType }}', sourceInfo: '{{ SourceInfo }}' },
    },
    shell(
      'runShellScript',
      [
        'if [ "{{ InstallDependencies }}" = True ] && ! command -v ansible-playbook >/dev/null 2>&1; then',
        '  if command -v apt-get >/dev/null 2>&1; then',
        '    apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y ansible || exit 1',
        '  elif command -v dnf >/dev/null 2>&1; then',
        '    dnf install -y ansible-core || exit 1',
        '  elif command -v zypper >/dev/null 2>&1; then',
        '    zypper --non-interactive install ansible || exit 1',
        '  fi',
        'fi',
        ...NEEDED,
        'set -- -i localhost, -c local -e {{ ExtraVariables }} {{ Verbose }}',
        'if [ "{{ Check }}" = True ]; then set -- "$@" --check; fi',
        'ansible-playbook "$@" {{ PlaybookFile }}',
      ],
      { ...only('Linux'), inputs: { timeoutSeconds: '{{ TimeoutSeconds }}' } },
    ),
  ],
})
