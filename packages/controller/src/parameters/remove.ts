import type { Tx } from '#db/index.ts'
import type { ParametersDeps } from './deps.ts'
import { parameterArn } from './name.ts'
import type { ParameterVersion } from './parameter.ts'
import { addToCount, removeParameter } from './store.ts'

/** Removes a parameter with its versions, labels, tags and the keys of its values. */
export async function removeWhole(
  tx: Tx,
  { keys, tags, home, removed }: Pick<ParametersDeps, 'keys' | 'tags' | 'home' | 'removed'>,
  { path, tier }: ParameterVersion,
): Promise<void> {
  await keys.forget(tx, await removeParameter(tx, path))
  await tags.removeAll(tx, TAGGED, path)
  await addToCount(tx, tier, path, -1)
  await removed?.(tx, parameterArn(home, path))
}

/** The type that parameters carry tags as. */
export const TAGGED = 'Parameter'
