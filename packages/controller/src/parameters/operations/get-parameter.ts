import { operation } from '#api/operation.ts'
import type { ParametersDeps } from '../deps.ts'
import { lookUpOne, versionAbsentText } from '../lookup.ts'
import { foreignText, referenceArn } from '../name.ts'
import { showValues } from '../values.ts'
import { toParameter } from '../wire.ts'

/** Shows a parameter: its latest version, or the one that `:VERSION` or `:LABEL` names. */
export const getParameter = (deps: ParametersDeps) =>
  operation('GetParameter', {
    kind: 'read',
    access: { action: 'ssm:GetParameter', resources: ({ Name }) => [referenceArn(deps.home, Name)] },
    secret: ({ WithDecryption }, { Parameter }) => WithDecryption === true && Parameter?.Type === 'SecureString',

    async handle(db, { Name, WithDecryption }, context) {
      const found = await lookUpOne(db, deps.home, Name)
      const { reference } = found
      if (found.kind === 'foreign') throw context.refuse('ValidationException', foreignText(Name))
      if (found.kind === 'version-absent')
        throw context.refuse('ParameterVersionNotFound', versionAbsentText(reference))
      if (found.kind !== 'found') throw context.refuse('ParameterNotFound')
      const [value = ''] = await showValues(db, deps, [found.version], WithDecryption, context)
      return { Parameter: toParameter(deps.home, found.version, value, reference.suffix) }
    },
  })
