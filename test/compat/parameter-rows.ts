import type { OperationName } from '@muster/protocol/api'
import type { Input } from './clients/client.ts'
import type { Row } from './rows.ts'

const many = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index)

/** Calls that make the parameters which the rows speak of. */
export const parameterCalls: readonly (readonly [OperationName, Input])[] = [
  ['PutParameter', { Name: '/there', Value: 'x', Type: 'String' }],
  ['PutParameter', { Name: '/advanced', Value: 'x', Type: 'String', Tier: 'Advanced' }],
  ['PutParameter', { Name: '/labelled', Value: 'x', Type: 'String' }],
  ['LabelParameterVersion', { Name: '/labelled', Labels: many(1, 10).map((number) => `l${number}`) }],
  ...many(2, 100).map(
    (number) => ['PutParameter', { Name: '/labelled', Value: `${number}`, Overwrite: true }] as [OperationName, Input],
  ),
]

/** A row whose error is alike for all clients. */
export const refused = (
  row: number | undefined,
  title: string,
  operation: OperationName,
  input: Input,
  code: string,
  text: string,
): Row => ({
  ...(row !== undefined && { row }),
  ...{ title, operation, input },
  boto3: [code, code],
  sdk: code,
  aws: `An error occurred (${code}) when calling the ${operation} operation: ${text}`.trimEnd(),
})

const put = (input: Input): Input => ({ Name: '/new', Value: 'x', Type: 'String', ...input })
const MALFORMED =
  'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_'
const names = many(1, 11).map((number) => `n${number}`)
const anyFilter = (Key: string, Option = 'Equals', Values = ['x']) => ({ Key, Option, Values })

const ofNames: readonly Row[] = [
  refused(15, 'a name of nothing', 'GetParameter', { Name: '/x' }, 'ParameterNotFound', ''),
  refused(
    16,
    'a version of nothing',
    'GetParameter',
    { Name: '/there:99' },
    'ParameterVersionNotFound',
    'Systems Manager could not find version 99 of /there. Verify the version and try again.',
  ),
  refused(
    18,
    '11 names',
    'GetParameters',
    { Names: names },
    'ValidationException',
    `1 validation error detected: Value '[${names.join(', ')}]' at 'names' failed to satisfy constraint: Member must have length less than or equal to 10`,
  ),
  refused(
    21,
    '16 levels',
    'PutParameter',
    put({ Name: '/x'.repeat(16) }),
    'HierarchyLevelLimitExceededException',
    'A hierarchy can have a maximum of 15 levels.',
  ),
  {
    ...refused(
      25,
      'a reserved name',
      'PutParameter',
      put({ Name: '/aws/x' }),
      'AccessDeniedException',
      'No access to reserved parameter name: /aws/x.',
    ),
    boto3: ['AccessDeniedException', 'AccessDeniedException'],
  },
  ...['ssmx', '/a b', 'a@b'].map((Name) =>
    refused(26, `the name ${Name}`, 'PutParameter', put({ Name }), 'ValidationException', MALFORMED),
  ),
  refused(
    undefined,
    'a parameter of another account',
    'GetParameter',
    { Name: 'arn:aws:ssm:us-east-1:210987654321:parameter/x' },
    'ValidationException',
    'arn:aws:ssm:us-east-1:210987654321:parameter/x is not a parameter of this account and region: Muster shares no parameters between accounts.',
  ),
]

const ofPuts: readonly Row[] = [
  refused(
    20,
    'a parameter that exists',
    'PutParameter',
    put({ Name: '/there' }),
    'ParameterAlreadyExists',
    'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
  ),
  refused(
    22,
    'another type',
    'PutParameter',
    put({ Name: '/there', Type: 'SecureString', Overwrite: true }),
    'HierarchyTypeMismatchException',
    "The parameter /there is a String, and a parameter's type can't be changed: make a new one of another name.",
  ),
  refused(
    23,
    'a value that does not fit its pattern',
    'PutParameter',
    put({ Value: 'secret', AllowedPattern: '^\\d+$' }),
    'ParameterPatternMismatchException',
    'Parameter value, cannot be validated against allowedPattern: ^\\d+$',
  ),
  refused(
    24,
    'a pattern that is none',
    'PutParameter',
    put({ AllowedPattern: '(' }),
    'InvalidAllowedPatternException',
    'AllowedPattern is not a regular expression of RE2: missing closing ): `(`',
  ),
  refused(
    27,
    '4,097 characters',
    'PutParameter',
    put({ Value: 'x'.repeat(4097) }),
    'ValidationException',
    'Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier.',
  ),
  refused(
    28,
    'an empty value',
    'PutParameter',
    put({ Value: '' }),
    'ValidationException',
    "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1",
  ),
  refused(
    29,
    'tags and Overwrite',
    'PutParameter',
    put({ Overwrite: true, Tags: [{ Key: 'a', Value: 'b' }] }),
    'ValidationException',
    "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
  ),
  refused(
    30,
    'a type that is none',
    'PutParameter',
    put({ Type: 'Secret' }),
    'ValidationException',
    "1 validation error detected: Value 'Secret' at 'type' failed to satisfy constraint: Member must satisfy enum value set: [SecureString, StringList, String]",
  ),
  refused(
    31,
    'version 101 when the oldest has a label',
    'PutParameter',
    put({ Name: '/labelled', Overwrite: true }),
    'ParameterMaxVersionLimitExceeded',
    "You attempted to create a new version of /labelled by calling the PutParameter API with the overwrite flag. Version 1, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.",
  ),
  refused(
    32,
    'an 11th label',
    'LabelParameterVersion',
    { Name: '/labelled', ParameterVersion: 1, Labels: ['l11'] },
    'ParameterVersionLabelLimitExceeded',
    'A parameter version can have maximum 10 labels. Move one or more labels to another version and try again.',
  ),
  refused(
    33,
    'an unknown key',
    'PutParameter',
    put({ Type: 'SecureString', KeyId: 'alias/nothing' }),
    'InvalidKeyId',
    'There is no key alias/nothing.',
  ),
  refused(
    undefined,
    'a tier below its own',
    'PutParameter',
    put({ Name: '/advanced', Tier: 'Standard', Overwrite: true }),
    'ValidationException',
    "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard parameter.",
  ),
  refused(
    undefined,
    'a data type that is none',
    'PutParameter',
    put({ DataType: 'not_text' }),
    'ValidationException',
    'The following data type is not supported: not_text (Data type names are all lowercase.)',
  ),
]

const policy = (Type: string, Attributes: object) => JSON.stringify([{ Type, Version: '1.0', Attributes }])
const ofPolicies: readonly Row[] = [
  refused(
    undefined,
    'a policy of a type that is none',
    'PutParameter',
    put({ Tier: 'Advanced', Policies: policy('Never', {}) }),
    'InvalidPolicyTypeException',
    'Never is not a type of policy: use Expiration, ExpirationNotification, NoChangeNotification.',
  ),
  refused(
    undefined,
    'a policy without its attributes',
    'PutParameter',
    put({ Tier: 'Advanced', Policies: policy('NoChangeNotification', { After: '0', Unit: 'Days' }) }),
    'InvalidPolicyAttributeException',
    'After of a policy of type NoChangeNotification must be a whole number above 0.',
  ),
  refused(
    undefined,
    'a notification of an expiration that is none',
    'PutParameter',
    put({ Tier: 'Advanced', Policies: policy('ExpirationNotification', { Before: '1', Unit: 'Days' }) }),
    'IncompatiblePolicyException',
    'An ExpirationNotification needs a policy of type Expiration.',
  ),
  refused(
    undefined,
    '11 policies',
    'PutParameter',
    put({ Tier: 'Advanced', Policies: JSON.stringify(many(1, 11).map(() => ({ Type: 'Expiration' }))) }),
    'PoliciesLimitExceededException',
    'A parameter has at most 10 policies.',
  ),
]

const ofLists: readonly Row[] = [
  refused(
    19,
    'MaxResults 11',
    'GetParametersByPath',
    { Path: '/', MaxResults: 11 },
    'ValidationException',
    "1 validation error detected: Value '11' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 10",
  ),
  ...(['GetParametersByPath', 'GetParameterHistory', 'DescribeParameters'] as const).map((operation) =>
    refused(
      57,
      'a token of chance',
      operation,
      {
        ...{ NextToken: 'garbage' },
        ...(operation === 'GetParametersByPath' && { Path: '/' }),
        ...(operation === 'GetParameterHistory' && { Name: '/there' }),
      },
      'InvalidNextToken',
      'The token does not continue this list.',
    ),
  ),
  refused(
    58,
    'a filter key of another list',
    'GetParametersByPath',
    { Path: '/', ParameterFilters: [anyFilter('Name')] },
    'InvalidFilterKey',
    '',
  ),
  refused(
    58,
    'a filter key twice',
    'DescribeParameters',
    { ParameterFilters: [anyFilter('Name'), anyFilter('Name')] },
    'InvalidFilterKey',
    '',
  ),
  refused(
    58,
    'a filter option that is none',
    'DescribeParameters',
    { ParameterFilters: [anyFilter('Type', 'Contains', ['String'])] },
    'InvalidFilterOption',
    'The following filter option is not valid: Contains. Valid options include: [BeginsWith, Equals].',
  ),
  refused(
    58,
    'a filter value that is none',
    'DescribeParameters',
    { ParameterFilters: [anyFilter('Tier', 'Equals', ['Cheap'])] },
    'InvalidFilterValue',
    'The following filter value is not valid: Cheap. Valid values include: [Standard, Advanced, Intelligent-Tiering].',
  ),
  refused(
    59,
    'NUL in a value',
    'PutParameter',
    put({ Value: 'a\0b' }),
    'ValidationException',
    '1 validation error detected: a text of the request holds the character U+0000.',
  ),
]

export const parameterRows: readonly Row[] = [...ofNames, ...ofPuts, ...ofPolicies, ...ofLists]
