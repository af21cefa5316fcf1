import type { Kysely } from 'kysely'
import { foundation } from './0001-foundation.ts'
import { access } from './0002-access.ts'
import { auditTrail } from './0003-audit.ts'
import { keys } from './0004-keys.ts'
import { parameters } from './0005-parameters.ts'
import { policies } from './0006-policies.ts'
import { signIn } from './0007-sign-in.ts'
import type { Columns } from './columns.ts'

/** One step of the schema. Its number and name never change once released. */
export interface Migration {
  readonly number: number
  readonly name: string
  up(db: Kysely<unknown>, columns: Columns): Promise<void>
}

/** All steps in order; a new one goes to the end. */
export const migrations: readonly Migration[] = [foundation, access, auditTrail, keys, parameters, policies, signIn]
