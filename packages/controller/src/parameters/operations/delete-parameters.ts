import { operation } from '#api/operation.ts'
import type { ParametersDeps } from '../deps.ts'
import { parameterArn, pathOf } from '../name.ts'
import { removeWhole } from '../remove.ts'
import { findLatest } from '../store.ts'

/** Removes up to ten parameters; what is not there is listed and is no error. */
export const deleteParameters = (deps: ParametersDeps) =>
  operation('DeleteParameters', {
    kind: 'write',
    access: {
      action: 'ssm:DeleteParameters',
      resources: ({ Names }) => [...new Set(Names.map((name) => parameterArn(deps.home, name)))],
    },

    async handle(tx, { Names }) {
      const names = [...new Set(Names)]
      const present = new Map((await findLatest(tx, names.map(pathOf))).map((version) => [version.name, version]))
      for (const name of names) {
        const version = present.get(name)
        if (version) await removeWhole(tx, deps, version)
      }
      return {
        DeletedParameters: names.filter((name) => present.has(name)),
        InvalidParameters: names.filter((name) => !present.has(name)),
      }
    },
  })
