import type { Flag, Reader, Tx } from '#db/index.ts'

type SignInTables = {
  access_login: { user_id: string; hash_sealed: Uint8Array; reset_required: Flag; created_at: number }
  access_mfa_device: {
    serial: string
    seed_sealed: Uint8Array
    created_at: number
    last_step: number
    user_id: string | null
    enabled_at: number | null
  }
  access_sign_in: {
    id: string
    token_mac: string
    user_id: string
    source: string
    created_at: number
    last_seen_at: number
    expires_at: number
    mfa_at: number | null
    only_password: Flag
  }
}

export type Login = SignInTables['access_login']
export type MfaDevice = SignInTables['access_mfa_device']
export type SignIn = SignInTables['access_sign_in']

const tables = (db: Reader) => db.withTables<SignInTables>()

export const findLogin = (db: Reader, userId: string): Promise<Login | undefined> =>
  tables(db).selectFrom('access_login').selectAll().where('user_id', '=', userId).executeTakeFirst()

export const putLogin = async (tx: Tx, login: Login): Promise<void> => {
  const { user_id: _, ...change } = login
  await tables(tx)
    .insertInto('access_login')
    .values(login)
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(change))
    .execute()
}

export const removeLogin = async (tx: Tx, userId: string): Promise<void> => {
  await tables(tx).deleteFrom('access_login').where('user_id', '=', userId).execute()
}

export const findDevice = (db: Reader, serial: string): Promise<MfaDevice | undefined> =>
  tables(db).selectFrom('access_mfa_device').selectAll().where('serial', '=', serial).executeTakeFirst()

export const findDevices = (db: Reader, userId: string): Promise<MfaDevice[]> =>
  tables(db).selectFrom('access_mfa_device').selectAll().where('user_id', '=', userId).orderBy('serial').execute()

export const insertDevice = async (tx: Tx, device: MfaDevice): Promise<void> => {
  await tables(tx).insertInto('access_mfa_device').values(device).execute()
}

export const countDevices = async (db: Reader, limit: number): Promise<number> =>
  (await tables(db).selectFrom('access_mfa_device').select('serial').limit(limit).execute()).length

export const updateDevice = async (
  tx: Tx,
  serial: string,
  change: Partial<Pick<MfaDevice, 'user_id' | 'enabled_at' | 'last_step'>>,
): Promise<void> => {
  await tables(tx).updateTable('access_mfa_device').set(change).where('serial', '=', serial).execute()
}

/** Uses up a code's step; false when this one or a later one was used meanwhile. */
export const useStep = async (tx: Tx, serial: string, step: number): Promise<boolean> => {
  const { numUpdatedRows } = await tables(tx)
    .updateTable('access_mfa_device')
    .set({ last_step: step })
    .where('serial', '=', serial)
    .where('last_step', '<', step)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export const removeDevice = async (tx: Tx, serial: string): Promise<void> => {
  await tables(tx).deleteFrom('access_mfa_device').where('serial', '=', serial).execute()
}

export const insertSignIn = async (tx: Tx, signIn: SignIn): Promise<void> => {
  await tables(tx).insertInto('access_sign_in').values(signIn).execute()
}

export const findSignIn = (db: Reader, tokenMac: string): Promise<SignIn | undefined> =>
  tables(db).selectFrom('access_sign_in').selectAll().where('token_mac', '=', tokenMac).executeTakeFirst()

export const listSignIns = (db: Reader, userId: string): Promise<SignIn[]> =>
  tables(db).selectFrom('access_sign_in').selectAll().where('user_id', '=', userId).orderBy('id').execute()

/** Notes when sign-ins were last used; a time that is later already stays. */
export const updateLastSeen = async (tx: Tx, seen: ReadonlyMap<string, number>): Promise<void> => {
  for (const [id, at] of seen)
    await tables(tx)
      .updateTable('access_sign_in')
      .set({ last_seen_at: at })
      .where('id', '=', id)
      .where('last_seen_at', '<', at)
      .execute()
}

/** Ends sign-ins of a user: one of them, or all but one. Answers how many. */
export const removeSignIns = async (
  tx: Tx,
  userId: string,
  { id, but }: { readonly id?: string | undefined; readonly but?: string | undefined } = {},
): Promise<number> => {
  let query = tables(tx).deleteFrom('access_sign_in').where('user_id', '=', userId)
  if (id !== undefined) query = query.where('id', '=', id)
  if (but !== undefined) query = query.where('id', '<>', but)
  const { numDeletedRows } = await query.executeTakeFirst()
  return Number(numDeletedRows)
}

/** Lets a sign-in do everything, which could only change the password before. */
export const freeSignIn = async (tx: Tx, id: string): Promise<void> => {
  await tables(tx).updateTable('access_sign_in').set({ only_password: 0 }).where('id', '=', id).execute()
}

export const removeEndedSignIns = async (tx: Tx, at: number, idleSince: number): Promise<void> => {
  await tables(tx)
    .deleteFrom('access_sign_in')
    .where(({ or, eb }) => or([eb('expires_at', '<=', at), eb('last_seen_at', '<=', idleSince)]))
    .execute()
}
