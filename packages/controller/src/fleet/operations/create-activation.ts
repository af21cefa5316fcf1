import { operation } from '#api/operation.ts'
import { createActivationIn } from '../create-activation.ts'
import type { FleetDeps } from '../deps.ts'

/**
 * Makes an id and a code with which hosts enrol.
 * @coverage RegistrationMetadata is refused, as SSM reserves it for internal use; IamRole by name or ARN
 */
export const createActivation = (deps: FleetDeps) =>
  operation('CreateActivation', {
    kind: 'write',
    access: { action: 'ssm:CreateActivation', resources: () => ['*'] },

    async handle(tx, input, context) {
      const made = await createActivationIn(tx, deps, input, context)
      if ('problem' in made) throw context.refuse('InvalidParameters', made.problem)
      return { ActivationId: made.activation.id, ActivationCode: made.code }
    },
  })
