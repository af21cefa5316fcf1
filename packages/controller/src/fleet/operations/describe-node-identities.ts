import { operation } from '#api/operation.ts'
import { decodeToken, encodeToken, pageQuery } from '#kit/paging.ts'
import type { FleetDeps } from '../deps.ts'
import { findMachines, listIdentities } from '../identity/store.ts'
import { toNodeIdentity } from '../identity/wire.ts'

const PAGE = 50

/** Lists nodes with their keys and the machines that have used their identities. */
export const describeNodeIdentities = ({ db: store, sealer }: FleetDeps) =>
  operation('DescribeNodeIdentities', {
    kind: 'read',
    access: { action: 'muster:DescribeNodeIdentities', resources: () => ['*'] },

    async handle(db, input, { caller, refuse }) {
      const { InstanceIds, Standing, MaxResults = PAGE, NextToken } = input
      const scope = { principal: caller.id, query: pageQuery('DescribeNodeIdentities', input) }
      const after = NextToken === undefined ? 0 : decodeToken(sealer, scope, NextToken)
      if (typeof after !== 'number') throw refuse('InvalidNextToken', 'The token does not continue this list.')
      const quarantined = Standing === undefined ? undefined : Standing === 'Quarantined'
      const filter = { ids: InstanceIds, quarantined, after, limit: MaxResults + 1 }
      const found = await listIdentities(db, store.dialect, filter)
      const shown = found.slice(0, MaxResults)
      const machines = await findMachines(
        db,
        store.dialect,
        shown.map(({ key }) => key),
      )
      const last = found.length > MaxResults ? shown.at(-1) : undefined
      return {
        NodeIdentities: shown.map((node) => toNodeIdentity(node, machines.get(node.key) ?? [])),
        ...(last ? { NextToken: encodeToken(sealer, scope, last.key) } : {}),
      }
    },
  })
