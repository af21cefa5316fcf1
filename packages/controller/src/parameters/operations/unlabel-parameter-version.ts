import { operation } from '#api/operation.ts'
import type { ParametersDeps } from '../deps.ts'
import { findLabels, removeLabels } from '../label-store.ts'
import { parameterArn, pathOf } from '../name.ts'
import { findLatest, findSelected } from '../store.ts'

/** Takes labels off a version; those that do not stand on it are listed and are no error. */
export const unlabelParameterVersion = ({ home }: ParametersDeps) =>
  operation('UnlabelParameterVersion', {
    kind: 'write',
    access: { action: 'ssm:UnlabelParameterVersion', resources: ({ Name }) => [parameterArn(home, Name)] },

    async handle(tx, { Name, Labels, ParameterVersion: version }, { refuse }) {
      const path = pathOf(Name)
      const [latest] = await findLatest(tx, [path])
      if (latest?.name !== Name) throw refuse('ParameterNotFound')
      if (!(await findSelected(tx, path, { version })))
        throw refuse(
          'ParameterVersionNotFound',
          `Systems Manager could not find version ${version} of ${Name}. Verify the version and try again.`,
        )
      const present = await findLabels(tx, path)
      const given = [...new Set(Labels)]
      const removed = given.filter((label) => present.get(label) === version)
      await removeLabels(tx, path, removed)
      return { RemovedLabels: removed, InvalidLabels: given.filter((label) => !removed.includes(label)) }
    },
  })
