import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const DOCUMENTS = 'packages/protocol/src/documents'
const RUNNER = 'packages/agent/src/runner'
const PLUGINS = 'packages/agent/src/plugins'
const COMMANDS = 'packages/controller/src/commands'

// Every construct of Command documents and of running them, with the test that has it: its file, and words of its title or cases.
const CONSTRUCTS: readonly (readonly [construct: string, file: string, words: string])[] = [
  ['schema 1.2: runtimeConfig, properties as map or list', `${DOCUMENTS}/parse.test.ts`, 'reads schema 1.2'],
  ['schema 2.0 and 2.2: mainSteps', `${DOCUMENTS}/parse.test.ts`, 'reads the same document from JSON and from YAML'],
  ['an unknown schema version', `${DOCUMENTS}/parse.test.ts`, 'refuses the schema version of'],
  ['order of steps', `${RUNNER}/runner.test.ts`, 'runs the next step after a failed one and ends Failed'],
  ['an action the platform lacks, by schema', `${DOCUMENTS}/decide-step.test.ts`, 'fails where 2.2 skips'],
  [
    'an action the agent lacks',
    `${RUNNER}/refusal.test.ts`,
    'fails an unknown action and skips one for another platform',
  ],
  ['String takes element 0, StringList all', `${DOCUMENTS}/parameters.test.ts`, 'takes element 0 of a String'],
  [
    'Boolean, Integer, StringMap, MapList',
    `${DOCUMENTS}/parameters.test.ts`,
    'reads Boolean, Integer, StringMap and MapList',
  ],
  [
    'allowedValues, allowedPattern, min and max',
    `${DOCUMENTS}/parameters.test.ts`,
    'exactly the values that the constraints allow',
  ],
  ['default', `${DOCUMENTS}/parameters.test.ts`, 'falls back to the default'],
  ['missing and unknown parameters', `${DOCUMENTS}/parameters.test.ts`, 'reports every problem at once'],
  ['names of parameters', `${DOCUMENTS}/parse.test.ts`, "a parameter's name must be letters and digits"],
  ['{{ name }} alone keeps its type', `${DOCUMENTS}/substitute.test.ts`, 'becomes the value with its type'],
  ['a list in a list, flattened by the plugin', `${PLUGINS}/run-shell-script.test.ts`, 'flattens a list parameter'],
  ['{{ name }} within a text', `${DOCUMENTS}/substitute.test.ts`, 'lists and maps become JSON text'],
  ['$$ in a value', `${DOCUMENTS}/substitute.test.ts`, 'two dollars become one'],
  [
    'a token without a parameter, one pass, values only',
    `${DOCUMENTS}/substitute.test.ts`,
    'unknown tokens, look-alikes and keys stay',
  ],
  [
    '{{ ssm:name }} in defaults',
    `${DOCUMENTS}/parse.test.ts`,
    'names Parameter Store unchecked until its value is known',
  ],
  [
    '{{ ssm:name }} and {{ ssm-secure:name }} are found',
    `${DOCUMENTS}/substitute.test.ts`,
    'finds references to Parameter Store',
  ],
  [
    'interpolationType ENV_VAR',
    `${DOCUMENTS}/substitute.test.ts`,
    'a quoted reference in a script and a variable of the process',
  ],
  [
    'the fallback for agents without ENV_VAR',
    'packages/protocol/src/contents/shapes.test.ts',
    'the fallback for old agents',
  ],
  [
    'platformType is a bare word',
    `${DOCUMENTS}/decide-step.test.ts`,
    'a value of a parameter is never taken for the platform',
  ],
  ['precondition: true, false', `${DOCUMENTS}/decide-step.test.ts`, 'a false precondition skips'],
  [
    'precondition: either order, any case',
    `${DOCUMENTS}/decide-step.test.ts`,
    'without regard to case and in either order',
  ],
  ['precondition: malformed', `${DOCUMENTS}/decide-step.test.ts`, 'fails the step'],
  ['precondition: false beside malformed', `${DOCUMENTS}/decide-step.test.ts`, 'beside a malformed one skips the step'],
  [
    'precondition below schema 2.2',
    `${DOCUMENTS}/parse.test.ts`,
    'a precondition in schema 2.0, where the node fails the step',
  ],
  ['an earlier exit skips', `${DOCUMENTS}/decide-step.test.ts`, 'an earlier exit skips the step'],
  ['exit codes 168 and 169', `${RUNNER}/runner.test.ts`, 'ends the document early at exit'],
  [
    'exit codes 194 and 3010: reboot and the same step again',
    `${RUNNER}/crash.long.test.ts`,
    're-enters the step that asked for a reboot',
  ],
  ['reboot codes by platform', `${PLUGINS}/run-powershell-script.test.ts`, "['linux', 194]"],
  ['a reboot inside aws:runDocument', `${PLUGINS}/run-document.test.ts`, 'a reboot cannot be asked for inside'],
  ['killed by the time limit', `${RUNNER}/runner.test.ts`, 'ends a script at its time limit'],
  ['killed by a cancel', `${RUNNER}/runner.test.ts`, 'cancels what runs'],
  [
    'the status of a document from its steps',
    'packages/protocol/src/delivery/status.test.ts',
    'a success exactly when every step is one or was skipped',
  ],
  ['a failed step does not stop the document', `${RUNNER}/runner.test.ts`, 'runs the next step after a failed one'],
  [
    'onFailure exit, onFailure successAndExit',
    `${RUNNER}/flow.test.ts`,
    'onFailure %s skips the steps after a failure',
  ],
  ['onSuccess exit', `${RUNNER}/flow.test.ts`, 'onSuccess exit skips the steps after a success'],
  ['finallyStep', `${DOCUMENTS}/decide-step.test.ts`, 'a last step with finallyStep'],
  ['booleans as texts', `${DOCUMENTS}/decide-step.test.ts`, "[true, 'true']"],
  ['the first 24,000 characters of output', `${RUNNER}/result.test.ts`, '24_000'],
  [
    'output of a plugin in lists: 2,500 characters',
    `${COMMANDS}/plugin-output.test.ts`,
    'never has more than 2,500 characters',
  ],
  ['steps of 1.2 are one plugin in views', `${COMMANDS}/merge-plugins.test.ts`, 'what one plugin did is one step'],
  ['timeoutSeconds: numbers and texts, 5 to 172,800', `${DOCUMENTS}/platforms.test.ts`, 'means %i seconds'],
  [
    'statuses of invocations',
    'packages/protocol/src/delivery/status.test.ts',
    'the wire words of every state of an invocation',
  ],
  [
    'statuses of commands and MaxErrors',
    'packages/protocol/src/delivery/status.test.ts',
    'more errors than allowed never end in success',
  ],
  [
    'MaxConcurrency and MaxErrors as numbers and percentages',
    'packages/protocol/src/delivery/status.test.ts',
    'a percentage grows with the targets',
  ],
  [
    'aws:runShellScript: lines, #!, SSM_COMMAND_ID, workingDirectory',
    `${PLUGINS}/run-shell-script.test.ts`,
    'honours a first line that names another interpreter',
  ],
  [
    'aws:runPowerShellScript',
    `${PLUGINS}/run-powershell-script.test.ts`,
    'the pwsh that a shell finds gets the script as a file',
  ],
  [
    'aws:runDocument: SSMDocument, LocalPath, depth 3',
    `${PLUGINS}/run-document.test.ts`,
    'documents that run themselves end at the third',
  ],
  ['platforms of documents', `${DOCUMENTS}/platforms.test.ts`, 'the platforms are those of any step'],
  ['Session 1.0', 'packages/protocol/src/contents/contents.test.ts', 'a Session document: %s'],
  [
    'Policy from 2.0',
    'packages/protocol/src/contents/contents.test.ts',
    'is not supported for a document of type Policy',
  ],
  ['Automation 0.3', 'packages/protocol/src/contents/automation.test.ts', 'refuses with its place: %s'],
]

it.each(CONSTRUCTS)('%s has a test', (_construct, file, words) => {
  expect(existsSync(file), file).toBe(true)
  expect(readFileSync(file, 'utf8')).toContain(words)
})
