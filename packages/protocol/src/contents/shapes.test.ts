import { expect, test } from 'vitest'
import { type ContentFormat, type DocumentType, parseTyped } from './index.ts'

// Shapes of documents as they are published, written anew: what makes each of them a shape of its own is its title.

interface Shape {
  readonly title: string
  readonly type?: DocumentType
  readonly format?: ContentFormat
  readonly content: string
}

const json = (title: string, value: object, type: DocumentType = 'Command'): Shape => ({
  ...{ title, type, format: 'JSON' as const, content: JSON.stringify(value) },
})
const yaml = (title: string, content: string, type: DocumentType = 'Command'): Shape => ({
  ...{ title, type, format: 'YAML' as const, content },
})
const step = (inputs: object, action = 'aws:runShellScript', name = 'step') => ({ action, name, inputs })
const lines = { runCommand: ['true'] }

const shapes: readonly Shape[] = [
  json('1.2 with one set of properties', {
    schemaVersion: '1.2',
    description: 'Old.',
    parameters: { commands: { type: 'StringList', minItems: 1, displayType: 'textarea' } },
    runtimeConfig: {
      'aws:runShellScript': { properties: { id: '0.aws:runShellScript', runCommand: '{{ commands }}' } },
    },
  }),
  json('1.2 with a list of properties and settings', {
    schemaVersion: '1.2',
    runtimeConfig: {
      'aws:runPowerShellScript': {
        settings: { startType: 'Enabled' },
        properties: [
          { id: '0.aws:psModule', runCommand: ['a'], timeoutSeconds: '60' },
          { id: '1.aws:psModule', runCommand: ['b'] },
        ],
      },
    },
  }),
  json('1.2 with an installer of Windows', {
    schemaVersion: '1.2',
    parameters: { action: { type: 'String', allowedValues: ['Install', 'Uninstall'], default: 'Install' } },
    runtimeConfig: {
      'aws:applications': { properties: [{ id: '0', action: '{{ action }}', source: 'https://x/a.msi' }] },
    },
  }),
  json('1.2 that joins a domain', {
    schemaVersion: '1.2',
    parameters: { directoryId: { type: 'String' }, dnsIpAddresses: { type: 'StringList', default: [] } },
    runtimeConfig: {
      'aws:domainJoin': { properties: { directoryId: '{{ directoryId }}', dnsIpAddresses: '{{ dnsIpAddresses }}' } },
    },
  }),
  json('2.0 with a step and no parameters', { schemaVersion: '2.0', mainSteps: [step(lines)] }),
  json('2.0 with settings beside the inputs', {
    schemaVersion: '2.0',
    mainSteps: [{ ...step(lines), settings: {}, maxAttempts: 1, onFailure: 'Abort', timeoutSeconds: 10 }],
  }),
  json('2.2 for two platforms by precondition', {
    schemaVersion: '2.2',
    mainSteps: [
      { ...step(lines), precondition: { StringEquals: ['platformType', 'Linux'] } },
      { ...step(lines, 'aws:runPowerShellScript', 'win'), precondition: { StringEquals: ['Windows', 'platformType'] } },
    ],
  }),
  json('2.2 with a precondition on a parameter', {
    schemaVersion: '2.2',
    parameters: { mode: { type: 'String', allowedValues: ['fast', 'safe'], default: 'safe' } },
    mainSteps: [{ ...step(lines), precondition: { StringEquals: ['{{ mode }}', 'fast'] } }],
  }),
  json('2.2 with ENV_VAR and the fallback for old agents', {
    schemaVersion: '2.2',
    parameters: { text: { type: 'String', interpolationType: 'ENV_VAR' } },
    mainSteps: [
      step({ runCommand: [`if [ -z "\${SSM_text+x}" ]; then export SSM_text="{{text}}"; fi`, 'echo "$SSM_text"'] }),
    ],
  }),
  json('2.2 with every way to end early', {
    schemaVersion: '2.2',
    mainSteps: [
      step({ ...lines, onFailure: 'exit' }, 'aws:runShellScript', 'a'),
      step({ ...lines, onFailure: 'successAndExit' }, 'aws:runShellScript', 'b'),
      step({ ...lines, onSuccess: 'exit' }, 'aws:runShellScript', 'c'),
      step({ ...lines, finallyStep: 'true' }, 'aws:runShellScript', 'd'),
    ],
  }),
  json('2.2 that downloads from S3 and runs what it found', {
    schemaVersion: '2.2',
    parameters: { sourceInfo: { type: 'StringMap', displayType: 'textarea' } },
    mainSteps: [
      step({ sourceType: 'S3', sourceInfo: '{{ sourceInfo }}' }, 'aws:downloadContent', 'get'),
      step({ documentType: 'LocalPath', documentPath: 'a/b.yml', documentParameters: '{}' }, 'aws:runDocument', 'run'),
    ],
  }),
  json('2.2 that downloads a private repository with a secret', {
    schemaVersion: '2.2',
    mainSteps: [
      step(
        {
          sourceType: 'GitHub',
          sourceInfo: '{"owner":"o","repository":"r","path":"p","tokenInfo":"{{ ssm-secure:token }}"}',
          destinationPath: '/opt/x',
        },
        'aws:downloadContent',
      ),
    ],
  }),
  json('2.2 with values of Parameter Store', {
    schemaVersion: '2.2',
    parameters: { level: { type: 'String', default: '{{ ssm:/app/level }}' } },
    mainSteps: [step({ runCommand: ['echo {{ level }} {{ssm:/app/name:3}}'] })],
  }),
  json('2.2 that installs a package', {
    schemaVersion: '2.2',
    parameters: { arguments: { type: 'StringMap', default: {} } },
    mainSteps: [
      step({ name: 'Agent', action: 'Install', additionalArguments: '{{ arguments }}' }, 'aws:configurePackage'),
    ],
  }),
  json('2.2 with containers', {
    schemaVersion: '2.2',
    mainSteps: [
      step({ action: 'Install' }, 'aws:configureDocker', 'docker'),
      step({ action: 'Run', image: 'redis', volume: ['/a:/a'] }, 'aws:runDockerAction', 'run'),
    ],
  }),
  json('2.2 with an inventory', {
    schemaVersion: '2.2',
    parameters: { applications: { type: 'String', default: 'Enabled', allowedValues: ['Enabled', 'Disabled'] } },
    mainSteps: [step({ applications: '{{ applications }}' }, 'aws:softwareInventory', 'collect')],
  }),
  json('2.2 that updates the agent', {
    schemaVersion: '2.2',
    mainSteps: [
      step(
        { agentName: 'amazon-ssm-agent', source: 'https://x/m.json', allowDowngrade: 'false' },
        'aws:updateSsmAgent',
      ),
    ],
  }),
  json('2.2 that applies associations', {
    schemaVersion: '2.2',
    parameters: { associationIds: { type: 'StringList', default: [] } },
    mainSteps: [step({ associationIds: '{{ associationIds }}' }, 'aws:refreshAssociation')],
  }),
  yaml(
    '2.2 as YAML with block scalars, comments and every constraint',
    `---
# a comment
schemaVersion: "2.2"
description: |
  Several
  lines.
parameters:
  name: { type: String, allowedPattern: '^[a-z]{1,8}$', minChars: 1, maxChars: 8, default: web }
  hosts: { type: StringList, minItems: 1, maxItems: 3, default: [a] }
  count: { type: Integer, minValue: 1, maxValue: 9, default: 3 }
  dry: { type: Boolean, default: false }
  extra: { type: MapList, default: [{ a: b }] }
mainSteps:
- action: aws:runShellScript
  name: run_it
  inputs:
    timeoutSeconds: 30
    workingDirectory: /tmp
    runCommand:
    - |
      for host in a b; do
        echo "$host"
      done
    - "{{ hosts }}"
`,
  ),
  yaml(
    '0.3 that runs a command and reads its output',
    `schemaVersion: '0.3'
description: Runs a command.
assumeRole: '{{ AutomationAssumeRole }}'
parameters:
  AutomationAssumeRole: { type: 'AWS::IAM::Role::Arn', default: '' }
  InstanceId: { type: StringList }
outputs: [run.Output]
mainSteps:
- name: run
  action: aws:runCommand
  timeoutSeconds: 600
  maxAttempts: 2
  onFailure: Abort
  inputs:
    DocumentName: AWS-RunShellScript
    InstanceIds: '{{ InstanceId }}'
    Parameters: { commands: [uptime] }
`,
    'Automation',
  ),
  yaml(
    '0.3 with calls of an API, outputs and selectors',
    `schemaVersion: '0.3'
mainSteps:
- name: look
  action: aws:executeAwsApi
  inputs: { Service: ssm, Api: DescribeInstanceInformation, MaxResults: 5 }
  outputs:
  - { Name: Ids, Selector: '$.InstanceInformationList..InstanceId', Type: StringList }
- name: isThere
  action: aws:assertAwsResourceProperty
  inputs: { Service: ssm, Api: GetParameter, Name: a, PropertySelector: $.Parameter.Value, DesiredValues: [x] }
  isCritical: false
  onFailure: Continue
- name: untilReady
  action: aws:waitForAwsResourceProperty
  inputs: { Service: ssm, Api: GetParameter, Name: a, PropertySelector: $.Parameter.Value, DesiredValues: [y] }
  isEnd: true
`,
    'Automation',
  ),
  yaml(
    '0.3 with a script in Python and what it gives',
    `schemaVersion: '0.3'
parameters:
  Names: { type: StringList }
mainSteps:
- name: script
  action: aws:executeScript
  inputs:
    Runtime: python3.11
    Handler: main
    InputPayload: { names: '{{ Names }}', day: '{{ global:DATE }}' }
    Script: |-
      def main(events, context):
          return {"count": len(events["names"]), "text": f"{events!r}"}
  outputs:
  - { Name: count, Selector: $.Payload.count, Type: Integer }
`,
    'Automation',
  ),
  yaml(
    '0.3 with a script in an attachment',
    `schemaVersion: '0.3'
files:
  run.py: { checksums: { sha256: ${'d'.repeat(64)} } }
mainSteps:
- { name: script, action: 'aws:executeScript', inputs: { Runtime: python3.11, Handler: run.main, Attachment: run.py } }
`,
    'Automation',
  ),
  yaml(
    '0.3 that branches',
    `schemaVersion: '0.3'
parameters:
  Kind: { type: String, allowedValues: [a, b] }
mainSteps:
- name: choose
  action: aws:branch
  inputs:
    Choices:
    - { NextStep: first, Variable: '{{ Kind }}', StringEquals: a }
    - { NextStep: second, Or: [{ Variable: '{{ Kind }}', StartsWith: b }, { Not: { Variable: '{{ Kind }}', Contains: c } }] }
    Default: second
- { name: first, action: 'aws:sleep', inputs: { Duration: PT1S }, isEnd: true }
- { name: second, action: 'aws:sleep', inputs: { Timestamp: '2026-01-01T00:00:00Z' } }
`,
    'Automation',
  ),
  yaml(
    '0.3 that cleans up when it fails or is cancelled',
    `schemaVersion: '0.3'
mainSteps:
- name: make
  action: aws:createStack
  onFailure: step:remove
  onCancel: step:remove
  inputs: { StackName: x, TemplateURL: 'https://x/y.yml' }
  nextStep: remove
- { name: remove, action: 'aws:deleteStack', inputs: { StackName: x }, isEnd: true }
`,
    'Automation',
  ),
  yaml(
    '0.3 with an approval before another runbook',
    `schemaVersion: '0.3'
mainSteps:
- name: ask
  action: aws:approve
  timeoutSeconds: 1000
  inputs: { Approvers: ['arn:aws:iam::123456789012:user/a'], MinRequiredApprovals: 1, Message: Go? }
- name: go
  action: aws:executeAutomation
  inputs: { DocumentName: Other, RuntimeParameters: { a: ['{{ automation:EXECUTION_ID }}'] } }
`,
    'Automation',
  ),
  yaml(
    '0.3 with variables and a loop',
    `schemaVersion: '0.3'
variables:
  seen: { type: StringList, default: [] }
mainSteps:
- name: each
  action: aws:loop
  inputs:
    Iterators: [a, b]
    IteratorDataType: String
    Steps:
    - { name: note, action: 'aws:updateVariable', inputs: { Name: 'variable:seen', Value: ['{{ each.CurrentIteratorValue }}'] } }
- { name: hold, action: 'aws:pause', inputs: {} }
outputs: ['variable:seen']
`,
    'Automation',
  ),
  json(
    '0.3 as JSON with steps of a cloud',
    {
      schemaVersion: '0.3',
      parameters: {
        Ids: { type: 'List<AWS::EC2::Instance::Id>' },
        Image: { type: 'AWS::EC2::Image::Id', default: '' },
      },
      mainSteps: [
        {
          name: 'stop',
          action: 'aws:changeInstanceState',
          inputs: { InstanceIds: '{{ Ids }}', DesiredState: 'stopped' },
        },
        { name: 'tag', action: 'aws:createTags', inputs: { ResourceType: 'EC2', ResourceIds: '{{ Ids }}', Tags: [] } },
        { name: 'call', action: 'aws:invokeLambdaFunction', inputs: { FunctionName: 'f', Payload: '{}' } },
      ],
    },
    'Automation',
  ),
  json(
    'a session with a shell profile',
    {
      schemaVersion: '1.0',
      description: 'Shell.',
      sessionType: 'Standard_Stream',
      inputs: {
        s3BucketName: '',
        cloudWatchStreamingEnabled: true,
        runAsEnabled: false,
        shellProfile: { linux: 'bash' },
      },
    },
    'Session',
  ),
  json(
    'a session with one command and its parameter',
    {
      schemaVersion: '1.0',
      sessionType: 'InteractiveCommands',
      parameters: { logpath: { type: 'String', default: '/var/log/syslog', allowedPattern: '^[a-zA-Z0-9-_/]+$' } },
      properties: { linux: { commands: 'tail -f {{ logpath }}', runAsElevated: true } },
    },
    'Session',
  ),
  json(
    'a session that forwards a port',
    {
      schemaVersion: '1.0',
      sessionType: 'Port',
      parameters: { portNumber: { type: 'String', allowedPattern: '^[0-9]{1,5}$', default: '80' } },
      properties: { portNumber: '{{ portNumber }}', type: 'LocalPortForwarding', localPortNumber: '0' },
    },
    'Session',
  ),
  json(
    'a package for several systems',
    {
      schemaVersion: '2.0',
      publisher: 'Us.',
      version: '1.0',
      packages: { amazon: { _any: { x86_64: { file: 'a.zip' } } }, windows: { '10': { _any: { file: 'b.zip' } } } },
      files: { 'a.zip': { checksums: { sha256: 'b'.repeat(64) } }, 'b.zip': { checksums: { sha256: 'c'.repeat(64) } } },
    },
    'Package',
  ),
  {
    title: 'a calendar of closed days',
    type: 'ChangeCalendar',
    format: 'TEXT',
    content: [
      ...['BEGIN:VCALENDAR', 'PRODID:-//AWS//Change Calendar 1.0//EN', 'VERSION:2.0', 'X-CALENDAR-TYPE:DEFAULT_OPEN'],
      ...['BEGIN:VEVENT', 'DTSTAMP:20261101T000000Z', 'UID:1@x', 'DTSTART;TZID=Europe/Berlin:20261224T000000'],
      ...[
        'DTEND;TZID=Europe/Berlin:20261227T000000',
        'RRULE:FREQ=YEARLY',
        'SUMMARY:Feast',
        'END:VEVENT',
        'END:VCALENDAR',
      ],
    ].join('\r\n'),
  },
  json(
    'a policy with an inventory',
    { schemaVersion: '2.0', mainSteps: [step({}, 'aws:softwareInventory')] },
    'Policy',
  ),
]

test.each(shapes)('$title', ({ type = 'Command', format = 'JSON', content }) => {
  const parsed = parseTyped(type, content, format)
  expect(parsed.ok ? 'parsed' : parsed.text).toBe('parsed')
})

test('these are more than thirty, and no two are alike', () => {
  expect(new Set(shapes.map(({ content }) => content)).size).toBeGreaterThan(30)
})
