import { operation } from '#api/operation.ts'
import type { ParametersDeps } from '../deps.ts'
import { isLabel, planLabels } from '../label.ts'
import { findLabels, setLabels } from '../label-store.ts'
import { parameterArn, pathOf } from '../name.ts'
import { findLatest, findSelected } from '../store.ts'

/** Sets labels on a version, the latest when none is named; those that stand on another version move. */
export const labelParameterVersion = ({ home }: ParametersDeps) =>
  operation('LabelParameterVersion', {
    kind: 'write',
    access: { action: 'ssm:LabelParameterVersion', resources: ({ Name }) => [parameterArn(home, Name)] },

    async handle(tx, { Name, Labels, ParameterVersion }, { refuse }) {
      const path = pathOf(Name)
      const [latest] = await findLatest(tx, [path])
      if (latest?.name !== Name) throw refuse('ParameterNotFound')
      const version = ParameterVersion ?? latest.version
      if (!(await findSelected(tx, path, { version })))
        throw refuse(
          'ParameterVersionNotFound',
          `Systems Manager could not find version ${version} of ${Name}. Verify the version and try again.`,
        )
      const set = planLabels(await findLabels(tx, path), version, Labels.filter(isLabel))
      if (!set)
        throw refuse(
          'ParameterVersionLabelLimitExceeded',
          'A parameter version can have maximum 10 labels. Move one or more labels to another version and try again.',
        )
      await setLabels(tx, path, version, set)
      return { InvalidLabels: [...new Set(Labels.filter((label) => !isLabel(label)))], ParameterVersion: version }
    },
  })
