import { allow, passRole, type WrittenPolicy } from './policy.ts'

const RUN = [
  ...['ssm:SendCommand', 'ssm:CancelCommand', 'ssm:ListCommands', 'ssm:ListCommandInvocations'],
  ...['ssm:GetCommandInvocation', 'ssm:DescribeInstanceInformation', 'ssm:ListTagsForResource'],
]
const AUTOMATE = ['ssm:StartAutomationExecution', 'ssm:StopAutomationExecution', 'ssm:GetAutomationExecution']
const READ_DOCUMENTS = ['ssm:GetDocument', 'ssm:DescribeDocument', 'ssm:ListDocuments']
const READ_PARAMETERS = ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath']

/** Policies for roles that this service takes. */
export const forServices: readonly WrittenPolicy[] = [
  {
    name: 'AmazonSSMAutomationRole',
    path: '/service-role/',
    description: 'What the steps of an automation need: commands, automations, documents and plain parameters.',
    statements: [
      allow('Run', RUN),
      allow('Automate', [...AUTOMATE, 'ssm:DescribeAutomation*']),
      allow('Read', [...READ_DOCUMENTS, ...READ_PARAMETERS]),
      passRole,
    ],
  },
  {
    name: 'AmazonSSMMaintenanceWindowRole',
    path: '/service-role/',
    description: 'What the tasks of a maintenance window need: commands, automations and their targets.',
    statements: [
      allow('Run', RUN),
      allow('Automate', AUTOMATE),
      allow('Read', [...READ_DOCUMENTS, ...READ_PARAMETERS]),
      allow('FindTargets', ['resource-groups:GetGroup', 'resource-groups:ListGroups', 'tag:GetResources']),
      passRole,
    ],
  },
]
