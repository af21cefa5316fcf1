import type { Tier } from './parameter.ts'

const MAX_BYTES: Readonly<Record<Tier, number>> = { Standard: 4096, Advanced: 8192 }

export interface TierRequest {
  /** `Intelligent-Tiering` takes the cheaper one that fits; undefined leaves what is there. */
  readonly asked: string | undefined
  readonly present: Tier | undefined
  /** Of a new parameter that asks for none. */
  readonly standing: string
  readonly value: string
  readonly hasPolicies: boolean
  /** No further parameter fits into Standard. */
  readonly standardIsFull: boolean
}

export type TierAnswer = { readonly ok: true; readonly tier: Tier } | { readonly ok: false; readonly text: string }

const refused = (text: string): TierAnswer => ({ ok: false, text })

/** Chooses the tier of a version, or says why what was asked for does not go. */
export function chooseTier(request: TierRequest): TierAnswer {
  const { present, value, hasPolicies } = request
  const asked = request.asked ?? present ?? request.standing
  const bytes = Buffer.byteLength(value)
  const wantsAdvanced = bytes > MAX_BYTES.Standard || hasPolicies || (!present && request.standardIsFull)
  if (asked === 'Standard' && present === 'Advanced')
    return refused(
      "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from the advanced-parameter tier " +
        'to the standard-parameter tier. If necessary, you can delete the advanced parameter and recreate it as a standard ' +
        'parameter.',
    )
  const isAdvanced =
    asked === 'Advanced' || (asked === 'Intelligent-Tiering' && (present === 'Advanced' || wantsAdvanced))
  const tier = isAdvanced ? 'Advanced' : 'Standard'
  if (bytes > MAX_BYTES[tier])
    return refused(
      tier === 'Advanced'
        ? 'Advanced tier parameters support a maximum parameter value of 8192 characters.'
        : 'Standard tier parameters support a maximum parameter value of 4096 characters. To create a larger parameter ' +
            'value, upgrade the parameter to use the advanced-parameter tier.',
    )
  if (hasPolicies && tier === 'Standard')
    return refused('Parameter policies need the advanced-parameter tier: upgrade the parameter to use them.')
  return { ok: true, tier }
}
