import type { ListDocumentsRequest } from '@muster/protocol/api'
import { operation } from '#api/operation.ts'
import type { Reader } from '#db/index.ts'
import { decodeToken, encodeToken, pageQuery } from '#kit/paging.ts'
import type { DocumentOperationDeps } from '../deps.ts'
import type { DocumentSummary } from '../document.ts'
import { type Condition, type DocumentFilter, type Listed, parseDocumentFilter } from '../filter.ts'
import { listPublic } from '../share-store.ts'
import { listSummaries } from '../store.ts'
import { toIdentifier } from '../wire.ts'

const PAGE = 50

/**
 * Lists documents by name, the account's own and those that come with Muster.
 * @coverage filters Name (prefix), Owner, PlatformTypes, DocumentType, TargetType, DocumentFormat, SchemaVersion, SearchKeyword, VersionName, ReviewStatus, Author, tag:KEY; Owner Private is what is not public, ThirdParty nothing
 */
export const listDocuments = (deps: DocumentOperationDeps) =>
  operation('ListDocuments', {
    kind: 'read',
    access: { action: 'ssm:ListDocuments', resources: () => ['*'] },

    async handle(db, input, { caller, refuse }) {
      const { DocumentFilterList, Filters = [], NextToken } = input
      if (DocumentFilterList && Filters.length > 0)
        throw refuse('ValidationException', 'Give DocumentFilterList or Filters, not both.')
      const parsed = parseDocumentFilter(conditionsOf(input))
      if (!parsed.ok && parsed.problem === 'key') throw refuse('InvalidFilterKey')
      if (!parsed.ok) throw refuse('ValidationException', parsed.text)
      const scope = { principal: caller.id, query: pageQuery('ListDocuments', input) }
      const after = NextToken === undefined ? '' : decodeToken(deps.sealer, scope, NextToken)
      if (typeof after !== 'string') throw refuse('InvalidNextToken', 'The token does not continue this list.')

      const limit = input.MaxResults ?? PAGE
      const found = (await matching(db, deps, parsed.filter)).filter(({ name }) => name > after)
      const shown = found.slice(0, limit)
      const last = found.length > limit ? shown.at(-1) : undefined
      const names = shown.map(({ name }) => name)
      const tags = await deps.tags.listOf(db, 'Document', names)
      return {
        DocumentIdentifiers: shown.map((document) => toIdentifier(document, tags.get(document.name) ?? [])),
        ...(last ? { NextToken: encodeToken(deps.sealer, scope, last.name) } : {}),
      }
    },
  })

/** All that match, by name: the account's documents are few enough to be read at once. */
async function matching(
  db: Reader,
  { tags, library }: DocumentOperationDeps,
  filter: DocumentFilter,
): Promise<DocumentSummary[]> {
  const open = await listPublic(db)
  const all: Listed[] = [
    ...[...library.builtins.values()].map((document) => ({ ...document, isPublic: true })),
    ...(await listSummaries(db)).map((document) => ({ ...document, isPublic: open.has(document.name) })),
  ]
  const found = all.filter((document) => filter.matches(document))
  if (filter.tags.length > 0) {
    const tagged = new Set(await tags.findByTags(db, 'Document', filter.tags))
    return found.filter(({ name }) => tagged.has(name)).sort(byName)
  }
  return found.sort(byName)
}

const byName = (a: DocumentSummary, b: DocumentSummary): number => (a.name < b.name ? -1 : 1)

const conditionsOf = ({ DocumentFilterList, Filters }: ListDocumentsRequest): Condition[] => [
  ...(DocumentFilterList ?? []).map(({ key, value }) => ({ key, values: [value] })),
  ...(Filters ?? []).map(({ Key, Values }) => ({ key: Key ?? '', values: Values ?? [] })),
]
