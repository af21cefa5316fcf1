import type {
  AccessKeyMetadata,
  AttachedPolicy,
  ManagedPolicy,
  ManagedPolicyVersion,
  Role,
  TemporaryCredentials,
  User,
  UserGroup,
} from '@muster/protocol/api'
import type { Home } from '#kit/identity.ts'
import { accessArn, policyNameOf, policyPathOf } from './arns.ts'
import type { ReadyMadePolicy } from './ready-made/index.ts'
import type { SessionCredentials } from './session-token.ts'
import type { StoredKey } from './store/credentials.ts'
import { fold, type Named } from './store/named.ts'
import type { Policy, PolicyVersion } from './store/policies.ts'
import type { StoredRole } from './store/roles.ts'
import type { User as StoredUser } from './store/users.ts'

const seconds = (at: number): number => at / 1000

/** By which lists of what has a name are in order and go on. */
export const keyOfNamed = ({ name }: Named): string => fold(name)

export const toUser = (home: Home, user: StoredUser): User => ({
  ...toBareUser(home, user),
  ...(user.disabled && { Disabled: true }),
  ...(user.tags.length > 0 && { Tags: [...user.tags] }),
})

/** A user as a group's list shows it. */
export const toBareUser = (home: Home, user: Named): User => ({
  Path: user.path,
  UserName: user.name,
  UserId: user.id,
  Arn: accessArn(home, 'user', user),
  CreateDate: seconds(user.createdAt),
})

export const toUserGroup = (home: Home, group: Named): UserGroup => ({
  Path: group.path,
  GroupName: group.name,
  GroupId: group.id,
  Arn: accessArn(home, 'group', group),
  CreateDate: seconds(group.createdAt),
})

export const toRole = (home: Home, role: StoredRole): Role => ({
  Path: role.path,
  RoleName: role.name,
  RoleId: role.id,
  Arn: accessArn(home, 'role', role),
  CreateDate: seconds(role.createdAt),
  AssumeRolePolicyDocument: role.trustPolicy,
  MaxSessionDuration: role.maxSessionSeconds,
  ...(role.description !== '' && { Description: role.description }),
  ...(role.tags.length > 0 && { Tags: [...role.tags] }),
})

export const toManagedPolicy = (policy: Policy, attachments: number): ManagedPolicy => ({
  PolicyName: policy.name,
  PolicyId: policy.id,
  Arn: policy.arn,
  Path: policy.path,
  DefaultVersionId: toVersionId(policy.defaultVersion),
  AttachmentCount: attachments,
  IsAttachable: true,
  ...(policy.description !== '' && { Description: policy.description }),
  CreateDate: seconds(policy.createdAt),
  UpdateDate: seconds(policy.updatedAt),
  ...(policy.tags.length > 0 && { Tags: [...policy.tags] }),
})

/** A policy that came with the program has no id and no date of its own. */
export const toReadyMadePolicy = ({ arn, description }: ReadyMadePolicy, attachments: number): ManagedPolicy => ({
  PolicyName: policyNameOf(arn),
  Arn: arn,
  Path: policyPathOf(arn),
  DefaultVersionId: toVersionId(1),
  AttachmentCount: attachments,
  IsAttachable: true,
  Description: description,
})

export const toPolicyVersion = (
  policy: Policy | ReadyMadePolicy,
  version: PolicyVersion,
): Omit<ManagedPolicyVersion, 'Document'> => ({
  VersionId: toVersionId(version.version),
  IsDefaultVersion: version.version === ('id' in policy ? policy.defaultVersion : 1),
  CreateDate: seconds(version.createdAt),
})

export const toVersionId = (version: number): string => `v${version}`
export const fromVersionId = (id: string): number => Number(id.slice(1))

export const toAttachedPolicy = (arn: string): AttachedPolicy => ({ PolicyName: policyNameOf(arn), PolicyArn: arn })

export const toKeyMetadata = (userName: string, key: StoredKey): AccessKeyMetadata => ({
  UserName: userName,
  AccessKeyId: key.id,
  Status: key.active ? 'Active' : 'Inactive',
  CreateDate: seconds(key.createdAt),
})

export const toCredentials = ({ id, secret, token, expiresAt }: SessionCredentials): TemporaryCredentials => ({
  AccessKeyId: id,
  SecretAccessKey: secret,
  SessionToken: token,
  Expiration: Math.floor(seconds(expiresAt)),
})
