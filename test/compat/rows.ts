import type { OperationName } from '@muster/protocol/api'
import type { Input } from './clients/client.ts'
import { documentRows } from './document-rows.ts'
import { parameterRows } from './parameter-rows.ts'

/**
 * A bad input and what each client must make of it, word for word. `<node>`, `<account>` and `<command>` stand for what
 * differs from run to run.
 */
export interface Row {
  /** Its number in the list of bad inputs; none for what has no row there. */
  readonly row?: number
  readonly title: string
  readonly operation: OperationName
  readonly input: Input
  /** `Error.Code`, and the class raised: the modelled one, or ClientError where the model has none. */
  readonly boto3: readonly [code: string, kind: string]
  /** `name` of the error. */
  readonly sdk: string
  /** All of standard error, without the blank at its end. */
  readonly aws: string
}

const UNKNOWN_NODE = 'mi-0123456789abcdef0'
const UNKNOWN_ID = '01234567-89ab-cdef-0123-456789abcdef'
const send = { DocumentName: 'AWS-RunShellScript', Parameters: { commands: ['true'] }, InstanceIds: ['<node>'] }
const steps = [{ action: 'aws:runShellScript', name: 'run', inputs: { runCommand: ['true'] } }]
const content = (members: object): string => JSON.stringify({ schemaVersion: '2.2', mainSteps: steps, ...members })

/** Documents that the rows speak of. */
export const documents: readonly Input[] = [
  {
    Name: 'Sized',
    DocumentType: 'Command',
    Content: content({ parameters: { size: { type: 'String', allowedValues: ['small', 'large'] } } }),
  },
  {
    Name: 'OnWindows',
    DocumentType: 'Command',
    Content: content({
      mainSteps: steps.map((step) => ({
        ...step,
        action: 'aws:runPowerShellScript',
        precondition: { StringEquals: ['platformType', 'Windows'] },
      })),
    }),
  },
]

const ofTargets: readonly Row[] = [
  {
    row: 34,
    title: 'a node id of 16 digits',
    operation: 'GetCommandInvocation',
    input: { CommandId: '<command>', InstanceId: 'i-083e1601960282cd' },
    boto3: ['ValidationException', 'ValidationException'],
    sdk: 'ValidationException',
    aws: String.raw`An error occurred (ValidationException) when calling the GetCommandInvocation operation: 1 validation error detected: Value 'i-083e1601960282cd' at 'instanceId' failed to satisfy constraint: Member must satisfy regular expression pattern: (^i-(\w{8}|\w{17})$)|(^mi-\w{17}$)`,
  },
  {
    row: 34,
    title: 'a node id of 16 digits in a list',
    operation: 'SendCommand',
    input: { ...send, InstanceIds: ['i-083e1601960282cd'] },
    boto3: ['ValidationException', 'ValidationException'],
    sdk: 'ValidationException',
    aws: String.raw`An error occurred (ValidationException) when calling the SendCommand operation: 1 validation error detected: Value '[i-083e1601960282cd]' at 'instanceIds' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy regular expression pattern: (^i-(\w{8}|\w{17})$)|(^mi-\w{17}$)]`,
  },
  {
    row: 35,
    title: 'a well-formed id of no node',
    operation: 'SendCommand',
    input: { ...send, InstanceIds: ['<node>', UNKNOWN_NODE] },
    boto3: ['InvalidInstanceId', 'InvalidInstanceId'],
    sdk: 'InvalidInstanceId',
    aws: 'An error occurred (InvalidInstanceId) when calling the SendCommand operation: Instances [[mi-0123456789abcdef0]] not in a valid state for account <account>',
  },
  {
    row: 36,
    title: '51 node ids',
    operation: 'SendCommand',
    input: { ...send, InstanceIds: Array.from({ length: 51 }, () => UNKNOWN_NODE) },
    boto3: ['ValidationException', 'ValidationException'],
    sdk: 'ValidationException',
    aws: `An error occurred (ValidationException) when calling the SendCommand operation: 1 validation error detected: Value '[${'mi-0123456789abcdef0, '.repeat(46)}mi-01234...' at 'instanceIds' failed to satisfy constraint: Member must have length less than or equal to 50`,
  },
  {
    row: 37,
    title: 'the same node id twice',
    operation: 'SendCommand',
    input: { ...send, InstanceIds: ['<node>', '<node>'] },
    boto3: ['DuplicateInstanceId', 'DuplicateInstanceId'],
    sdk: 'DuplicateInstanceId',
    aws: 'An error occurred (DuplicateInstanceId) when calling the SendCommand operation:',
  },
  {
    row: 38,
    title: 'an unknown document',
    operation: 'SendCommand',
    input: { ...send, DocumentName: 'Nothing' },
    boto3: ['InvalidDocument', 'InvalidDocument'],
    sdk: 'InvalidDocument',
    aws: 'An error occurred (InvalidDocument) when calling the SendCommand operation: Document with name Nothing does not exist.',
  },
  {
    row: 39,
    title: 'an unknown version of a document',
    operation: 'SendCommand',
    input: { ...send, DocumentVersion: '99' },
    boto3: ['InvalidDocumentVersion', 'InvalidDocumentVersion'],
    sdk: 'InvalidDocumentVersion',
    aws: 'An error occurred (InvalidDocumentVersion) when calling the SendCommand operation: Document AWS-RunShellScript has no version 99.',
  },
  {
    row: 43,
    title: 'a document for Windows on Linux',
    operation: 'SendCommand',
    input: { DocumentName: 'OnWindows', InstanceIds: ['<node>'] },
    boto3: ['UnsupportedPlatformType', 'UnsupportedPlatformType'],
    sdk: 'UnsupportedPlatformType',
    aws: 'An error occurred (UnsupportedPlatformType) when calling the SendCommand operation: The document OnWindows has no step for the platform of <node>.',
  },
]

const ofValues: readonly Row[] = [
  {
    row: 40,
    title: 'a value that the document does not allow',
    operation: 'SendCommand',
    input: { DocumentName: 'Sized', Parameters: { size: ['huge'] }, InstanceIds: ['<node>'] },
    boto3: ['InvalidParameters', 'InvalidParameters'],
    sdk: 'InvalidParameters',
    aws: 'An error occurred (InvalidParameters) when calling the SendCommand operation: Parameters provided in document are invalid or not supported. size is not one of the allowed values.',
  },
  {
    row: 40,
    title: 'a parameter that the document does not have',
    operation: 'SendCommand',
    input: { DocumentName: 'Sized', Parameters: { size: ['small'], colour: ['red'] }, InstanceIds: ['<node>'] },
    boto3: ['InvalidParameters', 'InvalidParameters'],
    sdk: 'InvalidParameters',
    aws: 'An error occurred (InvalidParameters) when calling the SendCommand operation: Parameters provided in document are invalid or not supported. the document has no parameter "colour".',
  },
  {
    row: 40,
    title: 'a parameter that is missing',
    operation: 'SendCommand',
    input: { DocumentName: 'Sized', InstanceIds: ['<node>'] },
    boto3: ['InvalidParameters', 'InvalidParameters'],
    sdk: 'InvalidParameters',
    aws: 'An error occurred (InvalidParameters) when calling the SendCommand operation: Parameters provided in document are invalid or not supported. size is required.',
  },
  {
    row: 41,
    title: 'TimeoutSeconds 29',
    operation: 'SendCommand',
    input: { ...send, TimeoutSeconds: 29 },
    boto3: ['ValidationException', 'ValidationException'],
    sdk: 'ValidationException',
    aws: "An error occurred (ValidationException) when calling the SendCommand operation: 1 validation error detected: Value '29' at 'timeoutSeconds' failed to satisfy constraint: Member must have value greater than or equal to 30",
  },
  {
    row: 41,
    title: 'TimeoutSeconds 2592001',
    operation: 'SendCommand',
    input: { ...send, TimeoutSeconds: 2592001 },
    boto3: ['ValidationException', 'ValidationException'],
    sdk: 'ValidationException',
    aws: "An error occurred (ValidationException) when calling the SendCommand operation: 1 validation error detected: Value '2592001' at 'timeoutSeconds' failed to satisfy constraint: Member must have value less than or equal to 2592000",
  },
  {
    row: 42,
    title: 'MaxConcurrency 0',
    operation: 'SendCommand',
    input: { ...send, MaxConcurrency: '0' },
    boto3: ['ValidationException', 'ValidationException'],
    sdk: 'ValidationException',
    aws: "An error occurred (ValidationException) when calling the SendCommand operation: 1 validation error detected: Value '0' at 'maxConcurrency' failed to satisfy constraint: Member must satisfy regular expression pattern: ^([1-9][0-9]*|[1-9][0-9]%|[1-9]%|100%)$",
  },
  {
    row: 42,
    title: 'MaxConcurrency 101% and MaxErrors 5.5',
    operation: 'SendCommand',
    input: { ...send, MaxConcurrency: '101%', MaxErrors: '5.5' },
    boto3: ['ValidationException', 'ValidationException'],
    sdk: 'ValidationException',
    aws: "An error occurred (ValidationException) when calling the SendCommand operation: 2 validation errors detected: Value '101%' at 'maxConcurrency' failed to satisfy constraint: Member must satisfy regular expression pattern: ^([1-9][0-9]*|[1-9][0-9]%|[1-9]%|100%)$; Value '5.5' at 'maxErrors' failed to satisfy constraint: Member must satisfy regular expression pattern: ^([1-9][0-9]*|[0]|[1-9][0-9]%|[0-9]%|100%)$",
  },
  {
    row: 42,
    title: 'MaxConcurrency 5.5',
    operation: 'SendCommand',
    input: { ...send, MaxConcurrency: '5.5' },
    boto3: ['ValidationException', 'ValidationException'],
    sdk: 'ValidationException',
    aws: "An error occurred (ValidationException) when calling the SendCommand operation: 1 validation error detected: Value '5.5' at 'maxConcurrency' failed to satisfy constraint: Member must satisfy regular expression pattern: ^([1-9][0-9]*|[1-9][0-9]%|[1-9]%|100%)$",
  },
  {
    row: 50,
    title: 'RegistrationLimit 1001',
    operation: 'CreateActivation',
    input: { IamRole: 'MusterNode', RegistrationLimit: 1001 },
    boto3: ['ValidationException', 'ValidationException'],
    sdk: 'ValidationException',
    aws: "An error occurred (ValidationException) when calling the CreateActivation operation: 1 validation error detected: Value '1001' at 'registrationLimit' failed to satisfy constraint: Member must have value less than or equal to 1000",
  },
]

const ofThings: readonly Row[] = [
  {
    row: 44,
    title: 'a command that was not sent to the node',
    operation: 'GetCommandInvocation',
    input: { CommandId: '<command>', InstanceId: UNKNOWN_NODE },
    boto3: ['InvocationDoesNotExist', 'InvocationDoesNotExist'],
    sdk: 'InvocationDoesNotExist',
    aws: 'An error occurred (InvocationDoesNotExist) when calling the GetCommandInvocation operation:',
  },
  {
    row: 45,
    title: 'an unknown command id',
    operation: 'CancelCommand',
    input: { CommandId: UNKNOWN_ID },
    boto3: ['InvalidCommandId', 'InvalidCommandId'],
    sdk: 'InvalidCommandId',
    aws: 'An error occurred (InvalidCommandId) when calling the CancelCommand operation:',
  },
  {
    row: 46,
    title: 'a name that another document has',
    operation: 'CreateDocument',
    input: { Name: 'Sized', DocumentType: 'Command', Content: content({}) },
    boto3: ['DocumentAlreadyExists', 'DocumentAlreadyExists'],
    sdk: 'DocumentAlreadyExists',
    aws: 'An error occurred (DocumentAlreadyExists) when calling the CreateDocument operation: The document Sized exists already.',
  },
  {
    row: 46,
    title: 'content that is not JSON',
    operation: 'CreateDocument',
    input: { Name: 'Broken', DocumentType: 'Command', Content: '{"schemaVersion": "2.2", ' },
    boto3: ['InvalidDocumentContent', 'InvalidDocumentContent'],
    sdk: 'InvalidDocumentContent',
    aws: 'An error occurred (InvalidDocumentContent) when calling the CreateDocument operation: The content is not valid JSON (line 1 column 26).',
  },
  {
    row: 46,
    title: 'schema version 9.9',
    operation: 'CreateDocument',
    input: { Name: 'Newer', DocumentType: 'Command', Content: content({ schemaVersion: '9.9' }) },
    boto3: ['InvalidDocumentSchemaVersion', 'InvalidDocumentSchemaVersion'],
    sdk: 'InvalidDocumentSchemaVersion',
    aws: 'An error occurred (InvalidDocumentSchemaVersion) when calling the CreateDocument operation: Schema version 9.9 is not supported for a document of type Command. Supported: 1.2, 2.0, 2.2.',
  },
  {
    row: 46,
    title: 'an action that no document has',
    operation: 'CreateDocument',
    input: {
      ...{ Name: 'Inventive', DocumentType: 'Command' },
      Content: content({ mainSteps: [{ action: 'aws:makeCoffee', name: 'cup', inputs: {} }] }),
    },
    boto3: ['InvalidDocumentContent', 'InvalidDocumentContent'],
    sdk: 'InvalidDocumentContent',
    aws: 'An error occurred (InvalidDocumentContent) when calling the CreateDocument operation: mainSteps[0].action is aws:makeCoffee, which is no action of Command documents.',
  },
  {
    row: 46,
    title: 'a document of more than 64 KB',
    operation: 'CreateDocument',
    input: { Name: 'Large', DocumentType: 'Command', Content: content({ description: 'x'.repeat(65_536) }) },
    boto3: ['MaxDocumentSizeExceeded', 'MaxDocumentSizeExceeded'],
    sdk: 'MaxDocumentSizeExceeded',
    aws: 'An error occurred (MaxDocumentSizeExceeded) when calling the CreateDocument operation: The document has 65668 bytes; the limit is 65536.',
  },
  {
    row: 46,
    title: 'a name that begins with AWS-',
    operation: 'CreateDocument',
    input: { Name: 'AWS-Mine', DocumentType: 'Command', Content: content({}) },
    boto3: ['ValidationException', 'ValidationException'],
    sdk: 'ValidationException',
    aws: 'An error occurred (ValidationException) when calling the CreateDocument operation: The document name AWS-Mine begins with a reserved prefix: aws, amazon or amzn.',
  },
  {
    row: 49,
    title: 'an unknown activation',
    operation: 'DeleteActivation',
    input: { ActivationId: UNKNOWN_ID },
    boto3: ['InvalidActivation', 'InvalidActivation'],
    sdk: 'InvalidActivation',
    aws: 'An error occurred (InvalidActivation) when calling the DeleteActivation operation: There is no activation 01234567-89ab-cdef-0123-456789abcdef.',
  },
  {
    row: 49,
    title: 'an activation id that is none',
    operation: 'DeleteActivation',
    input: { ActivationId: 'nonsense' },
    boto3: ['InvalidActivationId', 'InvalidActivationId'],
    sdk: 'InvalidActivationId',
    aws: "An error occurred (InvalidActivationId) when calling the DeleteActivation operation: 1 validation error detected: Value 'nonsense' at 'activationId' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
  },
]

const token = (operation: OperationName, aws: string): Row => ({
  row: 57,
  title: 'a token that no list gave',
  operation,
  input: { NextToken: 'garbage' },
  boto3: ['InvalidNextToken', 'InvalidNextToken'],
  sdk: 'InvalidNextToken',
  aws,
})
const key = (operation: OperationName, title: string, input: Input, aws: string): Row => ({
  ...{ row: 58, title, operation, input, aws },
  boto3: ['InvalidFilterKey', 'InvalidFilterKey'],
  sdk: 'InvalidFilterKey',
})

const ofLists: readonly Row[] = [
  token(
    'ListCommands',
    'An error occurred (InvalidNextToken) when calling the ListCommands operation: The token does not continue this list.',
  ),
  token(
    'ListCommandInvocations',
    'An error occurred (InvalidNextToken) when calling the ListCommandInvocations operation: The token does not continue this list.',
  ),
  token(
    'DescribeInstanceInformation',
    'An error occurred (InvalidNextToken) when calling the DescribeInstanceInformation operation: The token does not continue this list.',
  ),
  token(
    'DescribeActivations',
    'An error occurred (InvalidNextToken) when calling the DescribeActivations operation: The token does not continue this list.',
  ),
  token(
    'ListDocuments',
    'An error occurred (InvalidNextToken) when calling the ListDocuments operation: The token does not continue this list.',
  ),
  key(
    'ListDocuments',
    'a filter key that is none',
    { Filters: [{ Key: 'Colour', Values: ['red'] }] },
    'An error occurred (InvalidFilterKey) when calling the ListDocuments operation:',
  ),
  key(
    'DescribeInstanceInformation',
    'a filter key that is none',
    { Filters: [{ Key: 'Colour', Values: ['red'] }] },
    'An error occurred (InvalidFilterKey) when calling the DescribeInstanceInformation operation:',
  ),
  key(
    'DescribeInstanceInformation',
    'a filter key twice',
    { Filters: ['Online', 'Inactive'].map((status) => ({ Key: 'PingStatus', Values: [status] })) },
    'An error occurred (InvalidFilterKey) when calling the DescribeInstanceInformation operation:',
  ),
  key(
    'ListCommandInvocations',
    'a filter key twice',
    { Filters: ['Success', 'Failed'].map((value) => ({ key: 'Status', value })) },
    'An error occurred (InvalidFilterKey) when calling the ListCommandInvocations operation:',
  ),
  {
    row: 58,
    title: 'a filter key outside the set that the model has',
    operation: 'ListCommands',
    input: { Filters: [{ key: 'Colour', value: 'red' }] },
    boto3: ['ValidationException', 'ValidationException'],
    sdk: 'ValidationException',
    aws: "An error occurred (ValidationException) when calling the ListCommands operation: 1 validation error detected: Value 'Colour' at 'filters.1.member.key' failed to satisfy constraint: Member must satisfy enum value set: [InvokedAfter, InvokedBefore, Status, ExecutionStage, DocumentName]",
  },
]

const unbuilt: readonly Row[] = [
  {
    title: 'an operation that is not built',
    operation: 'StopAutomationExecution',
    input: { AutomationExecutionId: UNKNOWN_ID },
    boto3: ['UnknownOperationException', 'ClientError'],
    sdk: 'UnknownOperationException',
    aws: 'An error occurred (UnknownOperationException) when calling the StopAutomationExecution operation: StopAutomationExecution is not built yet: docs/coverage.md',
  },
]

export const rows: readonly Row[] = [
  ...ofTargets,
  ...ofValues,
  ...ofThings,
  ...ofLists,
  ...documentRows,
  ...parameterRows,
  ...unbuilt,
]
