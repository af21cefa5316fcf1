import { operation } from '#api/operation.ts'
import { policyPathOf } from '../arns.ts'
import type { AccessOperationDeps } from '../operation-deps.ts'
import { pageOf } from '../pages.ts'
import { readyMadePolicies } from '../ready-made/index.ts'
import { countAttachments } from '../store/attachments.ts'
import { listPolicies as listPage } from '../store/policies.ts'
import { toManagedPolicy, toReadyMadePolicy } from '../wire.ts'

/** Where a page goes on: policies of this account come first, then those that are built in. */
const OWN = '0'
const BUILT_IN = '1'

/** Lists managed policies: those of this account by name, then those that are built in. */
export const listPolicies = ({ home, sealer }: AccessOperationDeps) =>
  operation('ListPolicies', {
    kind: 'read',
    access: {
      action: 'iam:ListPolicies',
      resources: ({ PathPrefix = '/' }) => [`arn:aws:iam::${home.accountId}:policy${PathPrefix}`],
    },

    async handle(db, input, context) {
      const { Scope = 'All', PathPrefix: pathPrefix = '/', OnlyAttached: onlyAttached = false } = input
      const { items, rest } = await pageOf(sealer, 'ListPolicies', input, context, {
        async load(after, limit) {
          const from = after.slice(1)
          const isOwn = Scope !== 'AWS' && !after.startsWith(BUILT_IN)
          const page = { pathPrefix, after: from, limit, onlyAttached }
          const own = isOwn ? await listPage(db, page) : []
          const shown = builtIn(pathPrefix, after.startsWith(BUILT_IN) ? from : '')
          const attached = await countAttachments(
            db,
            [...own, ...shown].map(({ arn }) => arn),
          )
          const more = shown.filter(({ arn }) => !onlyAttached || attached.has(arn))
          return [
            ...own.map((policy) => ({
              key: `${OWN}${policy.name.toLowerCase()}`,
              shown: toManagedPolicy(policy, attached.get(policy.arn) ?? 0),
            })),
            ...(Scope === 'Local' ? [] : more).map((policy) => ({
              key: `${BUILT_IN}${policy.arn}`,
              shown: toReadyMadePolicy(policy, attached.get(policy.arn) ?? 0),
            })),
          ].slice(0, limit)
        },
        keyOf: ({ key }) => key,
      })
      return { Policies: items.map(({ shown }) => shown), ...rest }
    },
  })

const builtIn = (pathPrefix: string, after: string) =>
  readyMadePolicies
    .filter(({ arn }) => arn > after && policyPathOf(arn).startsWith(pathPrefix))
    .sort((a, b) => (a.arn < b.arn ? -1 : 1))
