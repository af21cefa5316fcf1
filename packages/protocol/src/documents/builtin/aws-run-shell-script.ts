/** AWS-RunShellScript: the service's name and parameters, Muster's own wording, schema 2.2. */
export const awsRunShellScript = {
  name: 'AWS-RunShellScript',
  content: JSON.stringify(
    {
      schemaVersion: '2.2',
      description: 'Runs the given lines as one shell script on Linux and macOS nodes.',
      parameters: {
        commands: {
          type: 'StringList',
          description: '(Required) The lines of the script. A first line that begins with #! chooses the interpreter.',
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
          action: 'aws:runShellScript',
          name: 'runShellScript',
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
