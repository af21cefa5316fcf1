import { operation } from '#api/operation.ts'
import type { DocumentOperationDeps } from '../deps.ts'
import { AMAZON } from '../document.ts'
import type { Parser } from '../parsed.ts'
import { reviewFacts } from '../reviews.ts'
import { toDescription } from '../wire.ts'

/** Describes one version of a document, with its parameters. */
export const describeDocument = ({ tags, library }: DocumentOperationDeps, { shown }: Parser) =>
  operation('DescribeDocument', {
    kind: 'read',
    access: { action: 'ssm:DescribeDocument', resources: ({ Name }) => [library.arn(Name)] },

    async handle(db, { Name, DocumentVersion, VersionName }, { refuse }) {
      const found = await library.find(db, Name, { version: DocumentVersion, versionName: VersionName })
      if (found === undefined) throw refuse('InvalidDocument', `The document ${Name} does not exist.`)
      if (found === 'version-missing')
        throw refuse('InvalidDocumentVersion', `The document ${Name} has no such version.`)
      const own = found.owner === AMAZON ? [] : await tags.list(db, 'Document', found.name)
      return { Document: toDescription(found, shown(found), own, await reviewFacts(db, found)) }
    },
  })
