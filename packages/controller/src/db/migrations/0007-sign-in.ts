import type { Kysely } from 'kysely'
import { type Columns, createTable } from './columns.ts'

/** Passwords of users, their devices for one-time codes, and who is signed in. */
export const signIn = {
  number: 7,
  name: 'sign-in',
  async up(db: Kysely<unknown>, columns: Columns): Promise<void> {
    const { id, text, int, flag, bytes } = columns
    const table = createTable(db)
    await table(
      'access_login',
      { user_id: id(), hash_sealed: bytes(), reset_required: flag(), created_at: int() },
      { primary: ['user_id'] },
    )
    // `last_step` is the newest code that was used: no code serves twice.
    await table(
      'access_mfa_device',
      {
        ...{ serial: id(), seed_sealed: bytes(), created_at: int(), last_step: int() },
        ...{ user_id: text({ optional: true }), enabled_at: int({ optional: true }) },
      },
      { primary: ['serial'], indexes: [['user_id']] },
    )
    await table(
      'access_sign_in',
      {
        ...{ id: id(), token_mac: text(), user_id: text(), source: text(), created_at: int(), last_seen_at: int() },
        ...{ expires_at: int(), mfa_at: int({ optional: true }), only_password: flag() },
      },
      { primary: ['id'], unique: [['token_mac']], indexes: [['user_id'], ['expires_at']] },
    )
  },
}
