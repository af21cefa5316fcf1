import { allow, passRole, type WrittenPolicy } from './policy.ts'

/** Reading that shows no secret: values under a key need kms:Decrypt, and GetAccessToken gives credentials away. */
const READ_SSM = [
  ...['ssm:Describe*', 'ssm:List*', 'ssm:GetAutomation*', 'ssm:GetCalendar*', 'ssm:GetCloudConnector'],
  ...['ssm:GetCommandInvocation', 'ssm:GetConnectionStatus', 'ssm:GetDefaultPatchBaseline', 'ssm:GetDeployable*'],
  ...['ssm:GetDocument', 'ssm:GetExecutionPreview', 'ssm:GetInventory*', 'ssm:GetMaintenanceWindow*', 'ssm:GetOps*'],
  ...['ssm:GetParameter*', 'ssm:GetPatch*', 'ssm:GetResourcePolicies', 'ssm:GetServiceSetting'],
]
const READ_BESIDE = [
  ...['muster:Describe*', 'muster:List*', 'muster:QueryResources', 'muster:WatchChanges'],
  ...['resource-groups:Get*', 'resource-groups:List*', 'kms:Describe*', 'kms:List*', 'tag:Get*'],
]
const READ_IAM = ['iam:Get*', 'iam:List*', 'iam:SimulateCustomPolicy', 'iam:SimulatePrincipalPolicy']
const USE_KEYS = [
  'kms:DescribeKey',
  'kms:ListAliases',
  'kms:ListKeys',
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:GenerateDataKey',
]

/** Policies for people and for their programs. */
export const forPeople: readonly WrittenPolicy[] = [
  {
    ...{ name: 'AdministratorAccess', path: '/', description: 'Everything, access management included.' },
    statements: [allow('Everything', ['*'])],
  },
  {
    name: 'PowerUserAccess',
    path: '/',
    description: 'Everything but access management and the audit trail.',
    statements: [
      { Sid: 'AllButAccess', Effect: 'Allow', NotAction: ['iam:*', 'audit:*'], Resource: '*' },
      allow('SeeRoles', ['iam:GetRole', 'iam:ListRoles']),
    ],
  },
  {
    name: 'ReadOnlyAccess',
    path: '/',
    description: 'Reading of everything that holds no secret, access management and the audit trail included.',
    statements: [
      allow('ReadSystemsManager', READ_SSM),
      allow('ReadBeside', READ_BESIDE),
      allow('ReadAccess', [...READ_IAM, 'audit:Get*', 'audit:List*', 'audit:Verify']),
    ],
  },
  {
    ...{ name: 'IAMFullAccess', path: '/', description: 'All of access management; none gives away more than it has.' },
    statements: [allow('Access', ['iam:*'])],
  },
  {
    ...{
      name: 'IAMReadOnlyAccess',
      path: '/',
      description: 'Reading of users, roles and policies, and the simulator.',
    },
    statements: [allow('ReadAccess', READ_IAM)],
  },
  {
    name: 'IAMUserChangePassword',
    path: '/',
    description: "Changing one's own password.",
    statements: [
      {
        ...{ Sid: 'OwnPassword', Effect: 'Allow', Action: ['iam:ChangePassword'] },
        Resource: [`arn:aws:iam::*:user/\${aws:username}`],
      },
    ],
  },
  {
    name: 'AmazonSSMFullAccess',
    path: '/',
    description: 'Everything of Systems Manager, with the keys of its secrets.',
    statements: [
      allow('SystemsManager', ['ssm:*', 'resource-groups:*']),
      allow('Nodes', ['muster:*']),
      allow('Keys', USE_KEYS),
      passRole,
    ],
  },
  {
    name: 'AmazonSSMReadOnlyAccess',
    path: '/',
    description: 'Reading of everything of Systems Manager that holds no secret.',
    statements: [allow('ReadSystemsManager', READ_SSM), allow('ReadBeside', READ_BESIDE)],
  },
]
