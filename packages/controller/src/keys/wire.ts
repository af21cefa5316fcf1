import type { KeyAliasListEntry, KeyMetadata, KeyRotationListEntry } from '@muster/protocol/api'
import type { Home } from '#kit/identity.ts'
import { aliasArn } from './alias.ts'
import type { Uses } from './data-key-store.ts'
import { keyArn } from './key.ts'
import type { StoredAlias, StoredKey, StoredVersion } from './store.ts'

const seconds = (ms: number): number => ms / 1000

export const toMetadata = (home: Home, key: StoredKey, { sealed, toRewrap }: Uses): KeyMetadata => ({
  ...{ AWSAccountId: home.accountId, KeyId: key.id, Arn: keyArn(home, key.id), CreationDate: seconds(key.created_at) },
  ...{ Enabled: key.state === 'Enabled', Description: key.description, KeyUsage: 'ENCRYPT_DECRYPT' },
  ...{ KeyState: key.state, KeyManager: key.manager, KeySpec: 'SYMMETRIC_DEFAULT', KeyVersion: key.version },
  ...{ SealedValues: sealed, ValuesToRewrap: toRewrap },
  ...(key.deletion_at !== null && { DeletionDate: seconds(key.deletion_at) }),
})

export const toAlias = (home: Home, { name, key_id, created_at, updated_at }: StoredAlias): KeyAliasListEntry => ({
  ...{ AliasName: name, AliasArn: aliasArn(home, name), TargetKeyId: key_id },
  ...{ CreationDate: seconds(created_at), LastUpdatedDate: seconds(updated_at) },
})

export const toRotation = ({ key_id, created_at, cause }: StoredVersion): KeyRotationListEntry => ({
  ...{ KeyId: key_id, RotationDate: seconds(created_at) },
  RotationType: cause === 'AUTOMATIC' ? 'AUTOMATIC' : 'ON_DEMAND',
})
