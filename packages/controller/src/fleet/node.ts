import { isIP } from 'node:net'
import { cutChars, replaceInvalid } from '@muster/protocol/kit'

export type PlatformType = 'Linux' | 'Windows' | 'MacOS'

/** What a host says about itself; never trusted for more than showing and filtering. */
export interface HostFacts {
  readonly computerName: string
  readonly ipAddress: string
  readonly platformType: PlatformType
  readonly platformName: string
  readonly platformVersion: string
  readonly architecture: string
}

/** A managed node. */
export interface FleetNode {
  readonly key: number
  readonly id: string
  readonly activationId: string
  readonly roleId: string
  readonly roleName: string
  readonly name: string | undefined
  readonly publicKey: Uint8Array
  readonly keySince: number
  readonly nextPublicKey: Uint8Array | undefined
  readonly rotationRequestedAt: number | undefined
  readonly quarantinedAt: number | undefined
  readonly quarantineCause: string | undefined
  readonly currentMachine: number
  readonly registeredAt: number
  readonly deregisteredAt: number | undefined
  readonly host: HostFacts
  readonly agentVersion: string
  readonly linkVersion: number
  readonly actions: readonly string[]
  readonly policyMode: string
  /** What the agent says is wrong with its host; empty when nothing is. */
  readonly trouble: string
  readonly lastContactAt: number | undefined
  readonly connected: boolean
}

export type PingStatus = 'Online' | 'ConnectionLost' | 'Inactive'

/** How a node stands with the controller: Inactive is registered and never seen on a link. */
export const pingStatus = (connected: boolean, lastContactAt: number | undefined): PingStatus =>
  connected ? 'Online' : lastContactAt === undefined ? 'Inactive' : 'ConnectionLost'

const PLATFORM_TYPES: readonly string[] = ['Linux', 'Windows', 'MacOS'] satisfies PlatformType[]
const AGENT_VERSION = /^[0-9]{1,6}(\.[0-9]{1,6}){2,3}$/

export const isPlatformType = (text: string): text is PlatformType => PLATFORM_TYPES.includes(text)
export const isAgentVersion = (text: string): boolean => AGENT_VERSION.test(text)

const shown = (text: string, maxChars: number): string => cutChars(replaceInvalid(text), maxChars)

/** An agent's own words on what is wrong, as they may be kept. */
export const cleanTrouble = (text: string): string => shown(text, 500)

/** Facts as they may be kept: bounded, storable, with an address that is one. */
export function cleanFacts(facts: HostFacts, fallbackAddress: string): HostFacts {
  return {
    computerName: shown(facts.computerName, 255) || 'unknown',
    ipAddress: isIP(facts.ipAddress) === 0 ? fallbackAddress : facts.ipAddress,
    platformType: facts.platformType,
    platformName: shown(facts.platformName, 255),
    platformVersion: shown(facts.platformVersion, 255),
    architecture: shown(facts.architecture, 64),
  }
}
