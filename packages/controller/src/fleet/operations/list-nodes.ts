import { operation } from '#api/operation.ts'
import { decodeToken, encodeToken, pageQuery } from '#kit/paging.ts'
import type { FleetDeps } from '../deps.ts'
import { parseNodeFilter } from '../filter.ts'
import { nodeKeys } from '../filter-keys.ts'
import { listNodes as listPage } from '../list-store.ts'
import { liveState } from '../live.ts'
import { conditionsOf } from '../node-filters.ts'
import { toWireNode } from '../wire.ts'

const PAGE = 50

/**
 * Lists registered nodes with what their agents said last.
 * @coverage one account and region; no organisation and no cloud's place, so no node meets a filter for one; no SyncName yet
 */
export const listNodes = ({ home, sealer, tags, hub }: FleetDeps) =>
  operation('ListNodes', {
    kind: 'read',
    access: { action: 'ssm:ListNodes', resources: () => ['*'] },

    async handle(db, input, { caller, refuse }) {
      const { SyncName, Filters = [], NextToken } = input
      if (SyncName !== undefined)
        throw refuse('ResourceDataSyncNotFoundException', `There is no resource data sync ${SyncName}.`, { SyncName })
      const parsed = parseNodeFilter(nodeKeys(home), conditionsOf(Filters))
      if (!parsed.ok) throw refuse('InvalidFilter', parsed.text)
      const scope = { principal: caller.id, query: pageQuery('ListNodes', input) }
      const after = NextToken === undefined ? 0 : decodeToken(sealer, scope, NextToken)
      if (typeof after !== 'number') throw refuse('InvalidNextToken', 'The token does not continue this list.')

      const limit = input.MaxResults ?? PAGE
      const found = await listPage(db, tags, parsed.filter, { after, limit: limit + 1 })
      const shown = found.slice(0, limit)
      const last = found.length > limit ? shown.at(-1) : undefined
      return {
        Nodes: shown.map((node) => toWireNode(home, node, liveState(hub, node))),
        ...(last ? { NextToken: encodeToken(sealer, scope, last.key) } : {}),
      }
    },
  })
