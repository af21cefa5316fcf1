import type { Covered, NamedPolicy } from '@muster/protocol/iam'
import { ApiError } from '#api/index.ts'
import type { Caller } from '#kit/identity.ts'
import { readHeld } from './judge/index.ts'
import type { HeldPolicy } from './store/held-policies.ts'

/** Decides whether a caller has everything that policies allow. */
export type MayHandOut = (caller: Caller, at: number, granted: readonly NamedPolicy[]) => Promise<Covered>

/** Who gives or takes rights, and when. */
export interface HandingOut {
  readonly caller: Caller
  readonly at: number
}

const EVERYTHING: HeldPolicy = {
  name: 'everything',
  document: '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}',
}

/**
 * Throws AccessDeniedException unless the caller has, provably, all that these policies allow: nobody hands out more than
 * it has, neither to others nor to itself.
 */
export async function mustHave(
  mayHandOut: MayHandOut,
  { caller, at }: HandingOut,
  granted: readonly HeldPolicy[],
): Promise<void> {
  const covered = await mayHandOut(caller, at, readHeld(granted))
  if (!covered.ok) throw new ApiError('AccessDeniedException', `Nobody can give more than it has. ${covered.sentence}`)
}

/** The same for taking a policy away: where it denies something, that gives; so only who may do everything may do it. */
export async function mayTake(mayHandOut: MayHandOut, by: HandingOut, taken: readonly HeldPolicy[]): Promise<void> {
  const denies = readHeld(taken).some(({ policy }) => policy.statements.some(({ effect }) => effect === 'Deny'))
  if (denies) await mustHave(mayHandOut, by, [EVERYTHING])
}
