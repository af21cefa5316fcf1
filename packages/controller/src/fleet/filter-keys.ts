import type { Home } from '#kit/identity.ts'
import type { NodeKey, NodeKeys } from './filter.ts'
import { isPlatformType, type PingStatus } from './node.ts'

const NODE_ID = /^(i-(\w{8}|\w{17})|mi-\w{17})$/
const ACTIVATION_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const MANAGED_STATUSES = ['All', 'Managed', 'Unmanaged']
const RESOURCE_TYPES = ['ManagedInstance', 'EC2Instance']
export const RESOURCE_TYPE = 'ManagedInstance' as const
export const SOURCE_TYPE = 'AWS::SSM::ManagedInstance' as const
export const AGENT_TYPE = 'muster-agent'

/** PingStatus in SSM's words, and in those of the lists that call it InstanceStatus. */
const PING_WORDS: Readonly<Record<PingStatus, string>> = {
  Online: 'Online',
  ConnectionLost: 'ConnectionLost',
  Inactive: 'Inactive',
}
export const INSTANCE_STATUS: Readonly<Record<PingStatus, string>> = { ...PING_WORDS, Online: 'Active' }

const isWordOf = (words: object) => (value: string) => Object.values(words).includes(value)

const byId: NodeKey = { kind: 'text', field: 'id', accepts: (value) => NODE_ID.test(value) }
const byPlatform: NodeKey = { kind: 'text', field: 'platformType', accepts: isPlatformType }
const byActivation: NodeKey = { kind: 'text', field: 'activationId' }
const byAgent: NodeKey = { kind: 'text', field: 'agentVersion', isVersion: true }
const byRole: NodeKey = { kind: 'text', field: 'roleName' }
const byPing: NodeKey = { kind: 'ping', words: PING_WORDS, accepts: isWordOf(PING_WORDS) }
const byResourceType: NodeKey = {
  kind: 'constant',
  value: RESOURCE_TYPE,
  accepts: (value) => RESOURCE_TYPES.includes(value),
}
/** For what no node has: an association, an organisation, a place in a cloud. */
const byNothing: NodeKey = { kind: 'constant', value: undefined }

/** Keys of both filters of DescribeInstanceInformation. */
export const informationKeys: NodeKeys = new Map<string, NodeKey>([
  ['InstanceIds', byId],
  ['AgentVersion', byAgent],
  ['PingStatus', byPing],
  ['PlatformTypes', byPlatform],
  ['PlatformType', byPlatform],
  ['ActivationIds', byActivation],
  ['IamRole', byRole],
  ['ResourceType', byResourceType],
  ['AssociationStatus', byNothing],
  ['SourceIds', { kind: 'text', field: 'id' }],
  ['SourceTypes', { kind: 'constant', value: SOURCE_TYPE }],
])

/** Keys of both filters of DescribeInstanceProperties. */
export const propertyKeys: NodeKeys = new Map<string, NodeKey>([
  ...[...informationKeys].filter(([key]) => key !== 'SourceIds' && key !== 'SourceTypes'),
  ['ActivationIds', { ...byActivation, accepts: (value) => ACTIVATION_ID.test(value) }],
  ['DocumentName', byNothing],
])

/** Keys of ListNodes and ListNodesSummary. */
export const nodeKeys = ({ accountId, region }: Home): NodeKeys =>
  new Map<string, NodeKey>([
    ['AgentType', { kind: 'constant', value: AGENT_TYPE }],
    ['AgentVersion', byAgent],
    ['ComputerName', { kind: 'text', field: 'computerName' }],
    ['InstanceId', byId],
    ['InstanceStatus', { kind: 'ping', words: INSTANCE_STATUS }],
    ['IpAddress', { kind: 'text', field: 'ipAddress' }],
    ['ManagedStatus', { kind: 'constant', value: 'Managed', accepts: (value) => MANAGED_STATUSES.includes(value) }],
    ['PlatformName', { kind: 'text', field: 'platformName' }],
    ['PlatformType', byPlatform],
    ['PlatformVersion', { kind: 'text', field: 'platformVersion', isVersion: true }],
    ['ResourceType', byResourceType],
    ['OrganizationalUnitId', byNothing],
    ['OrganizationalUnitPath', byNothing],
    ['Region', { kind: 'constant', value: region }],
    ['AccountId', { kind: 'constant', value: accountId }],
    ['SourceType', { kind: 'constant', value: SOURCE_TYPE }],
    ['SourceId', { kind: 'text', field: 'id' }],
    ['SourceLocation', byNothing],
    ['AvailabilityZone', byNothing],
    ['AvailabilityZoneId', byNothing],
  ])

/** Keys of nodes in QueryResources; each member of its items that can be asked for. */
export const queryKeys = (home: Home): NodeKeys =>
  new Map<string, NodeKey>([
    ...[...nodeKeys(home)].filter(([key]) => !['InstanceStatus', 'IpAddress', 'SourceId'].includes(key)),
    ['PingStatus', byPing],
    ['Name', { kind: 'text', field: 'name' }],
    ['IPAddress', { kind: 'text', field: 'ipAddress' }],
    ['Architecture', { kind: 'text', field: 'architecture' }],
    ['ActivationId', byActivation],
    ['IamRole', byRole],
    ['PolicyMode', { kind: 'text', field: 'policyMode' }],
    ['RegistrationDate', { kind: 'time', field: 'registeredAt' }],
    ['LastPingDateTime', { kind: 'time', field: 'lastContactAt' }],
  ])
