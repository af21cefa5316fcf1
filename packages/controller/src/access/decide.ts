import type { Decision } from '#api/index.ts'
import { type Caller, type Home, nodeArn } from '#kit/identity.ts'

/** What a node may do wherever: find out who it is, and read documents. */
const NODE_ANYWHERE = new Set(['sts:GetCallerIdentity', 'ssm:GetDocument', 'ssm:DescribeDocument', 'ssm:ListDocuments'])
/** What a node may do to itself. */
const NODE_ON_ITSELF = new Set([
  'ssm:GetConnectionStatus',
  'ssm:GetDeployablePatchSnapshotForInstance',
  'ssm:ListTagsForResource',
  'ssm:PutComplianceItems',
  'ssm:PutInventory',
  'ssm:UpdateInstanceAssociationStatus',
])
const ALLOWED: Decision = Object.freeze({ allowed: true, reason: '' })

/** Decides whether a caller may do an action to a resource: pure, and the only place that does. */
export function decide(home: Home, caller: Caller, action: string, resource: string): Decision {
  if (caller.kind === 'root' || (caller.kind === 'node' && isAllowedToNode(home, caller, action, resource)))
    return ALLOWED
  return {
    allowed: false,
    reason: `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
  }
}

function isAllowedToNode(home: Home, { nodeId }: Caller, action: string, resource: string): boolean {
  if (NODE_ANYWHERE.has(action)) return true
  return nodeId !== undefined && NODE_ON_ITSELF.has(action) && resource === nodeArn(home, nodeId)
}
