import type { ApiError } from '#api/index.ts'
import type { StoredKey } from './store.ts'

type Refuse = (code: 'KMSInvalidStateException', text: string) => ApiError
type RefuseDisabled = (code: 'DisabledException' | 'KMSInvalidStateException', text: string) => ApiError

/** Throws where a key waits for its deletion: nothing of it is changed then. */
export function refusePending(key: Pick<StoredKey, 'state'>, arn: string, refuse: Refuse): void {
  if (key.state === 'PendingDeletion') throw refuse('KMSInvalidStateException', `${arn} is pending deletion.`)
}

/** Throws where a key does not seal as it is. */
export function refuseUnusable(key: Pick<StoredKey, 'state'>, arn: string, refuse: RefuseDisabled): void {
  refusePending(key, arn, refuse)
  if (key.state === 'Disabled') throw refuse('DisabledException', `${arn} is disabled.`)
}
