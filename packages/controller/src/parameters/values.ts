import type { ApiError } from '#api/api-error.ts'
import type { OperationContext } from '#api/operation.ts'
import type { Reader } from '#db/index.ts'
import { type Key, KeyUnusable, type Sealed } from '#keys/index.ts'
import type { ParametersDeps } from './deps.ts'
import { parameterArn } from './name.ts'
import { type ParameterVersion, placeOf } from './parameter.ts'

interface Context extends Pick<OperationContext<'GetParameter'>, 'caller' | 'requestId' | 'at' | 'authorise' | 'asks'> {
  refuse(code: 'InvalidKeyId' | 'AccessDeniedException', text: string): ApiError
}
type ValueDeps = Pick<ParametersDeps, 'keys' | 'home'>
type SealedVersion = ParameterVersion & { readonly value: Sealed }

const isSealed = (version: ParameterVersion): version is SealedVersion => typeof version.value !== 'string'

/** Values as they are shown: SecureStrings opened when that is asked for and allowed, else as base64 of what is sealed. */
export async function showValues(
  db: Reader,
  { keys, home }: ValueDeps,
  versions: readonly ParameterVersion[],
  withDecryption: boolean | undefined,
  context: Context,
): Promise<readonly string[]> {
  const sealed = withDecryption ? versions.filter(isSealed) : []
  await requireKeys(db, { keys, home }, sealed, context)
  const items = sealed.map((version) => ({ sealed: version.value, place: placeOf(version) }))
  const opened = sealed.length === 0 ? [] : await usingKey(context, () => keys.openMany(db, items, context))
  const texts = new Map(sealed.map((version, index) => [version, Buffer.from(opened[index] ?? []).toString()]))
  return versions.map(
    (version) =>
      texts.get(version as SealedVersion) ??
      (isSealed(version) ? Buffer.from(version.value.bytes).toString('base64') : (version.value as string)),
  )
}

/** The caller may decrypt with every key that sealed any of these. */
async function requireKeys(
  db: Reader,
  { keys, home }: ValueDeps,
  sealed: readonly SealedVersion[],
  context: Context,
): Promise<void> {
  const known = new Map<string, Key>()
  for (const { keyId = '' } of sealed) {
    if (known.has(keyId)) continue
    const key = await keys.find(db, keyId)
    if (!key) throw context.refuse('InvalidKeyId', 'The key that the value was sealed with is not there any more.')
    known.set(keyId, key)
  }
  if (!context.asks('kms:encryptioncontext')) {
    await requireKey([...known.values()], 'kms:Decrypt', undefined, context)
    return
  }
  for (const { keyId = '', path } of sealed)
    await requireKey([known.get(keyId)], 'kms:Decrypt', parameterArn(home, path), context)
}

/** Refuses unless the caller may use the keys, for the parameter when one is named. */
export async function requireKey(
  keys: readonly (Key | undefined)[],
  action: 'kms:Decrypt' | 'kms:Encrypt',
  arn: string | undefined,
  context: Pick<Context, 'authorise' | 'refuse'>,
): Promise<void> {
  const arns = keys.flatMap((key) => key?.arn ?? [])
  const { denied } = await context.authorise(arns, action, { 'kms:EncryptionContext:PARAMETER_ARN': arn })
  for (const reason of denied.values()) throw context.refuse('AccessDeniedException', reason)
}

/** Answers InvalidKeyId, with the key's own sentence, for a key that does not do it. */
export async function usingKey<T>({ refuse }: Pick<Context, 'refuse'>, use: () => Promise<T>): Promise<T> {
  try {
    return await use()
  } catch (error) {
    if (error instanceof KeyUnusable) throw refuse('InvalidKeyId', error.message)
    throw error
  }
}
