import type { InstanceInformation, Activation as WireActivation } from '@muster/protocol/api'
import { toTagList } from '#tags/index.ts'
import type { Activation } from './activation.ts'
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

/** A node as it stands now: by its row and by what the hub heard since. */
export function toInstanceInformation(
  node: FleetNode,
  live: { readonly connected: boolean; readonly lastContactAt: number | undefined },
): InstanceInformation {
  const { host } = node
  return {
    InstanceId: node.id,
    PingStatus: pingStatus(live.connected, live.lastContactAt),
    ...(live.lastContactAt === undefined ? {} : { LastPingDateTime: toSeconds(live.lastContactAt) }),
    AgentVersion: node.agentVersion,
    PlatformType: host.platformType,
    PlatformName: host.platformName,
    PlatformVersion: host.platformVersion,
    ActivationId: node.activationId,
    IamRole: node.roleName,
    RegistrationDate: toSeconds(node.registeredAt),
    ResourceType: 'ManagedInstance',
    ...(node.name === undefined ? {} : { Name: node.name }),
    ...(host.ipAddress === '' ? {} : { IPAddress: host.ipAddress }),
    ComputerName: host.computerName,
    SourceId: node.id,
    SourceType: 'AWS::SSM::ManagedInstance',
  }
}
