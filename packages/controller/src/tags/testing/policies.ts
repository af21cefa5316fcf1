import { putInline } from '#access/store/inline-policies.ts'
import { insertUser } from '#access/store/users.ts'
import type { Caller } from '#kit/identity.ts'
import type { Stand } from './stand.ts'

/** A statement that allows; `Resource` is everything when absent. */
export interface Allowing {
  readonly Action: string | readonly string[]
  readonly Resource?: string
  readonly Condition?: object
}

/** A new user whose one policy allows just this. */
export async function userWhoMay({ db, ids, home }: Stand, ...statements: readonly Allowing[]): Promise<Caller> {
  const id = `AIDA${ids.hex(17).toUpperCase()}`
  const name = `user-${id.toLowerCase()}`
  const Statement = statements.map((statement) => ({ Effect: 'Allow', Resource: '*', ...statement }))
  const document = JSON.stringify({ Version: '2012-10-17', Statement })
  await db.write(async (tx) => {
    await insertUser(tx, { id, name, path: '/', createdAt: 0, disabled: false, tags: [] })
    await putInline(tx, id, { name: 'own', document })
  })
  const { accountId } = home
  return { kind: 'user', id, arn: `arn:aws:iam::${accountId}:user/${name}`, accountId, source: '192.0.2.1' }
}
