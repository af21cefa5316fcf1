import type { Reader, Tx } from '#db/index.ts'
import { tables } from './named.ts'

/** A policy that belongs to one user, group or role. */
export interface InlinePolicy {
  readonly name: string
  readonly document: string
}

/** Inline policies of a user, group or role, by name. */
export const listInline = (reader: Reader, principalId: string): Promise<InlinePolicy[]> =>
  tables(reader)
    .selectFrom('access_inline_policy')
    .select(['name', 'document'])
    .where('principal_id', '=', principalId)
    .orderBy('name')
    .execute()

export const findInline = (reader: Reader, principalId: string, name: string): Promise<InlinePolicy | undefined> =>
  tables(reader)
    .selectFrom('access_inline_policy')
    .select(['name', 'document'])
    .where('principal_id', '=', principalId)
    .where('name', '=', name)
    .executeTakeFirst()

/** Stores a policy, or another document for the one of that name. */
export async function putInline(tx: Tx, principalId: string, { name, document }: InlinePolicy): Promise<void> {
  await tables(tx)
    .insertInto('access_inline_policy')
    .values({ principal_id: principalId, name, document })
    .onConflict((conflict) => conflict.columns(['principal_id', 'name']).doUpdateSet({ document }))
    .execute()
}

export async function removeInline(tx: Tx, principalId: string, name: string): Promise<void> {
  await tables(tx)
    .deleteFrom('access_inline_policy')
    .where('principal_id', '=', principalId)
    .where('name', '=', name)
    .execute()
}
