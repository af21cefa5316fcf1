import type {
  InstanceInformation,
  InstanceProperty,
  Activation as WireActivation,
  Node as WireNode,
} from '@muster/protocol/api'
import { cutChars } from '@muster/protocol/kit'
import type { Home } from '#kit/identity.ts'
import { toTagList } from '#tags/index.ts'
import type { Activation } from './activation.ts'
import { AGENT_TYPE, INSTANCE_STATUS, RESOURCE_TYPE, SOURCE_TYPE } from './filter-keys.ts'
import { type FleetNode, pingStatus } from './node.ts'

/** Seconds, as the wire has times. */
export const toSeconds = (ms: number): number => ms / 1000

export const toActivation = (activation: Activation, at: number): WireActivation => ({
  ActivationId: activation.id,
  ...(activation.description === undefined ? {} : { Description: activation.description }),
  ...(activation.defaultName === undefined ? {} : { DefaultInstanceName: activation.defaultName }),
  IamRole: activation.roleName,
  RegistrationLimit: activation.limit,
  RegistrationsCount: activation.used,
  ExpirationDate: toSeconds(activation.expiresAt),
  Expired: at >= activation.expiresAt,
  CreatedDate: toSeconds(activation.createdAt),
  ...(activation.tags.length === 0 ? {} : { Tags: toTagList(activation.tags) }),
})

/** Where a node's link stands now. */
export interface Live {
  readonly connected: boolean
  readonly lastContactAt: number | undefined
}

/** What the lists of nodes say alike: by the node's row and by what the hub heard since. */
const common = (node: FleetNode, { connected, lastContactAt }: Live) => ({
  InstanceId: node.id,
  PingStatus: pingStatus(connected, lastContactAt),
  ...(lastContactAt === undefined ? {} : { LastPingDateTime: toSeconds(lastContactAt) }),
  AgentVersion: node.agentVersion,
  PlatformType: node.host.platformType,
  ActivationId: node.activationId,
  IamRole: node.roleName,
  RegistrationDate: toSeconds(node.registeredAt),
  ResourceType: RESOURCE_TYPE,
  ...(node.host.ipAddress === '' ? {} : { IPAddress: node.host.ipAddress }),
  ComputerName: node.host.computerName,
  SourceId: node.id,
  SourceType: SOURCE_TYPE,
})

/** `latest` is the version that enrolling hosts get; absent when this controller has no agent to hand out. */
export const toInstanceInformation = (node: FleetNode, live: Live, latest?: string): InstanceInformation => ({
  ...common(node, live),
  ...(latest === undefined ? {} : { IsLatestVersion: node.agentVersion === latest }),
  PlatformName: node.host.platformName,
  PlatformVersion: node.host.platformVersion,
  ...(node.name === undefined ? {} : { Name: node.name }),
})

// The model gives texts of this list less room than those of the other.
export const toInstanceProperty = (node: FleetNode, live: Live): InstanceProperty => ({
  ...common(node, live),
  PlatformName: cutChars(node.host.platformName, 120),
  PlatformVersion: cutChars(node.host.platformVersion, 120),
  Architecture: node.host.architecture,
  ...(node.name === undefined ? {} : { Name: cutChars(node.name, 255) }),
})

export const toWireNode = ({ accountId, region }: Home, node: FleetNode, live: Live): WireNode => ({
  CaptureTime: toSeconds(live.lastContactAt ?? node.registeredAt),
  Id: node.id,
  Owner: { AccountId: accountId },
  Region: region,
  NodeType: {
    Instance: {
      AgentType: AGENT_TYPE,
      AgentVersion: node.agentVersion,
      ComputerName: node.host.computerName,
      InstanceStatus: INSTANCE_STATUS[pingStatus(live.connected, live.lastContactAt)],
      ...(node.host.ipAddress === '' ? {} : { IpAddress: node.host.ipAddress }),
      ManagedStatus: 'Managed',
      ...(node.name === undefined ? {} : { Name: node.name }),
      PlatformType: node.host.platformType,
      PlatformName: cutChars(node.host.platformName, 120),
      PlatformVersion: cutChars(node.host.platformVersion, 120),
      ResourceType: RESOURCE_TYPE,
      SourceType: SOURCE_TYPE,
      SourceId: node.id,
    },
  },
})
