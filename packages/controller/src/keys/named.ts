import type { ApiError } from '#api/index.ts'
import type { Reader } from '#db/index.ts'
import type { Home } from '#kit/identity.ts'
import { keyArn, readReference } from './key.ts'
import { findKey, type StoredKey } from './store.ts'

type Refuse = (code: 'NotFoundException', text: string) => ApiError

/** ARN of the key that a request names by id or ARN, for the decision; of no key for any other text. */
export function namedArn(home: Home, reference: string): string {
  const named = readReference(home, reference)
  return keyArn(home, named && 'id' in named ? named.id : reference)
}

/** The key that a request names by id or ARN; throws NotFoundException. */
export async function requireKey(db: Reader, home: Home, reference: string, refuse: Refuse): Promise<StoredKey> {
  const named = readReference(home, reference)
  if (!named || !('id' in named)) throw refuse('NotFoundException', `Invalid keyId '${reference}'`)
  const key = await findKey(db, named)
  if (!key) throw refuse('NotFoundException', `Key '${keyArn(home, named.id)}' does not exist`)
  return key
}
