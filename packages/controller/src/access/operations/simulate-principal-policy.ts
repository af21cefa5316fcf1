import { operation } from '#api/operation.ts'
import type { AccessDeps } from '../deps.ts'
import { findSimulated, readTried, simulatePage } from '../simulation/index.ts'

/**
 * Says what the policies of a user, a group or a role allow, which statement decides, and why others do not.
 * @coverage PolicySourceArn is a user, a group or a role; its time, region, name and tags are known, of its requests only what ContextEntries says; answers have the statement's number and Sid in place of positions, and a Sentence
 */
export const simulatePrincipalPolicy = (deps: Pick<AccessDeps, 'sealer' | 'home'>) =>
  operation('SimulatePrincipalPolicy', {
    kind: 'read',
    access: { action: 'iam:SimulatePrincipalPolicy', resources: ({ PolicySourceArn }) => [PolicySourceArn] },

    async handle(db, input, context) {
      const { policies, known } = await findSimulated(db, deps, input.PolicySourceArn, context)
      return simulatePage(deps, [...policies, ...readTried(input.PolicyInputList)], known, input, context)
    },
  })
