import { sql } from 'kysely'
import { isDuplicate, type Reader, type Tx } from '#db/index.ts'
import type { ApiTables } from './tables.ts'

/** Which request an answer belongs to. */
export interface AnswerKey {
  readonly principalId: string
  readonly invocationId: string
  readonly operation: string
  readonly bodyMac: Uint8Array
}

export interface StoredAnswer {
  readonly status: number
  readonly sealed: Uint8Array
}

/** The same request was answered before, by this controller or by another. */
export class AnsweredBefore extends Error {
  override readonly name = 'AnsweredBefore'
}

/** Keeps a first answer; throws AnsweredBefore when there is one. */
export async function insertAnswer(tx: Tx, key: AnswerKey, answer: StoredAnswer, at: number): Promise<void> {
  try {
    await tx
      .withTables<ApiTables>()
      .insertInto('api_answer')
      .values({
        principal_id: key.principalId,
        invocation_id: key.invocationId,
        operation: key.operation,
        body_mac: key.bodyMac,
        status: answer.status,
        answer_sealed: answer.sealed,
        created_at: at,
      })
      .execute()
  } catch (cause) {
    if (!isDuplicate(cause)) throw cause
    throw new AnsweredBefore(`${key.operation} ${key.invocationId} was answered before`, { cause })
  }
}

/** Finds the first answer to a request, for as long as it is kept. */
export async function findAnswer(reader: Reader, key: AnswerKey): Promise<StoredAnswer | undefined> {
  const row = await reader
    .withTables<ApiTables>()
    .selectFrom('api_answer')
    .select(['status', 'answer_sealed'])
    .where('principal_id', '=', key.principalId)
    .where('invocation_id', '=', key.invocationId)
    .where('operation', '=', key.operation)
    .where('body_mac', '=', key.bodyMac)
    .executeTakeFirst()
  return row && { status: row.status, sealed: row.answer_sealed }
}

/** Removes up to `limit` answers given at or before `until`, oldest first; answers how many went. */
export async function removeAnswers(tx: Tx, until: number, limit: number): Promise<number> {
  const tables = tx.withTables<ApiTables>()
  const old = await tables
    .selectFrom('api_answer')
    .select('created_at')
    .where('created_at', '<=', until)
    .orderBy('created_at')
    .limit(limit)
    .execute()
  const last = old.at(-1)
  if (!last) return 0
  const { numDeletedRows } = await tables
    .deleteFrom('api_answer')
    .where('created_at', '<=', last.created_at)
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

/** Throws when the store does not answer. */
export async function ping(reader: Reader): Promise<void> {
  await sql`select 1`.execute(reader)
}
