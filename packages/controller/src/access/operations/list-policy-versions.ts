import { operation } from '#api/operation.ts'
import { findAnyPolicy, versionsOf } from '../managed-policies.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { pageOf, wholeList } from '../pages.ts'
import { toPolicyVersion } from '../wire.ts'

/** Lists the versions of a managed policy, the newest first. */
export const listPolicyVersions = ({ sealer }: AccessOperationDeps) =>
  operation('ListPolicyVersions', {
    kind: 'read',
    access: { action: 'iam:ListPolicyVersions', resources: ({ PolicyArn }) => [PolicyArn] },

    async handle(db, input, context) {
      const policy = await findAnyPolicy(db, input.PolicyArn)
      const source = wholeList(await versionsOf(db, policy), ({ version }) => String(NEWEST_FIRST - version))
      const { items, rest } = await pageOf(sealer, 'ListPolicyVersions', input, context, source)
      return { Versions: items.map((version) => toPolicyVersion(policy, version)), ...rest }
    },
  })

/** What is left when a version is taken from it has as many digits for every version. */
const NEWEST_FIRST = 9_999_999_999
