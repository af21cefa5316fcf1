import { operation } from '#api/operation.ts'
import { removeActivation } from '../activation-store.ts'

/** Revokes an activation; nodes that enrolled with it stay. */
export const deleteActivation = () =>
  operation('DeleteActivation', {
    kind: 'write',
    malformed: 'InvalidActivationId',
    access: { action: 'ssm:DeleteActivation', resources: () => ['*'] },

    async handle(tx, { ActivationId }, { refuse }) {
      if (!(await removeActivation(tx, ActivationId)))
        throw refuse('InvalidActivation', `There is no activation ${ActivationId}.`)
      return {}
    },
  })
