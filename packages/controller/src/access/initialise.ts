import type { Clock } from '@muster/protocol/kit'
import type { Database, Reader, Tx } from '#db/index.ts'
import { SealBroken } from '#kit/cipher.ts'
import type { Ids } from '#kit/ids.ts'
import type { Sealer } from '#kit/seal.ts'
import { newAccountId, newId, newSecret } from './principals.ts'
import { NODE_POLICY } from './ready-made/index.ts'
import { attach } from './store/attachments.ts'
import { findAccountId, findKey, insertAccountId, listKeyIds, putKey } from './store/credentials.ts'
import { findRoleByName, insertRole } from './store/roles.ts'

export interface InitialiseDeps {
  readonly db: Database
  readonly sealer: Sealer
  readonly ids: Ids
  readonly clock: Clock
}

export interface InitialiseOptions {
  /** 12 digits; made when absent. Once stored it cannot change. */
  readonly accountId?: string | undefined
  /** Root's key as the operator gives it; made when absent and root has none. */
  readonly rootKey?: { readonly id: string; readonly secret: string } | undefined
}

export interface Initialised {
  readonly accountId: string
  /** Only when a key was made just now: the one moment at which its secret is shown. */
  readonly newRootKey?: { readonly id: string; readonly secret: string }
}

/** The configuration contradicts what the store was initialised with, or is not usable. */
export class InitialiseRefused extends Error {
  override readonly name = 'InitialiseRefused'
}

/** The role that every fleet has: what a node may do at least. */
export const NODE_ROLE = 'MusterNode'

const TRUST_POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'ssm.amazonaws.com' }, Action: 'sts:AssumeRole' }],
}

/** Makes account, role and root's key in a fresh store; leaves what is there as it is. Safe to repeat at every start. */
export async function initialiseAccess(deps: InitialiseDeps, options: InitialiseOptions = {}): Promise<Initialised> {
  checkOptions(options)
  return deps.db.write(async (tx) => {
    await checkMasterKey(tx, deps)
    const accountId = await ensureAccount(tx, deps, options.accountId)
    await ensureNodeRole(tx, deps)
    const newRootKey = await ensureRootKey(tx, deps, accountId, options.rootKey)
    return newRootKey ? { accountId, newRootKey } : { accountId }
  })
}

/** Whether this store was initialised before, so that its master key must exist already. */
export const isInitialised = async (db: Reader): Promise<boolean> => (await findAccountId(db)) !== undefined

/** Names the place that a key's secret is sealed for. */
export const secretPlace = (keyId: string): string => `access_key:${keyId}`

function checkOptions({ accountId, rootKey }: InitialiseOptions): void {
  if (accountId !== undefined && !/^\d{12}$/.test(accountId))
    throw new InitialiseRefused('An account id has 12 digits.')
  if (!rootKey) return
  if (!/^\w{16,128}$/.test(rootKey.id))
    throw new InitialiseRefused("Root's access key id must have 16 to 128 letters, digits and underscores.")
  if (!/^[\x21-\x7e]{16,128}$/.test(rootKey.secret))
    throw new InitialiseRefused("Root's secret access key must have 16 to 128 printable characters.")
}

/** Root's key was sealed at the first start: a master key that does not open it would open nothing else either. */
async function checkMasterKey(tx: Tx, { sealer }: InitialiseDeps): Promise<void> {
  const accountId = await findAccountId(tx)
  if (accountId === undefined) return
  const [keyId = ''] = await listKeyIds(tx, accountId)
  const stored = await findKey(tx, keyId)
  try {
    if (stored) sealer.open(stored.sealedSecret, secretPlace(keyId))
  } catch (cause) {
    if (!(cause instanceof SealBroken)) throw cause
    throw new InitialiseRefused(
      'The master key is not the one that this store was sealed with. Restore the key file that belongs to it.',
      { cause },
    )
  }
}

async function ensureAccount(tx: Tx, { ids }: InitialiseDeps, wanted: string | undefined): Promise<string> {
  const known = await findAccountId(tx)
  if (known !== undefined && wanted !== undefined && known !== wanted)
    throw new InitialiseRefused(`This store belongs to account ${known}; it cannot become account ${wanted}.`)
  if (known !== undefined) return known
  const accountId = wanted ?? newAccountId(ids)
  await insertAccountId(tx, accountId)
  return accountId
}

async function ensureNodeRole(tx: Tx, { ids, clock }: InitialiseDeps): Promise<void> {
  if (await findRoleByName(tx, NODE_ROLE)) return
  const id = newId(ids, 'AROA', 17)
  await attach(tx, id, NODE_POLICY)
  await insertRole(tx, {
    id,
    name: NODE_ROLE,
    path: '/',
    description: 'What every managed node may do.',
    trustPolicy: JSON.stringify(TRUST_POLICY),
    trusted: {},
    maxSessionSeconds: 3600,
    tags: [],
    createdAt: clock.now(),
  })
}

async function ensureRootKey(
  tx: Tx,
  { ids, sealer, clock }: InitialiseDeps,
  accountId: string,
  given: InitialiseOptions['rootKey'],
): Promise<Initialised['newRootKey']> {
  const put = (key: { id: string; secret: string }) => {
    const sealedSecret = sealer.seal(Buffer.from(key.secret), secretPlace(key.id))
    return putKey(tx, { id: key.id, principalId: accountId, sealedSecret }, clock.now())
  }
  if (given) {
    const stored = await findKey(tx, given.id)
    if (stored && stored.principalId !== accountId)
      throw new InitialiseRefused(`The access key ${given.id} belongs to another principal.`)
    const same =
      stored && Buffer.from(sealer.open(stored.sealedSecret, secretPlace(stored.id))).toString() === given.secret
    if (!same) await put(given)
    return undefined
  }
  if ((await listKeyIds(tx, accountId)).length > 0) return undefined
  const key = { id: newId(ids, 'AKIA', 16), secret: newSecret(ids) }
  await put(key)
  return key
}
