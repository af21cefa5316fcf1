import { allow, type WrittenPolicy, type WrittenStatement } from './policy.ts'

/** Allows a node actions on itself and on no other. */
const onItself = (Sid: string, Action: readonly string[]): WrittenStatement => ({
  ...{ Sid, Effect: 'Allow', Action, Resource: `\${ssm:SourceInstanceARN}` },
})

/** Policies for roles of nodes. */
export const forNodes: readonly WrittenPolicy[] = [
  {
    name: 'AmazonSSMManagedInstanceCore',
    path: '/',
    description: 'What a managed node needs: documents, and to report on itself. It reads no parameters.',
    statements: [
      allow('WhoAmI', ['sts:GetCallerIdentity']),
      allow('Documents', ['ssm:GetDocument', 'ssm:DescribeDocument', 'ssm:ListDocuments']),
      onItself('Itself', [
        ...['ssm:GetConnectionStatus', 'ssm:GetDeployablePatchSnapshotForInstance', 'ssm:ListTagsForResource'],
        ...['ssm:PutComplianceItems', 'ssm:PutInventory', 'ssm:UpdateInstanceAssociationStatus'],
        'muster:CreateNodeCredentials',
      ]),
    ],
  },
  {
    name: 'AmazonSSMPatchAssociation',
    path: '/',
    description: 'What a node needs to patch itself: its baseline, and to report what it found.',
    statements: [
      allow('Baselines', ['ssm:DescribeEffectivePatchesForPatchBaseline', 'ssm:GetPatchBaseline', 'tag:GetResources']),
      onItself('Itself', ['ssm:GetDeployablePatchSnapshotForInstance', 'ssm:PutComplianceItems', 'ssm:PutInventory']),
    ],
  },
]
