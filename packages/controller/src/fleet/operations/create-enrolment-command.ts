import { operation } from '#api/operation.ts'
import { createActivationIn } from '../create-activation.ts'
import type { FleetDeps } from '../deps.ts'
import { EnrolmentUnusable, enrolmentLine } from '../enrol-script.ts'
import { toSeconds } from '../wire.ts'

/**
 * Makes an activation and the line that enrols a host with it, to be pasted into a root shell.
 * @coverage Platform linux
 */
export const createEnrolmentCommand = (deps: FleetDeps) =>
  operation('CreateEnrolmentCommand', {
    kind: 'write',
    // The line is an activation in another form, so the same permission is asked for.
    access: { action: 'ssm:CreateActivation', resources: () => ['*'] },

    async handle(tx, { Platform = 'linux', ...input }, context) {
      const { refuse } = context
      const { enrolment } = deps
      if (Platform !== 'linux')
        throw refuse('InvalidParameters', `Enrolling ${Platform} hosts is not built yet: docs/coverage.md.`)
      if (!enrolment) throw refuse('InvalidParameters', 'This controller has no agent to hand out: see --agent-bundle.')
      if (enrolment.publicUrls.length === 0)
        throw refuse('InvalidParameters', 'This controller does not know how hosts reach it: see --public-url.')

      const made = await createActivationIn(tx, deps, input, context)
      if ('problem' in made) throw refuse('InvalidParameters', made.problem)
      const { activation, code } = made
      try {
        const Command = enrolmentLine(enrolment, activation.id, code)
        return { ActivationId: activation.id, Command, ExpirationDate: toSeconds(activation.expiresAt) }
      } catch (error) {
        if (!(error instanceof EnrolmentUnusable)) throw error
        throw refuse('InvalidParameters', error.message)
      }
    },
  })
