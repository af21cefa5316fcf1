import { operation } from '#api/operation.ts'
import { findAnyPolicy } from '../managed-policies.ts'
import { countAttachments } from '../store/attachments.ts'
import { toManagedPolicy, toReadyMadePolicy } from '../wire.ts'

/** Shows a managed policy, of this account or one that is built in. */
export const getPolicy = () =>
  operation('GetPolicy', {
    kind: 'read',
    access: { action: 'iam:GetPolicy', resources: ({ PolicyArn }) => [PolicyArn] },

    async handle(db, { PolicyArn }) {
      const policy = await findAnyPolicy(db, PolicyArn)
      const attachments = (await countAttachments(db, [PolicyArn])).get(PolicyArn) ?? 0
      return { Policy: 'id' in policy ? toManagedPolicy(policy, attachments) : toReadyMadePolicy(policy, attachments) }
    },
  })
