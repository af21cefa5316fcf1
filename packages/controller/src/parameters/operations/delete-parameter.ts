import { operation } from '#api/operation.ts'
import type { ParametersDeps } from '../deps.ts'
import { parameterArn, pathOf } from '../name.ts'
import { removeWhole } from '../remove.ts'
import { findLatest } from '../store.ts'

/** Removes a parameter with all its versions. */
export const deleteParameter = (deps: ParametersDeps) =>
  operation('DeleteParameter', {
    kind: 'write',
    access: { action: 'ssm:DeleteParameter', resources: ({ Name }) => [parameterArn(deps.home, Name)] },

    async handle(tx, { Name }, { refuse }) {
      const [present] = await findLatest(tx, [pathOf(Name)])
      if (present?.name !== Name) throw refuse('ParameterNotFound')
      await removeWhole(tx, deps, present)
      return {}
    },
  })
