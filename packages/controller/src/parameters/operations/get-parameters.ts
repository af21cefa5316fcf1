import { operation } from '#api/operation.ts'
import type { ParametersDeps } from '../deps.ts'
import { lookUp } from '../lookup.ts'
import { foreignText, referenceArn } from '../name.ts'
import { showValues } from '../values.ts'
import { toParameter } from '../wire.ts'

/** Shows up to ten parameters; what is not there is listed and is no error. */
export const getParameters = (deps: ParametersDeps) =>
  operation('GetParameters', {
    kind: 'read',
    access: {
      action: 'ssm:GetParameters',
      resources: ({ Names }) => [...new Set(Names.map((name) => referenceArn(deps.home, name)))],
    },
    secret: ({ WithDecryption }, { Parameters = [] }) =>
      WithDecryption === true && Parameters.some(({ Type }) => Type === 'SecureString'),

    async handle(db, { Names, WithDecryption }, context) {
      const found = await lookUp(db, deps.home, [...new Set(Names)])
      const foreign = found.find(({ kind }) => kind === 'foreign')
      if (foreign) throw context.refuse('ValidationException', foreignText(foreign.reference.given))
      const present = found.flatMap((each) => (each.kind === 'found' ? [each] : []))
      const versions = present.map(({ version }) => version)
      const values = await showValues(db, deps, versions, WithDecryption, context)
      return {
        Parameters: present.map(({ version, reference }, index) =>
          toParameter(deps.home, version, values[index] ?? '', reference.suffix),
        ),
        InvalidParameters: found.flatMap(({ kind, reference }) => (kind === 'found' ? [] : [reference.given])),
      }
    },
  })
