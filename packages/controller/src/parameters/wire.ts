import type {
  ParameterHistory,
  ParameterInlinePolicy,
  ParameterMetadata,
  Parameter as WireParameter,
} from '@muster/protocol/api'
import type { Home } from '#kit/identity.ts'
import { parameterArn } from './name.ts'
import type { ParameterVersion } from './parameter.ts'
import type { Policy } from './policy.ts'

/** As GetParameter and its like show it: seven members, and the selector when one was given. */
export const toParameter = (home: Home, version: ParameterVersion, value: string, selector: string): WireParameter => ({
  Name: version.name,
  Type: version.type,
  Value: value,
  Version: version.version,
  ...(selector !== '' && { Selector: selector }),
  LastModifiedDate: version.modifiedAt / 1000,
  ARN: parameterArn(home, version.path),
  DataType: version.dataType,
})

const toPolicies = (policies: readonly Policy[]): ParameterInlinePolicy[] =>
  policies.map(({ text, type, status }) => ({ PolicyText: text, PolicyType: type, PolicyStatus: status }))

const common = (version: ParameterVersion) => ({
  Name: version.name,
  Type: version.type,
  ...(version.keyReference !== undefined && { KeyId: version.keyReference }),
  LastModifiedDate: version.modifiedAt / 1000,
  LastModifiedUser: version.modifiedBy,
  ...(version.description !== undefined && { Description: version.description }),
  ...(version.allowedPattern !== undefined && { AllowedPattern: version.allowedPattern }),
  Version: version.version,
  Tier: version.tier,
  Policies: toPolicies(version.policies),
  DataType: version.dataType,
})

export const toMetadata = (home: Home, version: ParameterVersion): ParameterMetadata => ({
  ...common(version),
  ARN: parameterArn(home, version.path),
})

export const toHistory = (version: ParameterVersion, value: string, labels: readonly string[]): ParameterHistory => ({
  ...common(version),
  Value: value,
  Labels: [...labels],
})
