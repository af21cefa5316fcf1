/** AWS-RunPowerShellScript: the service's name and parameters, Muster's own wording, schema 2.2. */
export const awsRunPowerShellScript = {
  name: 'AWS-RunPowerShellScript',
  content: JSON.stringify(
    {
      schemaVersion: '2.2',
      description:
        'Runs the given lines as one PowerShell script, on Linux and macOS nodes through pwsh where it is installed.',
      parameters: {
        commands: {
          type: 'StringList',
          description: '(Required) The lines of the script. Its exit code is that of exit, not of the last command.',
          minItems: 1,
          displayType: 'textarea',
        },
        workingDirectory: {
          type: 'String',
          default: '',
          description: '(Optional) The folder on the node in which the script runs.',
          maxChars: 4096,
        },
        executionTimeout: {
          type: 'String',
          default: '3600',
          description:
            '(Optional) Seconds that the script may run before it is stopped and counts as timed out: up to 172800 (48 hours).',
          allowedPattern: '([1-9][0-9]{0,4})|(1[0-6][0-9]{4})|(17[0-1][0-9]{3})|(172[0-7][0-9]{2})|(172800)',
        },
      },
      mainSteps: [
        {
          action: 'aws:runPowerShellScript',
          name: 'runPowerShellScript',
          inputs: {
            runCommand: '{{ commands }}',
            workingDirectory: '{{ workingDirectory }}',
            timeoutSeconds: '{{ executionTimeout }}',
          },
        },
      ],
    },
    undefined,
    2,
  ),
} as const
