import { builtin, choice, executionTimeout, only, powershell, shell, workingDirectory } from './parts.ts'

const sourceInfo = {
  type: 'StringMap',
  description: '(Required) Where the source is, by its type: a path of S3, a repository with its owner, an URL.',
  displayType: 'textarea',
  default: {},
}

/** Runs a document that lies elsewhere: in S3, a repository, at an URL, or under another name here. */
export const awsRunDocument = builtin('AWS-RunDocument', {
  description: 'Fetches a document from its source and runs it on the node.',
  parameters: {
    sourceType: choice('(Required) What kind of place the document lies in.', [
      'GitHub',
      'Git',
      'HTTP',
      'S3',
      'SSMDocument',
    ]),
    sourceInfo,
    documentPath: {
      type: 'String',
      description: '(Optional) The file below the folder that was fetched; for SSMDocument the name of the document.',
      maxChars: 4096,
      default: '',
    },
    documentParameters: {
      type: 'StringMap',
      description: '(Optional) Parameters for the document that is run.',
      displayType: 'textarea',
      default: {},
    },
  },
  mainSteps: [
    {
      action: 'aws:downloadContent',
      name: 'downloadContent',
      inputs: { sourceType: '{{ sourceType }}', sourceInfo: '{{ sourceInfo }}' },
    },
    {
      action: 'aws:runDocument',
      name: 'runDocument',
      inputs: {
        documentType: 'LocalPath',
        documentPath: '{{ documentPath }}',
        documentParameters: '{{ documentParameters }}',
      },
    },
  ],
})

const run = {
  inputs: { workingDirectory: '{{ workingDirectory }}', timeoutSeconds: '{{ executionTimeout }}' },
}

/** Fetches files and runs a line in their folder. The line is a script by itself, so it is put in as it is. */
export const awsRunRemoteScript = builtin('AWS-RunRemoteScript', {
  description: 'Fetches scripts from their source and runs one of them on the node.',
  parameters: {
    sourceType: choice('(Required) What kind of place the scripts lie in.', ['GitHub', 'Git', 'HTTP', 'S3']),
    sourceInfo,
    commandLine: {
      type: 'String',
      description: '(Required) The line that runs in the folder of what was fetched, such as ./install.sh --quiet.',
      displayType: 'textarea',
    },
    workingDirectory,
    executionTimeout,
  },
  mainSteps: [
    {
      action: 'aws:downloadContent',
      name: 'downloadContent',
      inputs: { sourceType: '{{ sourceType }}', sourceInfo: '{{ sourceInfo }}' },
    },
    shell('runShellScript', ['{{ commandLine }}'], { ...only('Linux'), ...run }),
    shell('runShellScriptOnMac', ['{{ commandLine }}'], { ...only('MacOS'), ...run }),
    powershell('runPowerShellScript', ['{{ commandLine }}', 'exit $LASTEXITCODE'], { ...only('Windows'), ...run }),
  ],
})

/** Does nothing, and well: what hooks are when nobody wants one. */
export const awsNoop = builtin('AWS-Noop', {
  description: 'Does nothing and succeeds.',
  mainSteps: [
    shell('noop', ['exit 0'], only('Linux')),
    shell('noopOnMac', ['exit 0'], only('MacOS')),
    powershell('noopOnWindows', ['exit 0'], only('Windows')),
  ],
})
