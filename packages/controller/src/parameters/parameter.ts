import type { Sealed } from '#keys/index.ts'
import type { Policy } from './policy.ts'

export type ParameterType = 'String' | 'StringList' | 'SecureString'
export type Tier = 'Standard' | 'Advanced'

/** One version of a parameter with what is said of it. */
export interface ParameterVersion {
  readonly path: string
  readonly name: string
  readonly type: ParameterType
  readonly version: number
  /** Text, or sealed bytes of a SecureString. */
  readonly value: string | Sealed
  /** The key that sealed it, by its id and as the caller named it; only of a SecureString. */
  readonly keyId: string | undefined
  readonly keyReference: string | undefined
  readonly description: string | undefined
  readonly allowedPattern: string | undefined
  readonly tier: Tier
  readonly dataType: string
  readonly policies: readonly Policy[]
  readonly modifiedAt: number
  readonly modifiedBy: string
}

export const MAX_VERSIONS = 100
export const MAX_OF_TIER: Readonly<Record<Tier, number>> = { Standard: 10_000, Advanced: 100_000 }

/** What a sealed value is sealed for: bytes that are moved to another row do not open there. */
export const placeOf = ({ path, version }: Pick<ParameterVersion, 'path' | 'version'>): string =>
  `parameter:${path}:${version}`
