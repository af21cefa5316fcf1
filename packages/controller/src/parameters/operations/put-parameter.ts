import type { PutParameterRequest } from '@muster/protocol/api'
import { type OperationContext, operation } from '#api/operation.ts'
import type { Tx } from '#db/index.ts'
import { DEFAULT_ALIAS } from '#keys/index.ts'
import { findTagsProblem, fromTagList, mayTag } from '#tags/index.ts'
import type { Counts } from '../counts.ts'
import type { ParametersDeps } from '../deps.ts'
import { setDue } from '../due-store.ts'
import { hasLabels } from '../label-store.ts'
import { findNameProblem, parameterArn, pathOf, referenceArn } from '../name.ts'
import { MAX_VERSIONS, type ParameterVersion, placeOf } from '../parameter.ts'
import { planPut } from '../put.ts'
import { TAGGED } from '../remove.ts'
import { addToCount, findLatest, putVersion, removeVersion } from '../store.ts'
import { requireKey, usingKey } from '../values.ts'

/**
 * Makes a parameter, or a further version of one.
 * @coverage a further version keeps what it does not say of description, pattern, tier, data type and policies; an aws:ec2:image is checked by the form of its id and at once; aws:ssm:integration is for SecureStrings under the service's own path; names with and without a slash in front cannot both exist, since they have one ARN; policies act (a sweep each minute), their notices are kept and logged and not yet sent anywhere
 */
export const putParameter = (deps: ParametersDeps, counts: Counts) =>
  operation('PutParameter', {
    kind: 'write',
    access: {
      action: 'ssm:PutParameter',
      resources: ({ Name }) => [referenceArn(deps.home, Name)],
      conditions: ({ Overwrite = false, Policies }) => ({
        'ssm:Overwrite': String(Overwrite),
        'ssm:Policies': String(Policies !== undefined),
      }),
    },

    async handle(tx, input, context) {
      const { refuse, at, caller } = context
      const named = findNameProblem(input.Name)
      if (named) throw refuse(named.code, named.text)
      const path = pathOf(input.Name)
      const [present] = await findLatest(tx, [path])
      const plan = planPut(input, {
        ...{ present, at, defaultTier: present?.tier ?? (await deps.defaultTier(tx)) },
        counts: await counts.standing(tx),
      })
      if (!plan.ok) throw refuse(plan.code, plan.text)
      const { draft } = plan
      await tagNew(tx, deps, path, fromTagList(input.Tags), context)
      await makeRoom(tx, deps, { path, ...draft }, context)
      const common = { ...draft, path, modifiedAt: at, modifiedBy: caller.arn }
      const version: ParameterVersion = {
        ...{ ...common, value: input.Value, keyId: undefined, keyReference: undefined },
        ...(draft.type === 'SecureString' && (await sealValue(tx, deps, common, input, context))),
      }
      await putVersion(tx, version, present === undefined)
      if (version.policies.length > 0 || (present && present.policies.length > 0)) await setDue(tx, version)
      if (version.tier !== present?.tier) {
        if (present) await addToCount(tx, present.tier, path, -1)
        await addToCount(tx, version.tier, path, 1)
        context.afterCommit(() => counts.added(version.tier))
      }
      return { Version: version.version, Tier: version.tier }
    },
  })

type Context = OperationContext<'PutParameter'>

async function tagNew(
  tx: Tx,
  { tags, home }: ParametersDeps,
  path: string,
  given: ReturnType<typeof fromTagList>,
  context: Context,
): Promise<void> {
  if (given.length === 0) return
  const problem = findTagsProblem(given)
  if (problem !== undefined) throw context.refuse('ValidationException', problem)
  await mayTag(parameterArn(home, path), given, context)
  await tags.put(tx, TAGGED, path, given)
}

/** The oldest version goes when there would be too many, unless it has a label. */
async function makeRoom(
  tx: Tx,
  { keys }: ParametersDeps,
  { path, name, version }: Pick<ParameterVersion, 'path' | 'name' | 'version'>,
  { refuse }: Context,
): Promise<void> {
  const oldest = version - MAX_VERSIONS
  if (oldest < 1) return
  if (await hasLabels(tx, path, oldest))
    throw refuse(
      'ParameterMaxVersionLimitExceeded',
      `You attempted to create a new version of ${name} by calling the PutParameter API with the overwrite flag. Version ` +
        `${oldest}, the oldest version, can't be deleted because it has a label associated with it. Move the label to ` +
        'another version of the parameter, and try again.',
    )
  await keys.forget(tx, await removeVersion(tx, path, oldest))
}

async function sealValue(
  tx: Tx,
  { keys, home }: ParametersDeps,
  version: Pick<ParameterVersion, 'path' | 'version'>,
  { KeyId: reference = DEFAULT_ALIAS, Value }: Pick<PutParameterRequest, 'KeyId' | 'Value'>,
  context: Context,
): Promise<Pick<ParameterVersion, 'value' | 'keyId' | 'keyReference'>> {
  const key = await keys.find(tx, reference)
  if (!key) throw context.refuse('InvalidKeyId', `There is no key ${reference}.`)
  await requireKey([key], 'kms:Encrypt', parameterArn(home, version.path), context)
  const value = await usingKey(context, () => keys.seal(tx, key, placeOf(version), Buffer.from(Value)))
  return { value, keyId: key.id, keyReference: reference }
}
