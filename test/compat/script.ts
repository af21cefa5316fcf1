/** Writes to both streams. */
export const GREET = ['echo out of the script', 'echo beside it >&2']
/** More than any view of output shows, then an exit status of its own. */
export const LARGE = ['head -c 30000 /dev/zero | tr "\\0" x', 'exit 3']
export const LONG = ['sleep 300']

/** A document of one step that writes its parameter, as JSON and as YAML. */
export const jsonDocument = JSON.stringify({
  schemaVersion: '2.2',
  description: 'Says a word.',
  parameters: { word: { type: 'String', default: 'hello', maxChars: 20 } },
  mainSteps: [{ action: 'aws:runShellScript', name: 'say', inputs: { runCommand: ['echo {{ word }} from JSON'] } }],
})
export const yamlDocument = `schemaVersion: '2.2'
description: Says a word.
parameters:
  word:
    type: String
    default: hello
mainSteps:
  - action: aws:runShellScript
    name: say
    inputs:
      runCommand:
        - echo {{ word }} from YAML
`
