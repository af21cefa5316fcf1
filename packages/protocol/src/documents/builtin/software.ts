import { builtin, choice, executionTimeout, freeText, workingDirectory } from './parts.ts'

/** Installs and removes packages of Muster's own and of the account. */
export const awsConfigureAwsPackage = builtin('AWS-ConfigureAWSPackage', {
  description: 'Installs a package on the node, or removes it.',
  parameters: {
    action: choice('(Required) Whether the package is installed or removed.', ['Install', 'Uninstall']),
    installationType: choice(
      '(Optional) Whether a package that is there is removed first, or updated in its place by its own script.',
      ['Uninstall and reinstall', 'In-place update'],
      { default: 'Uninstall and reinstall' },
    ),
    name: {
      type: 'String',
      description: '(Required) Name or ARN of the package.',
      allowedPattern:
        '^arn:[a-z0-9][-.a-z0-9]{0,62}:[a-z0-9][-.a-z0-9]{0,62}:[-.a-z0-9:/a-zA-Z0-9_]{1,512}$|^[a-zA-Z0-9/_\\-.]{1,128}$',
    },
    version: {
      type: 'String',
      default: '',
      description: '(Optional) The version; without it the newest is installed, or the one that is there removed.',
      allowedPattern: '^$|^[$a-zA-Z0-9._\\-+~: ]{1,128}$',
    },
    additionalArguments: {
      type: 'StringMap',
      default: {},
      description: '(Optional) Variables for the scripts of the package; their names begin with SSM_.',
      displayType: 'textarea',
    },
  },
  mainSteps: [
    {
      action: 'aws:configurePackage',
      name: 'configurePackage',
      inputs: {
        name: '{{ name }}',
        action: '{{ action }}',
        installationType: '{{ installationType }}',
        version: '{{ version }}',
        additionalArguments: '{{ additionalArguments }}',
      },
    },
  ],
})

/** Brings the agent to another version. */
export const awsUpdateSsmAgent = builtin('AWS-UpdateSSMAgent', {
  description:
    'Updates the agent of the node to the version that the controller hands out, or to the one that is named.',
  parameters: {
    version: {
      type: 'String',
      default: '',
      description: '(Optional) The version to go to; the newest when it is empty.',
      allowedPattern: '^$|^[0-9]+(\\.[0-9]+){1,3}(-[a-zA-Z0-9.]+)?$',
    },
    allowDowngrade: choice('(Optional) Whether that version may be an older one.', ['true', 'false'], {
      default: 'false',
    }),
  },
  mainSteps: [
    {
      action: 'aws:updateSsmAgent',
      name: 'updateSsmAgent',
      inputs: {
        agentName: 'muster-agent',
        source: 'controller',
        allowDowngrade: '{{ allowDowngrade }}',
        targetVersion: '{{ version }}',
      },
    },
  ],
})

/** Applies what was associated with the node, now. */
export const awsRefreshAssociation = builtin('AWS-RefreshAssociation', {
  description: 'Applies associations of the node at once, not at their time.',
  parameters: {
    associationIds: {
      type: 'StringList',
      default: [],
      description: '(Optional) The associations; all of the node when there is none in the list.',
    },
  },
  mainSteps: [
    {
      action: 'aws:refreshAssociation',
      name: 'refreshAssociation',
      inputs: { associationIds: '{{ associationIds }}' },
    },
  ],
})

/** An installer of Windows. */
export const awsInstallApplication = builtin('AWS-InstallApplication', {
  description: 'Installs, repairs or removes an application of Windows by its .msi file.',
  parameters: {
    action: choice('(Optional) What is done with the application.', ['Install', 'Repair', 'Uninstall'], {
      default: 'Install',
    }),
    parameters: freeText('(Optional) Parameters for the installer.', { default: '' }),
    source: {
      type: 'String',
      description: '(Required) URL or path of the .msi file.',
      allowedPattern: '^(https?://.+|[a-zA-Z]:\\\\.+|\\\\\\\\.+)\\.[mM][sS][iI](\\?.*)?$',
    },
    sourceHash: {
      type: 'String',
      default: '',
      description: '(Optional) SHA-256 of the file.',
      allowedPattern: '^$|^[0-9a-fA-F]{64}$',
    },
  },
  mainSteps: [
    {
      action: 'aws:applications',
      name: 'applications',
      inputs: {
        action: '{{ action }}',
        parameters: '{{ parameters }}',
        source: '{{ source }}',
        sourceHash: '{{ sourceHash }}',
      },
    },
  ],
})

/** A module of PowerShell on Windows. */
export const awsInstallPowerShellModule = builtin('AWS-InstallPowerShellModule', {
  description: 'Installs a module of PowerShell on Windows and runs lines that use it.',
  parameters: {
    workingDirectory,
    source: {
      type: 'String',
      description: '(Required) URL or path of the .zip file of the module.',
      allowedPattern: '^(https?://.+|[a-zA-Z]:\\\\.+|\\\\\\\\.+)\\.[zZ][iI][pP](\\?.*)?$',
    },
    sourceHash: {
      type: 'String',
      default: '',
      description: '(Optional) SHA-256 of the file.',
      allowedPattern: '^$|^[0-9a-fA-F]{64}$',
    },
    commands: {
      type: 'StringList',
      default: [],
      description: '(Optional) Lines of PowerShell that run once the module is there.',
      displayType: 'textarea',
    },
    executionTimeout,
  },
  mainSteps: [
    {
      action: 'aws:psModule',
      name: 'psModule',
      inputs: {
        source: '{{ source }}',
        sourceHash: '{{ sourceHash }}',
        runCommand: '{{ commands }}',
        workingDirectory: '{{ workingDirectory }}',
        timeoutSeconds: '{{ executionTimeout }}',
      },
    },
  ],
})
