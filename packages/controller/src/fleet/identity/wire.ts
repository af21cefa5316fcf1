import type { NodeIdentity, NodeMachine } from '@muster/protocol/api'
import { explain } from '@muster/protocol/delivery'
import { fingerprintOf } from './keys.ts'
import type { KnownMachine, ListedIdentity } from './store.ts'

const toSeconds = (ms: number): number => ms / 1000

/** A node's identity as the API shows it. */
export function toNodeIdentity(node: ListedIdentity, machines: readonly KnownMachine[]): NodeIdentity {
  const { quarantinedAt, cause } = node
  return {
    InstanceId: node.id,
    Standing: quarantinedAt === undefined ? 'Good' : 'Quarantined',
    ...(cause === undefined ? {} : { Cause: cause, Reason: explain('NodeQuarantined', { cause }) }),
    ...(quarantinedAt === undefined ? {} : { QuarantinedDate: toSeconds(quarantinedAt) }),
    KeySha256: fingerprintOf(node.publicKey),
    KeyDate: toSeconds(node.keySince),
    ...(node.rotationRequestedAt === undefined ? {} : { RotationRequestedDate: toSeconds(node.rotationRequestedAt) }),
    Machines: machines.map((machine) => toMachine(machine, quarantinedAt !== undefined)),
  }
}

const toMachine = (machine: KnownMachine, quarantined: boolean): NodeMachine => ({
  Machine: machine.number,
  Standing: machine.superseded ? 'Superseded' : quarantined ? 'Held' : 'Current',
  Generation: machine.generation,
  ComputerName: machine.computerName,
  IPAddress: machine.ipAddress,
  SourceAddress: machine.source,
  BootId: machine.bootId,
  ...(machine.lastLoginAt === undefined ? {} : { LastLoginDate: toSeconds(machine.lastLoginAt) }),
})
