import { operation } from '#api/operation.ts'
import { decodeToken, encodeToken, pageQuery } from '#kit/paging.ts'
import type { DocumentOperationDeps } from '../deps.ts'
import { listVersions, type VersionLine } from '../version-store.ts'

const PAGE = 50

/** Lists the versions of a document from the newest. */
export const listDocumentVersions = ({ library, sealer }: DocumentOperationDeps) =>
  operation('ListDocumentVersions', {
    kind: 'read',
    access: { action: 'ssm:ListDocumentVersions', resources: ({ Name }) => [library.arn(Name)] },

    async handle(db, input, { caller, refuse }) {
      const { Name, NextToken, MaxResults: limit = PAGE } = input
      const found = await library.find(db, Name, {})
      if (found === undefined || found === 'version-missing')
        throw refuse('InvalidDocument', `The document ${Name} does not exist.`)
      const scope = { principal: caller.id, query: pageQuery('ListDocumentVersions', input) }
      const before = NextToken === undefined ? undefined : decodeToken(sealer, scope, NextToken)
      if (NextToken !== undefined && typeof before !== 'number')
        throw refuse('InvalidNextToken', 'The token does not continue this list.')

      const page = typeof before === 'number' ? { before } : {}
      const lines = library.builtins.has(found.name)
        ? [found]
        : await listVersions(db, found.name, { ...page, limit: limit + 1 })
      const shown = lines.slice(0, limit)
      const last = lines.length > limit ? shown.at(-1) : undefined
      return {
        DocumentVersions: shown.map((line) => toVersionInfo(line, found.name, found.defaultVersion)),
        ...(last ? { NextToken: encodeToken(sealer, scope, last.version) } : {}),
      }
    },
  })

const toVersionInfo = (line: VersionLine, name: string, defaultVersion: number) => ({
  Name: name,
  ...(line.displayName === undefined ? {} : { DisplayName: line.displayName }),
  DocumentVersion: String(line.version),
  ...(line.versionName === undefined ? {} : { VersionName: line.versionName }),
  CreatedDate: line.createdAt / 1000,
  IsDefaultVersion: line.version === defaultVersion,
  DocumentFormat: line.format,
  Status: 'Active' as const,
  ...(line.reviewStatus === undefined ? {} : { ReviewStatus: line.reviewStatus }),
})
