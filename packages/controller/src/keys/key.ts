import type { Home } from '#kit/identity.ts'
import type { KeyRow } from './tables.ts'

export type KeyState = KeyRow['state']

/** A key-encryption key as other slices see it. */
export interface Key {
  /** A UUID. */
  readonly id: string
  readonly arn: string
  readonly state: KeyState
}

/** The alias of the key that seals where none is named. */
export const DEFAULT_ALIAS = 'alias/aws/ssm'

/** Why a key does not seal or open; the message is a sentence for whoever asked, without any secret. */
export class KeyUnusable extends Error {
  override readonly name = 'KeyUnusable'
  readonly reason: 'Absent' | 'Disabled' | 'PendingDeletion' | 'Altered'

  constructor(reason: KeyUnusable['reason'], message: string, options?: ErrorOptions) {
    super(message, options)
    this.reason = reason
  }
}

export const keyArn = ({ region, accountId }: Home, id: string): string =>
  `arn:aws:kms:${region}:${accountId}:key/${id}`

/** Throws KeyUnusable for a key that neither seals nor opens as it is. */
export function requireEnabled({ arn, state }: Pick<Key, 'arn' | 'state'>): void {
  if (state === 'Disabled') throw new KeyUnusable('Disabled', `${arn} is disabled.`)
  if (state === 'PendingDeletion') throw new KeyUnusable('PendingDeletion', `${arn} is pending deletion.`)
}

export type Reference = { readonly id: string } | { readonly alias: string }

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What a reference names: an id, an alias, or an ARN of either in this account and region; undefined for anything else. */
export function readReference({ region, accountId }: Home, reference: string): Reference | undefined {
  if (UUID.test(reference)) return { id: reference }
  const prefix = `arn:aws:kms:${region}:${accountId}:`
  const name = reference.startsWith(prefix) ? reference.slice(prefix.length) : reference
  if (name.startsWith('alias/')) return { alias: name }
  const id = name !== reference && name.startsWith('key/') ? name.slice('key/'.length) : ''
  return UUID.test(id) ? { id } : undefined
}
