import type { Principal } from '#api/index.ts'
import type { Caller, Home } from '#kit/identity.ts'
import type { Ids } from '#kit/ids.ts'

/** A role as other slices refer to it: by its immutable id, shown by name. */
export interface Role {
  readonly id: string
  readonly name: string
  readonly path: string
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** An immutable id such as `AROA…` or `AKIA…`: its kind and 16 or more letters and digits. */
export const newId = (ids: Ids, kind: 'AKIA' | 'AIDA' | 'AGPA' | 'AROA' | 'ANPA', length: number): string =>
  kind + toIdText(ids.bytes(length))

/** One letter or digit a byte. */
export const toIdText = (bytes: Uint8Array): string => Array.from(bytes, (byte) => ALPHABET[byte & 31]).join('')

/** Twelve digits, the first never 0, so that no program takes them for a shorter number. */
export const newAccountId = (ids: Ids): string =>
  String(100_000_000_000n + (BigInt(`0x${ids.hex(16)}`) % 900_000_000_000n))

/** The secret of an access key: 40 characters, as stock clients expect. */
export const newSecret = (ids: Ids): string => Buffer.from(ids.bytes(30)).toString('base64')

/** The account's owner, who may do everything. */
export const rootPrincipal = ({ accountId }: Home): Principal => ({
  kind: 'root',
  id: accountId,
  arn: `arn:aws:iam::${accountId}:root`,
  accountId,
})

/** A node, acting with the role of its activation or with the one that it was given since. */
export const nodePrincipal = (
  { accountId }: Home,
  node: { readonly nodeId: string; readonly roleId: string; readonly roleName: string },
): Principal => ({
  kind: 'node',
  id: `${node.roleId}:${node.nodeId}`,
  arn: `arn:aws:sts::${accountId}:assumed-role/${node.roleName}/${node.nodeId}`,
  accountId,
  nodeId: node.nodeId,
  roleId: node.roleId,
})

/** The same, calling from somewhere. */
export const nodeCaller = (home: Home, node: Parameters<typeof nodePrincipal>[1], source: string): Caller => ({
  ...nodePrincipal(home, node),
  source,
})

/** The role's name in `NAME`, `service-role/NAME` or `arn:aws:iam::ACCOUNT:role/…/NAME`; undefined for another account's. */
export function roleNameOf(reference: string, accountId: string): string | undefined {
  const arn = /^arn:aws:iam::(\d{12}):role\/(.+)$/.exec(reference)
  if (arn && arn[1] !== accountId) return undefined
  if (!arn && reference.startsWith('arn:')) return undefined
  const path = arn?.[2] ?? reference
  const name = path.slice(path.lastIndexOf('/') + 1)
  return /^[\w+=,.@-]{1,64}$/.test(name) ? name : undefined
}
