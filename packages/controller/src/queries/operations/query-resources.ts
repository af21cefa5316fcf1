import type { QueryItem, QueryResourceType } from '@muster/protocol/api'
import { operation } from '#api/operation.ts'
import type { Reader } from '#db/index.ts'
import type { Query, QueryAnswer } from '#kit/query.ts'
import type { QueriesDeps } from '../deps.ts'

const PAGE = 50

interface Source {
  /** IAM action of the list that shows the same. */
  readonly action: string
  query(db: Reader, query: Query): Promise<QueryAnswer<QueryItem>>
}

/**
 * A part of the resources of one type that meet a filter, in an order, with how many there are and counts by facets.
 * @coverage types Node, Command and Invocation, the last by CommandId or InstanceId; docs/operating/queries.md
 */
export const queryResources = (deps: QueriesDeps) => {
  const sources = sourcesOf(deps)
  return operation('QueryResources', {
    kind: 'read',
    access: { action: 'muster:QueryResources', resources: () => ['*'] },

    async handle(_db, input, { authorise, refuse }) {
      const source = sources[input.ResourceType]
      const { denied } = await authorise(['*'], source.action)
      const text = denied.get('*')
      if (text !== undefined) throw refuse('AccessDeniedException', text)
      const query: Query = {
        conditions: (input.Filter ?? []).map(({ Key, Operator, Values }) => ({
          ...{ key: Key, operator: Operator, values: Values },
        })),
        ...(input.Sort && { sort: { key: input.Sort.Key, descending: input.Sort.Order === 'Descending' } }),
        offset: input.Offset ?? 0,
        limit: input.MaxResults ?? PAGE,
        facets: [...new Set(input.Facets)],
      }
      // One state for all of it: a total that does not fit its page would be a lie.
      const answer = await deps.db.snapshot((tx) => source.query(tx, query))
      if ('problem' in answer)
        throw refuse(answer.problem === 'filter' ? 'InvalidFilter' : 'ValidationException', answer.text)
      return {
        Items: [...answer.items],
        Total: answer.total,
        Facets: answer.facets.map(({ key, values }) => ({
          Key: key,
          Values: values.map(({ value, count }) => ({ Value: value, Count: count })),
        })),
      }
    },
  })
}

const sourcesOf = ({ fleet, commands }: QueriesDeps): Readonly<Record<QueryResourceType, Source>> => ({
  Node: {
    action: 'ssm:DescribeInstanceInformation',
    query: async (db, query) => named(await fleet.query(db, query), (Node) => ({ Node })),
  },
  Command: {
    action: 'ssm:ListCommands',
    query: async (db, query) => named(await commands.queryCommands(db, query), (Command) => ({ Command })),
  },
  Invocation: {
    action: 'ssm:ListCommandInvocations',
    query: async (db, query) => named(await commands.queryInvocations(db, query), (Invocation) => ({ Invocation })),
  },
})

const named = <T>(answer: QueryAnswer<T>, toItem: (item: T) => QueryItem): QueryAnswer<QueryItem> =>
  'problem' in answer ? answer : { ...answer, items: answer.items.map(toItem) }
